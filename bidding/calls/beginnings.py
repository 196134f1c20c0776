"""Beginning a call with more than an empty sheet: from needs, or from an earlier call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from bidding.calls.amendments import WORDS
from bidding.calls.apportioning import STEP_FEN, apportion
from bidding.calls.dates import proposed_dates
from bidding.calls.models import Call, Lot
from bidding.calls.operations import (
    EDITABLE,
    CriterionFacts,
    LotFacts,
    draft_call,
    edit_call,
    set_criteria,
    set_lots,
)
from bidding.needs.models import Category, Need
from bidding.needs.states import NeedState
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.money import yuan
from foundation.operations import lock, operation
from foundation.permissions import allow


@operation
def draft_from_needs(
    *,
    kind: str,
    title: str,
    title_en: str = "",
    summary: str,
    summary_en: str = "",
    needs: Sequence[Need],
    total_fen: int,
    proposal_fen: int,
    closes_on: dt.date,
    actor: Any,
) -> Call:
    """Begin a call that answers needs: a lot for each of their categories, its money in proportion
    to the workers behind it, dates counted backwards from the closing. All of it may be changed."""
    allow(actor, "draft_from_needs")
    workers: dict[Category, int] = {}
    for need in needs:
        workers[need.category] = workers.get(need.category, 0) + need.headcount
    if not workers:
        raise DomainError(_("Choose at least one need."), field="needs")
    if total_fen < STEP_FEN * len(workers):
        raise DomainError(
            _("With %(lots)d lots it has to be %(least)s at least.")
            % {"lots": len(workers), "least": yuan(STEP_FEN * len(workers))},
            field="total_fen",
        )
    if proposal_fen > total_fen:
        raise DomainError(
            _("One proposal cannot get more than the whole call."), field="proposal_fen"
        )
    words: dict[str, Any] = {
        "title": title,
        "title_en": title_en,
        "summary": summary,
        "summary_en": summary_en,
    }
    dates = proposed_dates(kind, closes_on)
    if dates.opens_at >= dates.closes_at:
        raise DomainError(
            _("From tomorrow on there is no time left until that day."), field="closes_on"
        )
    call = draft_call(kind=kind, actor=actor, **words, **_in_order(asdict(dates)))
    call = edit_call(call, needs=needs, actor=actor)
    categories = sorted(workers, key=lambda category: category.position)
    parts = apportion(total_fen, [workers[category] for category in categories])
    least = call.least_proposals or 1
    lots = [
        LotFacts(category, part, min(proposal_fen, part), least)
        for category, part in zip(categories, parts, strict=True)
    ]
    call = set_lots(call, lots=lots, actor=actor)
    record(actor, "draft_from_needs", call, needs=[need.pk for need in needs], total_fen=total_fen)
    return call


def _in_order(dates: dict[str, dt.datetime]) -> dict[str, Any]:
    """Questions do not end before the opening, however short the time: the check says the rest."""
    return {**dates, "questions_until": max(dates["questions_until"], dates["opens_at"])}


@operation
def copy_call(call: Call, *, actor: Any) -> Call:
    """Begin a new draft with what an earlier call says: words, lots, criteria, and the needs that
    are still public. Dates are counted anew, and it goes by the rules of its kind as they are now:
    where the earlier one departed from them, its reason was its own."""
    call = lock(call)
    allow(actor, "copy_call", call)
    new = _begin_like(call, list(call.lots.select_related("category")), actor)
    record(actor, "copy_call", new, copied=call.number)
    return new


@operation
def run_again(call: Call, *, actor: Any) -> Call:
    """Begin a call that runs again what was declared void in this one, and names it: a draft like
    it with those lots, told to everybody concerned when it is published."""
    call = lock(call)
    allow(actor, "run_again", call)
    void = call.lots.filter(voided_at__isnull=False).select_related("category")
    new = _begin_like(call, list(void), actor)
    new.reruns = call
    new.save(update_fields=["reruns"])
    record(actor, "run_again", new, earlier=call.number)
    return new


@operation
def discard_call(call: Call, *, actor: Any) -> None:
    """Throw a draft away that nobody but the programme office has seen. Its number may be given
    again; the trail keeps that it was there."""
    call = lock(call)
    allow(actor, "discard_call", call)
    record(actor, "discard_call", call, number=call.number, title=call.title)
    try:
        with transaction.atomic():
            call.delete()
    except ProtectedError as held:
        raise DomainError(
            _("Something tells of this draft already, as a page of the site: delete that first.")
        ) from held


def _begin_like(call: Call, old: Sequence[Lot], actor: Any) -> Call:
    words: dict[str, Any] = {name: getattr(call, name) for name in WORDS}
    dates = _in_order(asdict(proposed_dates(call.kind)))
    new = draft_call(kind=call.kind, actor=actor, **words, **dates)
    ways = {name: getattr(call, name) for name in EDITABLE if name not in {*words, *dates}}
    if (ways["judges_drawn"] or new.panel_size) < new.panel_size:
        ways["judges_drawn"] = None
    needs = list(call.needs.filter(state=NeedState.PUBLISHED))
    new = edit_call(new, needs=needs, actor=actor, **ways)
    lots = [
        LotFacts(lot.category, lot.ceiling_fen, lot.proposal_ceiling_fen, lot.least_proposals)
        for lot in old
    ]
    set_lots(new, lots=lots, actor=actor)
    criteria = [
        CriterionFacts(one.name, one.weight, one.name_en, one.description, one.by_price, one.stage)
        for one in call.criteria.order_by("position")
    ]
    return set_criteria(new, criteria=criteria, actor=actor)
