"""Making a survey's figures to be kept, and making them again to see that they are the same."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import zlib
from collections.abc import Iterator
from typing import Any

from bidding.needs.figures import figures
from bidding.needs.finding_models import Findings, KnownTotals
from bidding.needs.frames import frame_key, read_frame, texts_of, themes_of, weigh_frame
from bidding.needs.frozen import digest_of, frozen
from bidding.needs.microdata import released
from bidding.needs.models import Question, Survey
from bidding.needs.queries import questions_of
from bidding.needs.statistics import hidden_keys
from bidding.sampling.release import Released
from bidding.sampling.weighing import Level, Weighed
from foundation import clock

METHOD = "1"
"""The version of the method in docs/statistics.md; a change that moves a figure raises it."""


def freeze(survey: Survey) -> Findings:
    """Make every figure from the sheets as they are now, and keep them. Raises DomainError."""
    questions = questions_of(survey)
    texts = texts_of(questions)
    totals = list(survey.totals.order_by("pk"))
    weighed = weigh_frame(survey, read_frame(survey, texts), totals)
    kept = frozen(figures(questions, weighed, themes_of(survey, texts, frame_key(survey))))
    release, data, columns = released(questions, weighed)
    return Findings.objects.create(
        survey=survey,
        made_at=clock.now(),
        method=METHOD,
        sheets=weighed.frame.n,
        rounds=weighed.raked.rounds if weighed.is_weighted else 0,
        effective=weighed.sample.kish() if weighed.frame.n else 0.0,
        weights_sha256=weighed.digest(),
        figures_sha256=digest_of(kept),
        record=_record(survey, weighed, totals),
        figures=kept,
        frame=weighed.frame.packed(),
        release=_released(release) | {"columns": [dataclasses.asdict(one) for one in columns]},
        microdata=zlib.compress(data),
    )


def _record(survey: Survey, weighed: Weighed, totals: list[KnownTotals]) -> dict[str, Any]:
    """How the weights were made; sheets of levels too small to show are left out."""
    return {
        "questions_sha256": survey.fingerprint,
        "population": survey.population,
        "most_weight": survey.most_weight,
        "worst": weighed.raked.worst,
        "largest": weighed.largest,
        "design_effect": weighed.design_effect,
        "margins": [
            {
                "margin": one.margin,
                "groups": one.groups,
                "source": one.source,
                "source_url": one.source_url,
                "dated_on": one.dated_on.isoformat(),
                "levels": _levels(weighed, place),
            }
            for place, one in enumerate(totals)
            if weighed.is_weighted
        ],
    }


def _levels(weighed: Weighed, place: int) -> list[dict[str, Any]]:
    """Who did not say is always counted: the parts of the others give that number away, and with
    it a small level that was hidden beside it alone."""
    levels: tuple[Level, ...] = weighed.levels[place]
    counts = {at: level.sheets for at, level in enumerate(levels) if level.codes}
    small = hidden_keys(counts, sum(counts.values()), exclusive=True)
    return [
        {
            "codes": list(level.codes),
            "sheets": None if at in small else level.sheets,
            "wanted": round(level.wanted, 3),
            "raked": round(level.raked, 3),
        }
        for at, level in enumerate(levels)
    ]


def _released(release: Released) -> dict[str, Any]:
    return {
        "rows": len(release.kept),
        "of": release.n,
        "share": round(release.share, 4),
        "k": release.k,
        "l": release.l,
        "steps": release.steps,
    }


@dataclasses.dataclass(frozen=True)
class Compared:
    """What making the figures again gave: which fingerprints differ, and which questions."""

    weights: bool
    figures: bool
    questions: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Is everything as it was published?"""
        return self.weights and self.figures


def recompute(survey: Survey) -> Compared:
    """Make a published survey's figures again, from its sheets and the totals kept with them."""
    found = survey.findings
    questions: list[Question] = questions_of(survey)
    texts = texts_of(questions)
    totals = [
        KnownTotals(
            survey=survey,
            margin=one["margin"],
            groups=one["groups"],
            source=one["source"],
            dated_on=dt.date.fromisoformat(one["dated_on"]),
        )
        for one in found.record["margins"]
    ]
    then = copy.copy(survey)
    then.population = found.record["population"]
    then.most_weight = found.record["most_weight"]
    weighed = weigh_frame(then, read_frame(survey, texts), totals)
    again = frozen(figures(questions, weighed, themes_of(survey, texts, frame_key(survey))))
    return Compared(
        weights=weighed.digest() == found.weights_sha256,
        figures=digest_of(again) == found.figures_sha256,
        questions=tuple(code for code, kept in found.figures.items() if again.get(code) != kept),
    )


def faults() -> Iterator[str]:
    """A sentence for each published survey whose figures are not what its sheets make again.

    Figures of an earlier method are compared with their own fingerprint only.
    """
    for survey in Survey.objects.filter(findings__isnull=False).order_by("pk"):
        kept = survey.findings
        if digest_of(kept.figures) != kept.figures_sha256:
            yield f"survey {survey.slug}: its figures are not what was published"
        elif kept.method == METHOD and not (again := recompute(survey)).same:
            which = ", ".join(again.questions) or "the weights"
            yield f"survey {survey.slug}: the sheets make other figures ({which})"
