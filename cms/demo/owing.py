"""What the judges of the demo were owed, and that it was paid."""

from __future__ import annotations

from bidding.calls.models import Call
from cms.demo import bidding
from cms.demo.town import Town
from foundation import clock
from marketplace.honoraria.operations import (
    approve_honoraria,
    confirm_honoraria,
    draw_up_honoraria,
    mark_honoraria_paid,
)
from marketplace.honoraria.queries import total_of


def pay_judges(town: Town, call: Call) -> None:
    """Worked out the day after the ranking, looked at by two officers, paid within the week."""
    call = Call.objects.get(pk=call.pk)
    with clock.at(call.closes_at + bidding.days(11)):
        listed = draw_up_honoraria(call, actor=town["officer"])
        total = total_of(listed)
        listed = confirm_honoraria(listed, seen_fen=total, actor=town["officer"])
        listed = approve_honoraria(listed, seen_fen=total, actor=town["officer2"])
    with clock.at(call.closes_at + bidding.days(16)):
        mark_honoraria_paid(
            listed,
            honoraria=listed.rows.filter(amount_fen__gt=0),
            paid_on=clock.today(),
            reference=f"网银 {call.number}",
            actor=town["fund"],
        )
