"""What makes figures: totals of workers that are known, a cap on weights, and publishing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from bidding.needs import rules as _rules  # noqa: F401  # the laws are registered
from bidding.needs.finding_models import KnownTotals
from bidding.needs.freezing import freeze
from bidding.needs.models import Survey
from bidding.needs.queries import questions_of
from bidding.needs.states import SurveyState
from bidding.needs.variables import Variable, totals_by
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.operations import lock, operation
from foundation.permissions import allow

Groups = Sequence[tuple[Sequence[str], int]]


@operation
def set_totals(
    survey: Survey,
    *,
    margin: str,
    groups: Groups,
    source: str,
    source_url: str = "",
    dated_on: dt.date,
    actor: Any,
) -> KnownTotals:
    """Say how many workers there are by district, industry … and who counted them, and when.

    `groups` are (codes, workers): levels that share one total stand together. Said again, they
    take the place of what was said before.
    """
    survey = lock(survey)
    allow(actor, "set_totals", survey)
    known = totals_by(questions_of(survey)).get(margin)
    if known is None:
        raise DomainError(_("Totals can be known by what each answer has one of."), field="margin")
    listed = _checked(known, groups)
    if not source.strip():
        raise DomainError(_("Say where the numbers come from."), field="source")
    if dated_on > clock.today():
        raise DomainError(_("The numbers cannot be from the future."), field="dated_on")
    facts = {"groups": listed, "source": source, "source_url": source_url, "dated_on": dated_on}
    totals, _new = KnownTotals.objects.update_or_create(
        survey=survey,
        margin=margin,
        defaults={**facts, "set_by": actor, "set_at": clock.now()},
    )
    record(actor, "set_totals", survey, margin=margin, **facts)
    return totals


def _checked(known: Variable, groups: Groups) -> list[list[Any]]:
    """The groups as they are kept; refuses strange and doubled levels, and totals of nothing."""
    names = {label.code for label in known.labels}
    seen: set[str] = set()
    listed = []
    for codes, workers in groups:
        for code in codes:
            if code not in names:
                raise DomainError(
                    _("“%(code)s” is not known here.") % {"code": code}, field="groups"
                )
            if code in seen:
                raise DomainError(_("“%(code)s” has two totals.") % {"code": code}, field="groups")
            seen.add(code)
        if workers < 0 or not codes:
            raise DomainError(_("A total is a number of workers."), field="groups")
        if workers:
            listed.append([list(codes), workers])
    if len(listed) < 2:
        raise DomainError(_("Give the totals of two groups at least."), field="groups")
    return listed


@operation
def remove_totals(totals: KnownTotals, *, actor: Any) -> Survey:
    """Leave these totals out of the weighing."""
    survey = lock(totals.survey)
    allow(actor, "remove_totals", survey)
    margin = totals.margin
    KnownTotals.objects.filter(pk=totals.pk).delete()
    record(actor, "remove_totals", survey, margin=margin)
    return survey


@operation
def limit_weights(survey: Survey, *, most_weight: int | None, actor: Any) -> Survey:
    """Say how many times the mean a weight may be at most (None: no limit)."""
    survey = lock(survey)
    allow(actor, "limit_weights", survey)
    if most_weight is not None and most_weight < 2:
        raise DomainError(
            _("A limit below twice the mean would undo the weighing."), field="most_weight"
        )
    before, survey.most_weight = survey.most_weight, most_weight
    survey.save(update_fields=["most_weight"])
    record(actor, "limit_weights", survey, before=before, most_weight=most_weight)
    return survey


@operation
def publish_survey(survey: Survey, *, actor: Any) -> Survey:
    """Make the results public: the figures are made once more, kept, and never change again."""
    survey = lock(survey)
    allow(actor, "publish_survey", survey)
    found = freeze(survey)
    survey.move_to(SurveyState.PUBLISHED)
    record(
        actor,
        "publish_survey",
        survey,
        answers=found.sheets,
        effective=round(found.effective, 1),
        rounds=found.rounds,
        weights_sha256=found.weights_sha256,
        figures_sha256=found.figures_sha256,
        method=found.method,
    )
    return survey
