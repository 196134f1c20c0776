"""What can be done with a published call: change it in public, move its closing, cancel it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bidding.calls import kinds as _kinds  # noqa: F401  # what people are told is registered
from bidding.calls import rules as _rules  # noqa: F401  # the laws are registered
from bidding.calls.concerned import people_concerned, what_binds
from bidding.calls.defaults import WEIGHTS_SUM
from bidding.calls.models import Amendment, Call, Criterion, Lot
from bidding.calls.queries import unanswered
from bidding.calls.readiness import faults_of_price
from bidding.calls.states import CallState
from bidding.calls.subscriptions import announce, remind_of
from bidding.calls.timeline import shortest_closing, working_from
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import Clash, DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow
from foundation.workdays.queries import WorkingCalendar, add_working_days

STILL_UNANSWERED = gettext_noop("A question was still unanswered at the closing.")
"""The platform's own reason: kept in English, shown in the reader's language."""

WORDS = ("title", "title_en", "summary", "summary_en")
TIMES = ("questions_until", "closes_at")

Change = dict[str, Any]


def check_dates(
    opens_at: dt.datetime, questions_until: dt.datetime, closes_at: dt.datetime
) -> None:
    """The same order the database holds, as sentences."""
    if not opens_at < closes_at:
        raise DomainError(_("The call has to close after it opens."), field="closes_at")
    if questions_until > closes_at:
        raise DomainError(_("Questions end at the closing at the latest."), field="questions_until")


def schedule_closing(call: Call) -> None:
    """At the closing: move it if it must, then (a second later) let the envelopes be opened.

    Each closing has keys of its own: an event for a closing that was moved finds the call not
    closed yet and does nothing.
    """
    closing = call.closes_at.isoformat()
    schedule("close_call", call.closes_at, key=f"call:{call.pk}:close:{closing}", call=call.pk)
    opening = call.closes_at + dt.timedelta(seconds=1)
    schedule("open_envelopes", opening, key=f"call:{call.pk}:open:{closing}", call=call.pk)
    remind_of(call)


@operation
def amend_call(
    call: Call,
    *,
    reason: str,
    questions_until: dt.datetime,
    closes_at: dt.datetime,
    lots: Mapping[int, tuple[int, int]] | None = None,
    weights: Mapping[int, int] | None = None,
    version: int | None = None,
    actor: Any,
    **words: str,
) -> Call:
    """Change a published call, publicly and with a reason, and tell everybody concerned.

    `words` are any of WORDS; `lots` gives lots by id new amounts (the lot's, one proposal's);
    `weights` gives criteria by id new weights. What is not given stays. The closing only moves
    later. Where less time is left than the call's rule asks for a change of what it says, the
    closing moves by itself. `version` is the one the officer looked at.
    """
    call = lock(call)
    allow(actor, "amend_call", call)
    if strange := set(words) - set(WORDS):
        raise TypeError(f"not words of a call: {sorted(strange)}")
    if version is not None and version != call.amendments.count():
        raise Clash(_("Somebody changed this call meanwhile. Look at it again; nothing was lost."))
    check_dates(call.opens_at, questions_until, closes_at)
    if closes_at < call.closes_at:
        raise DomainError(_("The closing can only move later."), field="closes_at")
    changes = _of_columns(call, words)
    changes += _of_lots(call, lots or {}) + _of_criteria(call, weights or {})
    if changes:
        closes_at = _late_enough(call, closes_at)
    changes += _of_columns(call, {"questions_until": questions_until, "closes_at": closes_at})
    if not changes:
        raise DomainError(_("Nothing was changed."))
    _amend(call, changes, reason, actor)
    said = [change["what"] for change in changes]
    record(actor, "amend_call", call, changes=said, closes_at=closes_at, reason=reason)
    _tell_concerned(call, "call_amended", reason=reason)
    announce(call, "changed", reason)
    return call


def _late_enough(call: Call, closes_at: dt.datetime) -> dt.datetime:
    """The closing, moved to a working day so late that the change leaves the time it must."""
    moved = shortest_closing(clock.database_now(), closes_at, call.amend_days)
    if moved == closes_at:
        return closes_at
    local = moved.astimezone(clock.SHANGHAI)
    return dt.datetime.combine(working_from(local.date(), WorkingCalendar()), local.timetz())


def _of_columns(call: Call, facts: Mapping[str, Any]) -> list[Change]:
    """Set the call's columns; what differs, each with what it was."""
    changes = []
    for name, value in facts.items():
        before = getattr(call, name)
        if before != value:
            setattr(call, name, value)
            changes.append({"what": name, "before": _kept(before), "after": _kept(value)})
    return changes


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _of_lots(call: Call, amounts: Mapping[int, tuple[int, int]]) -> list[Change]:
    changes: list[Change] = []
    for lot in Lot.objects.filter(call=call, pk__in=amounts).select_related("category"):
        ceiling, most = amounts[lot.pk]
        if not 0 < most <= ceiling:
            raise DomainError(
                _("In “%(lot)s” one proposal cannot get more than the whole lot holds.")
                % {"lot": lot.category},
                field=f"most-{lot.pk}",
            )
        for name, value in (("ceiling_fen", ceiling), ("proposal_ceiling_fen", most)):
            before = getattr(lot, name)
            if before != value:
                setattr(lot, name, value)
                of = lot.category_id
                changes.append({"what": name, "of": of, "before": before, "after": value})
        lot.save(update_fields=["ceiling_fen", "proposal_ceiling_fen"])
    return changes


def _of_criteria(call: Call, weights: Mapping[int, int]) -> list[Change]:
    changes: list[Change] = []
    criteria = list(Criterion.objects.filter(call=call))
    for criterion in criteria:
        before, after = criterion.weight, weights.get(criterion.pk, criterion.weight)
        if before != after:
            criterion.weight = after
            criterion.save(update_fields=["weight"])
            of = criterion.pk
            changes.append({"what": "weight", "of": of, "before": before, "after": after})
    total = sum(criterion.weight for criterion in criteria)
    if changes and total != WEIGHTS_SUM:
        raise DomainError(
            _("The weights of the criteria sum to %(total)d, not to 100.") % {"total": total}
        )
    if changes and (faults := faults_of_price(call, criteria)):
        raise DomainError(faults[0])
    return changes


def _amend(call: Call, changes: list[Change], reason: str, actor: Any) -> Amendment:
    """Write the changed columns, the public row about them, and the new closing's due events."""
    before = Call.objects.values_list("closes_at", flat=True).get(pk=call.pk)
    call.save(update_fields=[one["what"] for one in changes if one["what"] in WORDS + TIMES])
    if call.closes_at != before:
        schedule_closing(call)
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
    tell(
        people_concerned(call),
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
    _amend(call, _of_columns(call, {"closes_at": closes_at}), STILL_UNANSWERED, actor)
    record(actor, "move_closing", call, closes_at=closes_at)
    _tell_concerned(call, "closing_moved", closes_at=closes_at)
    announce(call, "later")
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
    """Cancel a published call; its page stays and says why, and everybody concerned is told.

    Refused while money hangs on it: whoever holds it is told what to do first.
    """
    call = lock(call)
    allow(actor, "cancel_call", call)
    if bound := what_binds(call):
        raise DomainError(" ".join(map(str, bound)))
    call.move_to(CallState.CANCELLED, cancelled_reason=reason)
    record(actor, "cancel_call", call, reason=reason)
    _tell_concerned(call, "call_cancelled", reason=reason)
    announce(call, "cancelled", reason)
    schedule("call_cancelled", clock.now(), key=f"call:{call.pk}:cancelled", call=call.pk)
    return call
