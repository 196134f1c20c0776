"""What can be done with a draft of a call: begin it, set it up, publish it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bidding.calls import kinds as _kinds  # noqa: F401  # what people are told is registered
from bidding.calls import rules as _rules  # noqa: F401  # the laws are registered
from bidding.calls.amendments import (
    amend_call,
    cancel_call,
    check_dates,
    move_closing,
    schedule_closing,
)
from bidding.calls.concerned import people_concerned
from bidding.calls.custody import lay_key
from bidding.calls.defaults import BUDGET, CRITERIA, PRICE
from bidding.calls.keepers import make_keeper_key
from bidding.calls.models import Call, CallKind, Criterion, Lot, Stage
from bidding.calls.numbers import numbered
from bidding.calls.question_operations import answer_clarification, ask_clarification
from bidding.calls.readiness import check_call
from bidding.calls.rule_operations import rule_set, set_call_rule, set_default_rule
from bidding.calls.rulebook import columns
from bidding.calls.states import CallState
from bidding.calls.subscriptions import announce
from bidding.needs.models import Category, Need
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import allow

__all__ = [
    "amend_call",
    "answer_clarification",
    "ask_clarification",
    "cancel_call",
    "make_keeper_key",
    "move_closing",
    "set_call_rule",
    "set_default_rule",
]


@dataclass(frozen=True)
class LotFacts:
    """One lot as an officer sets it."""

    category: Category
    ceiling_fen: int
    proposal_ceiling_fen: int
    least_proposals: int


@dataclass(frozen=True)
class CriterionFacts:
    """One criterion as an officer sets it."""

    name: str
    weight: int
    name_en: str = ""
    description: str = ""
    by_price: bool = False
    stage: str = Stage.PAPER


def usual_criteria(kind: str) -> list[CriterionFacts]:
    """What a new call of this kind is judged by; in procurement the price counts, too."""
    rows = CRITERIA
    if kind == CallKind.PROCUREMENT:
        rows = tuple(row for row in CRITERIA if row is not BUDGET)
    criteria = [CriterionFacts(name, weight, en, asks) for name, en, asks, weight in rows]
    if rows is not CRITERIA:
        name, name_en = PRICE
        criteria.append(CriterionFacts(name, BUDGET[-1], name_en, by_price=True))
    return criteria


@operation
def draft_call(
    *,
    kind: str,
    title: str,
    title_en: str = "",
    summary: str,
    summary_en: str = "",
    opens_at: dt.datetime,
    questions_until: dt.datetime,
    closes_at: dt.datetime,
    actor: Any,
) -> Call:
    """Begin a call: it gets its number and its kind's rules and criteria, all changeable."""
    allow(actor, "draft_call")
    check_dates(opens_at, questions_until, closes_at)

    def create(number: str) -> Call:
        return Call.objects.create(
            number=number,
            kind=kind,
            title=title,
            title_en=title_en,
            summary=summary,
            summary_en=summary_en,
            opens_at=opens_at,
            questions_until=questions_until,
            closes_at=closes_at,
            created_by=actor,
            created_at=clock.now(),
            **columns(rule_set(kind)),
        )

    call = numbered(Call, "GC", create)
    _write_criteria(call, usual_criteria(kind))
    record(actor, "draft_call", call, number=call.number, kind=kind)
    return call


EDITABLE = (
    "title",
    "title_en",
    "summary",
    "summary_en",
    "opens_at",
    "questions_until",
    "closes_at",
    "judges_drawn",
    "aggregation",
    "tie_rule",
    "line_rule",
    "lottery_source",
    "discussion_points",
    "bonus_points",
    "bonus_full_percent",
    "custody",
    "blind",
    "blind_reason",
)
"""What an officer writes of a draft, beside its needs, lots, criteria and rules."""


@operation
def edit_call(call: Call, *, needs: Iterable[Need] | None = None, actor: Any, **facts: Any) -> Call:
    """Change a draft: any of EDITABLE, and the needs it answers; what is not given stays."""
    call = lock(call)
    allow(actor, "edit_call", call)
    strange = set(facts) - set(EDITABLE)
    if strange:
        raise TypeError(f"not facts of a draft: {sorted(strange)}")
    changed = {name: value for name, value in facts.items() if getattr(call, name) != value}
    for name, value in changed.items():
        setattr(call, name, value)
    check_dates(call.opens_at, call.questions_until, call.closes_at)
    if call.blind and not call.blind_reason.strip():
        raise DomainError(_("Say why; it is public."), field="blind_reason")
    call.save()
    if needs is not None:
        call.needs.set(needs)
    record(actor, "edit_call", call, changed=sorted(changed))
    return call


@operation
def set_lots(call: Call, *, lots: list[LotFacts], actor: Any) -> Call:
    """Set the draft's lots, one for each category it asks for."""
    call = lock(call)
    allow(actor, "set_lots", call)
    for facts in lots:
        if not 0 < facts.proposal_ceiling_fen <= facts.ceiling_fen:
            raise DomainError(
                _("In “%(lot)s” one proposal cannot get more than the whole lot holds.")
                % {"lot": facts.category}
            )
    call.lots.all().delete()
    Lot.objects.bulk_create(
        Lot(
            call=call,
            category=facts.category,
            ceiling_fen=facts.ceiling_fen,
            proposal_ceiling_fen=facts.proposal_ceiling_fen,
            least_proposals=facts.least_proposals,
        )
        for facts in lots
    )
    record(actor, "set_lots", call, ceilings={f.category.code: f.ceiling_fen for f in lots})
    return call


@operation
def set_criteria(call: Call, *, criteria: list[CriterionFacts], actor: Any) -> Call:
    """Set the draft's criteria in order; that their weights sum to 100 is asked at publication."""
    call = lock(call)
    allow(actor, "set_criteria", call)
    if len({facts.name for facts in criteria}) < len(criteria):
        raise DomainError(_("Two criteria have the same name."))
    if call.kind != CallKind.PROCUREMENT and any(facts.by_price for facts in criteria):
        raise DomainError(_("Only a procurement scores the price."))
    call.criteria.all().delete()
    _write_criteria(call, criteria)
    record(actor, "set_criteria", call, weights={f.name: f.weight for f in criteria})
    return call


def _write_criteria(call: Call, criteria: Iterable[CriterionFacts]) -> None:
    Criterion.objects.bulk_create(
        Criterion(
            call=call,
            position=place,
            name=facts.name,
            name_en=facts.name_en,
            description=facts.description,
            weight=facts.weight,
            by_price=facts.by_price,
            stage=facts.stage,
        )
        for place, facts in enumerate(criteria, start=1)
    )


@operation
def publish_call(call: Call, *, actor: Any) -> Call:
    """Publish the call: from now on it changes by amendment only, and it closes by itself."""
    call = lock(call)
    allow(actor, "publish_call", call)
    faults = check_call(call)
    if faults:
        raise DomainError(" ".join(map(str, faults)))
    call.move_to(CallState.PUBLISHED, published_at=clock.now())
    lay_key(call)
    schedule_closing(call)
    announce(call, "new")
    record(actor, "publish_call", call, opens_at=call.opens_at, closes_at=call.closes_at)
    if call.reruns:
        tell(
            people_concerned(call.reruns),
            "call_run_again",
            url=path_to(call),
            call=own_words_lazily(call, "title"),
            number=call.number,
            earlier=call.reruns.number,
            closes_at=call.closes_at,
        )
    return call
