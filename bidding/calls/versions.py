"""The versions of a published call as a page shows them: what each amendment changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding.calls.amendments import TIMES, WORDS
from bidding.calls.differences import IN, OUT, pieces
from bidding.calls.models import Amendment, Criterion, Lot
from foundation.face.values import own_words
from foundation.money import yuan

LABELS = {
    "title": gettext_lazy("title"),
    "title_en": gettext_lazy("title in English"),
    "summary": gettext_lazy("in a few words"),
    "summary_en": gettext_lazy("in a few words, in English"),
    "questions_until": gettext_lazy("questions until"),
    "closes_at": gettext_lazy("closes"),
    "ceiling_fen": gettext_lazy("money for the lot"),
    "proposal_ceiling_fen": gettext_lazy("money for one proposal at most"),
    "weight": gettext_lazy("weight"),
}


@dataclass(frozen=True)
class Said:
    """One changed thing: its name and the pieces of what it was and is."""

    label: str
    pieces: list[tuple[str, str]]


@dataclass(frozen=True)
class Version:
    """What the call says since an amendment; the first version is the one published."""

    number: int
    amendment: Amendment
    changes: list[Said]


def versions_of(
    amendments: Sequence[Amendment], lots: Iterable[Lot], criteria: Iterable[Criterion]
) -> list[Version]:
    """The versions after the first, the latest first, from amendments in that order."""
    names: dict[Any, str] = {lot.category_id: str(lot.category) for lot in lots}
    names |= {criterion.pk: own_words(criterion, "name") for criterion in criteria}
    last = len(amendments) + 1
    return [
        Version(last - place, one, [_said(change, names) for change in one.changes])
        for place, one in enumerate(amendments)
    ]


def _said(change: dict[str, Any], names: dict[Any, str]) -> Said:
    what, before, after = change["what"], change["before"], change["after"]
    label = str(LABELS[what])
    if "of" in change:
        label = _("%(of)s: %(what)s") % {"of": names.get(change["of"], ""), "what": label}
    if what in WORDS:
        return Said(label, pieces(before, after))
    show = _moment if what in TIMES else yuan if what.endswith("_fen") else str
    return Said(label, [(OUT, show(before)), (IN, show(after))])


def _moment(stored: str) -> str:
    return date_format(localtime(dt.datetime.fromisoformat(stored)), "DATETIME_FORMAT")
