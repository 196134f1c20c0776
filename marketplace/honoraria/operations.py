"""Honoraria are worked out from facts, corrected with a reason, confirmed, approved and paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.evaluation.presence import work_of
from bidding.evaluation.queries import officers
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles
from foundation.errors import Clash, DomainError
from foundation.face.values import own_words_lazily
from foundation.money import yuan
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow, can
from marketplace.honoraria import kinds, rules  # noqa: F401  (the words and the laws)
from marketplace.honoraria.models import Correction, HonorariaList, Honorarium
from marketplace.honoraria.queries import people_of_the_house, total_of
from marketplace.honoraria.states import ListState


@handles("panel_closed")
def _panel_closed(*, call: int) -> None:
    """A ranking stands: what its judges are owed is worked out, once."""
    found = Call.objects.select_related("panel").get(pk=call)
    if can(SYSTEM, "draw_up_honoraria", found):
        draw_up_honoraria(found, actor=SYSTEM)


@operation
def draw_up_honoraria(call: Call, *, actor: Any) -> HonorariaList:
    """Work out what each judge is owed, from final sheets and half days on stage by the rates of
    the call; who works for the federation is paid by it already, and owed nothing."""
    call = lock(call, "panel")
    allow(actor, "draw_up_honoraria", call)
    listed = HonorariaList.objects.create(
        call=call,
        sheet_fee_fen=call.sheet_fee_fen,
        half_day_fee_fen=call.half_day_fee_fen,
        drawn_up_at=clock.now(),
    )
    house = people_of_the_house()
    for work in work_of(call.panel):
        of_the_house = work.expert.person_id in house
        fen = work.sheets * call.sheet_fee_fen + work.half_days * call.half_day_fee_fen
        fen = 0 if of_the_house else fen
        Honorarium.objects.create(
            list=listed,
            expert=work.expert,
            sheets=work.sheets,
            half_days=work.half_days,
            of_the_house=of_the_house,
            computed_fen=fen,
            amount_fen=fen,
        )
    record(actor, "draw_up_honoraria", call, total_fen=total_of(listed))
    _tell_officers(listed, "honoraria_drawn_up")
    return listed


def _tell_officers(listed: HonorariaList, kind: str, but: Any = None, **facts: Any) -> None:
    people = officers()
    people = people.exclude(pk=but.pk) if but else people
    call = own_words_lazily(listed.call, "title")
    tell(people, kind, url=path_to("honoraria:sheet", listed.call.number), call=call, **facts)


def _must_be_seen(listed: HonorariaList, seen_fen: int) -> None:
    """What is signed for is what the person read."""
    now_fen = total_of(listed)
    if seen_fen != now_fen:
        raise Clash(
            _("Somebody changed the list meanwhile: it comes to %(now)s now. Look at it again.")
            % {"now": yuan(now_fen)}
        )


@operation
def correct_honorarium(
    honorarium: Honorarium, *, amount_fen: int, was_fen: int, reason: str, actor: Any
) -> Correction:
    """Another sum than the one worked out, with the reason; it stays on record."""
    listed = lock(honorarium.list, "call")
    honorarium = lock(honorarium, "expert__person")
    allow(actor, "correct_honorarium", listed)
    if honorarium.amount_fen != was_fen:
        raise Clash(
            _("Somebody corrected it meanwhile: it is %(now)s now. Nothing was overwritten.")
            % {"now": yuan(honorarium.amount_fen)}
        )
    if not reason.strip():
        raise DomainError(_("Give the reason; it is on record."), field="reason")
    if amount_fen == was_fen:
        raise DomainError(_("It is that already."), field="amount_fen")
    row = Correction.objects.create(
        honorarium=honorarium,
        before_fen=was_fen,
        after_fen=amount_fen,
        reason=reason.strip(),
        made_by=actor,
        made_at=clock.now(),
    )
    honorarium.amount_fen = amount_fen
    honorarium.save(update_fields=["amount_fen"])
    facts = {"before_fen": was_fen, "after_fen": amount_fen, "reason": row.reason}
    record(actor, "correct_honorarium", listed.call, expert=honorarium.expert_id, **facts)
    return row


@operation
def confirm_honoraria(listed: HonorariaList, *, seen_fen: int, actor: Any) -> HonorariaList:
    """An officer stands for the list; somebody else looks at it then."""
    listed = lock(listed, "call")
    allow(actor, "confirm_honoraria", listed)
    _must_be_seen(listed, seen_fen)
    listed.move_to(
        ListState.CONFIRMED, confirmed_by=actor, confirmed_at=clock.now(), returned_because=""
    )
    record(actor, "confirm_honoraria", listed.call, total_fen=seen_fen)
    _tell_officers(listed, "honoraria_confirmed", but=actor)
    return listed


@operation
def return_honoraria(listed: HonorariaList, *, reason: str, actor: Any) -> HonorariaList:
    """The second look found something: it may be corrected again."""
    listed = lock(listed, "call")
    allow(actor, "return_honoraria", listed)
    if not reason.strip():
        raise DomainError(_("Give the reason; it is on record."), field="reason")
    listed.move_to(
        ListState.DRAWN_UP, confirmed_by=None, confirmed_at=None, returned_because=reason.strip()
    )
    record(actor, "return_honoraria", listed.call, reason=reason.strip())
    _tell_officers(listed, "honoraria_returned", but=actor, reason=reason.strip())
    return listed


@operation
def approve_honoraria(listed: HonorariaList, *, seen_fen: int, actor: Any) -> HonorariaList:
    """A second person has looked: it may be paid, and each judge learns their own."""
    listed = lock(listed, "call")
    allow(actor, "approve_honoraria", listed)
    _must_be_seen(listed, seen_fen)
    listed.move_to(ListState.APPROVED, approved_by=actor, approved_at=clock.now())
    record(actor, "approve_honoraria", listed.call, total_fen=seen_fen)
    for row in listed.rows.filter(amount_fen__gt=0).select_related("expert__person"):
        _tell_judge(listed, row, "honorarium_due")
    return listed


def _tell_judge(listed: HonorariaList, row: Honorarium, kind: str, **facts: Any) -> None:
    tell(
        row.expert.person,
        kind,
        url=path_to("honoraria:mine"),
        call=own_words_lazily(listed.call, "title"),
        amount_fen=row.amount_fen,
        **facts,
    )


@operation
def mark_honoraria_paid(
    listed: HonorariaList,
    *,
    honoraria: Iterable[Honorarium],
    paid_on: dt.date,
    reference: str,
    actor: Any,
) -> list[Honorarium]:
    """Note that these were paid on a day, under a reference; nothing is noted twice."""
    listed = lock(listed, "call")
    allow(actor, "mark_honoraria_paid", listed)
    wanted = {row.pk for row in honoraria}
    rows = list(listed.rows.filter(pk__in=wanted).select_related("expert__person"))
    if not wanted or len(rows) < len(wanted):
        raise DomainError(_("Choose who was paid."), field="honoraria")
    if paid_on > clock.today():
        raise DomainError(_("This day has not come yet."), field="paid_on")
    if listed.approved_at and paid_on < localtime(listed.approved_at).date():
        raise DomainError(_("It was not approved by then."), field="paid_on")
    if not reference.strip():
        raise DomainError(_("Give the reference of the payment."), field="reference")
    if any(row.paid_on or not row.amount_fen for row in rows):
        raise Clash(_("Some of these are noted as paid already. Nothing was changed."))
    for row in rows:
        row.paid_on, row.reference, row.paid_by = paid_on, reference.strip(), actor
        row.save(update_fields=["paid_on", "reference", "paid_by"])
        _tell_judge(listed, row, "honorarium_paid", paid_on=paid_on, reference=row.reference)
    facts = {"experts": [row.expert_id for row in rows], "paid_on": paid_on}
    record(actor, "mark_honoraria_paid", listed.call, reference=reference.strip(), **facts)
    return rows


@operation
def take_back_paid(honorarium: Honorarium, *, reason: str, actor: Any) -> Honorarium:
    """It came back from the bank, or was noted by mistake: it is to be paid again."""
    listed = lock(honorarium.list, "call")
    honorarium = lock(honorarium)
    allow(actor, "take_back_paid", listed)
    if not honorarium.paid_on:
        raise DomainError(_("It is not noted as paid."))
    if not reason.strip():
        raise DomainError(_("Give the reason; it is on record."), field="reason")
    facts = {"paid_on": honorarium.paid_on, "reference": honorarium.reference}
    honorarium.paid_on, honorarium.reference, honorarium.paid_by = None, "", None
    honorarium.save(update_fields=["paid_on", "reference", "paid_by"])
    record(
        actor,
        "take_back_paid",
        listed.call,
        expert=honorarium.expert_id,
        reason=reason.strip(),
        **facts,
    )
    return honorarium
