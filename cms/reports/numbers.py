"""Key numbers: what an editor may choose from, and what each says now."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding.needs.models import Need, Option, QuestionKind, Survey
from bidding.needs.states import NeedState, SurveyState
from cms.reports.asking import Asker, both, said
from cms.reports.shapes import Fact, cell
from foundation.face.values import own_words
from marketplace.delivery.models import Project

PLAIN = {
    "projects": gettext_lazy("projects"),
    "amount": gettext_lazy("money agreed for projects"),
    "served": gettext_lazy("people served"),
    "organisations": gettext_lazy("organisations that deliver"),
    "paid": gettext_lazy("money paid"),
}
"""Figures of the whole platform; all but the last also of one year, as “projects:2014”."""

SHARED = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING)

Choices = list[tuple[Any, Any]]


def in_both(thing: Any, name: str) -> str:
    """“中文 · English”, as an editor of either tongue finds it."""
    words, english = getattr(thing, name), getattr(thing, f"{name}_en", "")
    return f"{words} · {english}" if english and english != words else str(words)


def figure_choices() -> Choices:
    """Everything the database can count for a key number, grouped (four queries)."""
    groups: Choices = [(_("The platform"), list(PLAIN.items()))]
    yearly = [name for name in PLAIN if name != "paid"]
    for year in Project.objects.order_by("-year").values_list("year", flat=True).distinct():
        rows = [(f"{name}:{year}", f"{year}: {PLAIN[name]}") for name in yearly]
        groups.append((str(year), rows))
    surveys = Survey.objects.filter(state=SurveyState.PUBLISHED).order_by("-closes_at", "-pk")
    options = Option.objects.filter(question__survey__in=surveys, question__kind__in=SHARED)
    options = options.select_related("question").order_by("question__position", "position")
    shares: dict[int, Choices] = {}
    for option in options:
        words = f"{in_both(option.question, 'wording')} → {in_both(option, 'wording')}"
        shares.setdefault(option.question.survey_id, []).append((f"share:{option.pk}", words))
    for survey in surveys:
        rows = [(f"answers:{survey.pk}", _("answers to the survey"))]
        groups.append((in_both(survey, "title"), rows + shares.get(survey.pk, [])))
    needs = Need.objects.filter(state=NeedState.PUBLISHED).order_by("-pk")[:200]
    rows = [(f"need:{need.pk}", in_both(need, "title")) for need in needs]
    return groups + ([(_("People who have a need"), rows)] if rows else [])


def number_fact(asker: Asker, names: list[str]) -> Fact | None:
    """The numbers of these names; those whose source is gone are left out."""
    numbers = [number for name in names if (number := _number(asker, name)) is not None]
    return {"kind": "numbers", "numbers": numbers} if numbers else None


def _number(asker: Asker, name: str) -> Fact | None:
    kind, _colon, rest = name.partition(":")
    if kind in PLAIN:
        return _plain(asker, kind, rest)
    if kind == "answers" and rest.isdigit():
        return _answers(asker, rest)
    if kind == "need" and rest.isdigit():
        return _need(asker, rest)
    return _share(asker, rest) if kind == "share" else None


def _plain(asker: Asker, name: str, year: str) -> Fact:
    if name == "paid":
        return {"label": both(lambda: PLAIN[name]), "unit": "fen", "value": asker.paid()}
    value = asker.sums(int(year) if year.isdigit() else None)[name]
    label = both(lambda: f"{PLAIN[name]} ({year})" if year else PLAIN[name])
    return {"label": label, "unit": "fen" if name == "amount" else "count", "value": value}


def _answers(asker: Asker, pk: str) -> Fact | None:
    found = asker.answers(pk)
    if found is None:
        return None
    survey, n = found
    return {
        "label": both(lambda: _("workers who answered")),
        "unit": "count",
        "value": n,
        "note": said(survey, "title"),
    }


def _need(asker: Asker, pk: str) -> Fact | None:
    need = asker.need(pk)
    if need is None:
        return None
    return {
        "label": both(lambda: _("people who need “%(what)s”") % {"what": own_words(need, "title")}),
        "unit": "count",
        "value": need.headcount,
        "url": both(need.get_absolute_url),
    }


def _share(asker: Asker, option: str) -> Fact | None:
    found = asker.share(option)
    if found is None:
        return None
    result, row = found
    return {
        "label": said(row.option),
        "unit": "share",
        "note": said(result.question),
        "n": result.n,
        **cell(row.share),
    }
