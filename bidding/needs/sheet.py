"""One filled-in questionnaire: what was answered, checked question by question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bidding.needs.industries import LETTERS, name_of
from bidding.needs.questionnaire import PLACED, SCALE_LEVELS, Item, Questionnaire
from foundation.errors import DomainError
from foundation.face.values import own_words

LONGEST_TEXT = 200
"""Characters of a free answer: what a thumb types, and what a cookie holds."""

LONGEST_OTHER = 60
LARGEST_NUMBER = 1_000_000
EMPTY: tuple[Any, ...] = (None, "", [], {}, ())


def filled(questionnaire: Questionnaire, values: Mapping[str, Any]) -> dict[str, Any]:
    """One sheet as it is stored; raises the refusal of the first question that does not hold.

    Questions that are not asked after what was answered before are left out, whatever is typed.
    """
    stored: dict[str, Any] = {}
    for _step, item in questionnaire.walk(stored):
        stored.update(entries(item, values))
    return stored


def entries(item: Item, values: Mapping[str, Any]) -> dict[str, Any]:
    """What one question adds to the sheet: nothing when it may stay empty and did."""
    value = values.get(item.code)
    if isinstance(value, str):
        value = value.strip()
    if value in EMPTY:
        if item.required:
            raise DomainError(_("Please answer this question."), field=item.code)
        return {}
    stored = checked(item, value)
    own = item.other
    if own is None or own.code not in (stored if isinstance(stored, list) else [stored]):
        return {item.code: stored}
    return {item.code: stored, item.other_key: _own_words(item, values.get(item.other_key))}


def checked(item: Item, value: Any) -> Any:
    """A value that is not empty, as it is stored; raises DomainError where it does not fit."""
    if item.kind in ("single", "multiple", "ranking"):
        return _chosen(item, value)
    if item.kind == "grid":
        return _grid(item, value)
    if item.kind in ("scale", "number"):
        return _number(item, value)
    if item.kind == "industry" and value not in LETTERS:
        raise _refusal(item, _("Choose from the answers given."))
    if item.kind in PLACED:
        return str(value)
    return _text(item, value)


def _refusal(item: Item, sentence: str) -> DomainError:
    return DomainError(sentence, field=item.code)


def _chosen(item: Item, value: Any) -> Any:
    given = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
    if any(one not in item.by_code for one in given):
        raise _refusal(item, _("Choose from the answers given."))
    if item.kind == "single":
        if len(given) != 1:
            raise _refusal(item, _("Choose one answer."))
        return given[0]
    if item.kind == "multiple":
        given = list(dict.fromkeys(given))
        if item.most and len(given) > item.most:
            raise _refusal(item, _("Choose at most %(most)d answers.") % {"most": item.most})
        return given
    wanted = min(item.most or len(item.choices), len(item.choices))
    if len(set(given)) != len(given):
        raise _refusal(item, _("Give each place once."))
    if len(given) != wanted:
        raise _refusal(
            item, _("Put %(wanted)d of them in order: 1 is the first.") % {"wanted": wanted}
        )
    return given


def _grid(item: Item, value: Any) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise _refusal(item, _("Choose from the answers given."))
    stored = {}
    for row in item.choices:
        level = value.get(row.code)
        if level in EMPTY:
            if item.required:
                raise _refusal(item, _("Please answer every line."))
            continue
        if not str(level).isdecimal() or not 1 <= int(str(level)) <= len(item.levels):
            raise _refusal(item, _("Choose from the answers given."))
        stored[row.code] = int(str(level))
    return stored


def _number(item: Item, value: Any) -> int:
    text = str(value).strip()
    if len(text) > 12 or not text.lstrip("-").isdecimal():
        raise _refusal(item, _("Please give a whole number."))
    number = int(text)
    if item.kind == "scale":
        if not 1 <= number <= SCALE_LEVELS:
            raise _refusal(item, _("Please choose from 1 to 5."))
        return number
    least = 0 if item.least is None else item.least
    most = LARGEST_NUMBER if item.most is None else item.most
    if not least <= number <= most:
        bounds = {"least": f"{least:,}", "most": f"{most:,}"}
        raise _refusal(item, _("Please give a number from %(least)s to %(most)s.") % bounds)
    return number


def _text(item: Item, value: Any) -> str:
    text = str(value).replace("\x00", "").strip()
    if len(text) > LONGEST_TEXT:
        raise _refusal(
            item, _("Please say it in %(most)d characters or fewer.") % {"most": LONGEST_TEXT}
        )
    return text


def _own_words(item: Item, value: Any) -> str:
    text = str(value or "").replace("\x00", "").strip()
    if not text:
        raise DomainError(_("Please say what."), field=item.other_key)
    if len(text) > LONGEST_OTHER:
        raise DomainError(
            _("Please say it in %(most)d characters or fewer.") % {"most": LONGEST_OTHER},
            field=item.other_key,
        )
    return text


def said(item: Item, values: Mapping[str, Any], districts: Mapping[str, str]) -> str:
    """What was answered to a question, in words; nothing for nothing."""
    value: Any = values.get(item.code)
    if value in EMPTY:
        return ""
    if item.kind == "grid":
        rows = [(item.by_code[key], level) for key, level in value.items() if key in item.by_code]
        return "; ".join(
            f"{own_words(row, 'wording')}: {own_words(item.levels[int(level) - 1], 'wording')}"
            for row, level in rows
            if level not in EMPTY
        )
    if item.kind in ("single", "multiple", "ranking"):
        given = value if isinstance(value, list) else [value]
        words = [own_words(item.by_code[one], "wording") for one in given if one in item.by_code]
        own = values.get(item.other_key)
        return " · ".join(words) + (f": {own}" if own else "")
    if item.kind == "district":
        return districts.get(str(value), str(value))
    return name_of(str(value)) if item.kind == "industry" else str(value)
