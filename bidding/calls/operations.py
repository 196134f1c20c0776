"""What can be done with a call: draft it, publish it, amend it, cancel it, answer about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bidding.calls import kinds as _kinds  # noqa: F401  # what people are told is registered
from bidding.calls import rules as _rules  # noqa: F401  # the laws are registered
from bidding.calls.concerned import people_concerned
from bidding.calls.custody import lay_key
from bidding.calls.defaults import CRITERIA
from bidding.calls.keepers import make_keeper_key
from bidding.calls.models import Amendment, Call, Criterion, Lot
from bidding.calls.numbers import numbered
from bidding.calls.queries import unanswered
from bidding.calls.question_operations import answer_clarification, ask_clarification
from bidding.calls.readiness import check_call
from bidding.calls.rule_operations import rule_set, set_call_rule, set_default_rule
from bidding.calls.rulebook import columns
from bidding.calls.states import CallState
from bidding.needs.models import Category, Need
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow
from foundation.workdays.queries import add_working_days

__all__ = [
    "answer_clarification",
    "ask_clarification",
    "make_keeper_key",
    "set_call_rule",
    "set_default_rule",
]

STILL_UNANSWERED = gettext_noop("A question was still unanswered at the closing.")
"""The platform's own reason: kept in English, shown in the reader's language."""


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


def _check_dates(
    opens_at: dt.datetime, questions_until: dt.datetime, closes_at: dt.datetime
) -> None:
    """The same order the database holds, as sentences."""
    if not opens_at < closes_at:
        raise DomainError(_("The call has to close after it opens."), field="closes_at")
    if questions_until > closes_at:
        raise DomainError(_("Questions end at the closing at the latest."), field="questions_until")


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
    _check_dates(opens_at, questions_until, closes_at)

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
    _write_criteria(call, (CriterionFacts(name, w, en, asks) for name, en, asks, w in CRITERIA))
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
    "bonus_points",
    "bonus_full_percent",
    "custody",
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
    _check_dates(call.opens_at, call.questions_until, call.closes_at)
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
    _schedule_closing(call)
    record(actor, "publish_call", call, opens_at=call.opens_at, closes_at=call.closes_at)
    return call


def _schedule_closing(call: Call) -> None:
    """At the closing: move it if it must, then (a second later) let the envelopes be opened.

    Each closing has keys of its own: an event for a closing that was moved finds the call not
    closed yet and does nothing.
    """
    closing = call.closes_at.isoformat()
    schedule("close_call", call.closes_at, key=f"call:{call.pk}:close:{closing}", call=call.pk)
    opening = call.closes_at + dt.timedelta(seconds=1)
    schedule("open_envelopes", opening, key=f"call:{call.pk}:open:{closing}", call=call.pk)


@operation
def amend_call(
    call: Call,
    *,
    reason: str,
    summary: str,
    summary_en: str = "",
    questions_until: dt.datetime,
    closes_at: dt.datetime,
    actor: Any,
) -> Call:
    """Change a published call, publicly and with a reason, and tell everybody concerned.

    The closing only moves later. What it says changes only while there are fifteen days left
    till closing, or the closing moves so that there are.
    """
    call = lock(call)
    allow(actor, "amend_call", call)
    _check_dates(call.opens_at, questions_until, closes_at)
    words = {"summary": summary, "summary_en": summary_en}
    changes = [name for name, value in words.items() if getattr(call, name) != value]
    earliest = clock.database_now() + dt.timedelta(days=call.amend_days or 0)
    if closes_at < call.closes_at:
        raise DomainError(_("The closing can only move later."), field="closes_at")
    if changes and closes_at < earliest:
        raise DomainError(
            _("What a call says changes only %(days)d days before it closes: move the closing.")
            % {"days": call.amend_days},
            field="closes_at",
        )
    times = {"questions_until": questions_until, "closes_at": closes_at}
    changes += [name for name, value in times.items() if getattr(call, name) != value]
    if not changes:
        raise DomainError(_("Nothing was changed."))
    _amend(call, {**words, **times}, changes, reason, actor)
    record(actor, "amend_call", call, changes=changes, closes_at=closes_at, reason=reason)
    _tell_concerned(call, "call_amended", reason=reason)
    return call


def _amend(
    call: Call, facts: dict[str, Any], changes: list[str], reason: str, actor: Any
) -> Amendment:
    """Write the changed columns, the public row about them, and the new closing's due events."""
    before = call.closes_at
    for name in changes:
        setattr(call, name, facts[name])
    call.save(update_fields=changes)
    if call.closes_at != before:
        _schedule_closing(call)
    return Amendment.objects.create(
        call=call,
        reason=reason,
        changes=changes,
        closes_before=before,
        closes_after=call.closes_at,
        made_by=None if actor is SYSTEM else actor,
        made_at=clock.now(),
    )


def _tell_concerned(call: Call, kind: str, **facts: Any) -> None:
    people = people_concerned(call)
    tell(
        people,
        kind,
        url=path_to(call),
        call=own_words_lazily(call, "title"),
        number=call.number,
        **facts,
    )


@operation
def move_closing(call: Call, *, actor: Any) -> Call:
    """A question is still unanswered at the closing: it moves on by the call's working days.

    When the last answer was given meanwhile, or the call does not wait, nothing moves.
    """
    call = lock(call)
    allow(actor, "move_closing", call)
    if not call.wait_days or not unanswered(call).exists():
        return call
    local = max(call.closes_at, clock.database_now()).astimezone(clock.SHANGHAI)
    on_time = call.closes_at.astimezone(clock.SHANGHAI).timetz()
    closes_at = dt.datetime.combine(add_working_days(local.date(), call.wait_days), on_time)
    _amend(call, {"closes_at": closes_at}, ["closes_at"], STILL_UNANSWERED, actor)
    record(actor, "move_closing", call, closes_at=closes_at)
    _tell_concerned(call, "closing_moved", closes_at=closes_at)
    return call


@handles("close_call")
def close_due_call(call: int) -> None:
    """The closing has come: it moves on if a question is unanswered, else nothing happens here."""
    found = Call.objects.get(pk=call)
    is_due = found.closes_at <= clock.database_now()
    if found.state == CallState.PUBLISHED and found.opened_at is None and is_due:
        move_closing(found, actor=SYSTEM)


@operation
def cancel_call(call: Call, *, reason: str, actor: Any) -> Call:
    """Cancel a published call; its page stays and says why, and everybody concerned is told."""
    call = lock(call)
    allow(actor, "cancel_call", call)
    call.move_to(CallState.CANCELLED, cancelled_reason=reason)
    record(actor, "cancel_call", call, reason=reason)
    _tell_concerned(call, "call_cancelled", reason=reason)
    return call
