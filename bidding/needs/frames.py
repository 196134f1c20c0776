"""A survey's sheets as columns, and weighed: made once, kept in memory until something changes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from bidding.needs.finding_models import Findings, KnownTotals
from bidding.needs.industries import name_of
from bidding.needs.models import Option, Question, QuestionKind, Response, Survey
from bidding.needs.states import SurveyState
from bidding.needs.variables import NAMES, PLACES
from bidding.sampling.frame import Frame, frame_of, unpacked
from bidding.sampling.themes import Theme, themes
from bidding.sampling.weighing import Group, Margin, Unweighable, Weighed, weigh
from foundation.errors import DomainError
from foundation.face.values import own_words
from foundation.organisations.models import District, UnionType

KEPT = 8
"""How many surveys' frames a process keeps."""

Key = tuple[Any, ...]

_frames: dict[Key, Frame] = {}
_weighed: dict[Key, Weighed] = {}
_themes: dict[Key, dict[str, list[Theme]]] = {}


def frame_key(survey: Survey) -> Key:
    """What the survey's sheets are known again by (one query)."""
    if survey.state == SurveyState.PUBLISHED:
        kept = Findings.objects.filter(survey=survey).values_list("pk", "made_at", "figures_sha256")
        if found := kept.first():
            return found
    rows = Response.objects.filter(survey=survey)
    size, last = rows.aggregate(n=Count("pk"), last=Max("answered_at")).values()
    stamp: dt.datetime | None = last
    return survey.pk, survey.fingerprint, size, stamp


def texts_of(questions: Iterable[Question]) -> frozenset[str]:
    """The codes of the questions that are answered in one's own words."""
    return frozenset(q.code for q in questions if q.kind == QuestionKind.TEXT)


def frame_of_survey(survey: Survey, texts: frozenset[str], key: Key | None = None) -> Frame:
    """All sheets of the survey; of a published one, as they were when it was."""
    key = key or frame_key(survey)
    if key not in _frames:
        frozen = isinstance(key[1], dt.datetime)
        frame = _kept_frame(survey) if frozen else read_frame(survey, texts)
        if not survey.fingerprint and not frozen:
            return frame
        _remember(_frames, key, frame)
    return _frames[key]


def _kept_frame(survey: Survey) -> Frame:
    return unpacked(bytes(Findings.objects.values_list("frame", flat=True).get(survey=survey)))


def _remember(kept: dict[Key, Any], key: Key, value: Any) -> None:
    if len(kept) >= KEPT:
        kept.pop(next(iter(kept)), None)
    kept[key] = value


def read_frame(survey: Survey, texts: frozenset[str]) -> Frame:
    """The sheets read anew, in constant memory but for the columns (one query)."""
    return frame_of(_sheets(survey), texts)


def _sheets(survey: Survey) -> Iterator[tuple[str | None, str, str | None, dict[str, Any]]]:
    rows = Response.objects.filter(survey=survey).order_by("pk")
    yield from rows.values_list("district", "industry", "union__union_type", "answers").iterator(
        chunk_size=5000
    )


def themes_of(survey: Survey, texts: frozenset[str], key: Key) -> dict[str, list[Theme]]:
    """What the free answers speak of, by the question's code (a query for each such question)."""
    if key in _themes:
        return _themes[key]
    found: dict[str, list[Theme]] = {}
    rows = Response.objects.filter(survey=survey)
    for code in sorted(texts):
        said = rows.filter(answers__has_key=code).values_list(f"answers__{code}", flat=True)
        found[code] = themes(str(text) for text in said.iterator(chunk_size=5000))
    if survey.fingerprint:
        _remember(_themes, key, found)
    return found


def margins_of(totals: Iterable[KnownTotals]) -> list[Margin]:
    """Known totals as the arithmetic takes them."""
    return [
        Margin(
            one.margin,
            PLACES.get(one.margin, one.margin),
            tuple(Group(tuple(codes), workers) for codes, workers in one.groups),
        )
        for one in totals
    ]


def weighed_of(survey: Survey, texts: frozenset[str], key: Key | None = None) -> Weighed:
    """The survey's sheets weighed to its known totals; without any, all weigh the same.

    Two queries when nothing changed. Raises DomainError where totals and sheets do not meet.
    """
    key = key or frame_key(survey)
    totals = list(survey.totals.all())
    facts = json.dumps([(one.margin, one.groups) for one in totals], sort_keys=True)
    whole = (*key, facts, survey.population, survey.most_weight)
    if whole not in _weighed:
        weighed = weigh_frame(survey, frame_of_survey(survey, texts, key), totals)
        if key not in _frames:
            return weighed
        _remember(_weighed, whole, weighed)
    return _weighed[whole]


def weighed_or_plain(
    survey: Survey, texts: frozenset[str], key: Key | None = None
) -> tuple[Weighed, str]:
    """The sheets weighed; where that cannot be, all of equal weight, and the sentence why."""
    key = key or frame_key(survey)
    try:
        return weighed_of(survey, texts, key), ""
    except DomainError as unfit:
        return weigh_frame(survey, frame_of_survey(survey, texts, key), []), str(unfit)


def weigh_frame(survey: Survey, frame: Frame, totals: Iterable[KnownTotals]) -> Weighed:
    """These sheets weighed to these totals. Raises DomainError."""
    most = float(survey.most_weight) if survey.most_weight else None
    try:
        return weigh(frame, margins_of(totals), whole=survey.population, most=most)
    except Unweighable as unfit:
        raise DomainError(sentence_of(survey, unfit)) from unfit


def sentence_of(survey: Survey, unfit: Unweighable) -> str:
    """What has to be mended, level by level, in the officer's words."""
    said = []
    for margin, codes, what in unfit.found[:6]:
        words = {
            "margin": str(NAMES.get(margin, margin)),
            "levels": _(", ").join(words_of(survey, margin, code) for code in codes[:6]),
        }
        if what == "nobody":
            said.append(
                _(
                    "%(margin)s: no answer came from %(levels)s, so there is nobody to stand for "
                    "its workers. Put its total together with another, or leave it out."
                )
                % words
            )
        else:
            said.append(
                _("%(margin)s: answers came from %(levels)s, but there is no total for it.") % words
            )
    return " ".join(said)


def words_of(survey: Survey, margin: str, code: str) -> str:
    """A level's name as people know it."""
    if margin == "district":
        found = District.objects.filter(pk=code).first()
        return str(found) if found else code
    if margin == "industry":
        return name_of(code) or code
    if margin == "union":
        return str(dict(UnionType.choices).get(code, code))
    option = Option.objects.filter(
        question__survey=survey, question__code=margin, code=code
    ).first()
    return own_words(option, "wording") if option else code
