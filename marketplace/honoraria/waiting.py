"""What of this room waits for a person on the desk's home."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.http import Waiting
from foundation.people.rules import is_fund_manager, is_officer
from foundation.waiting import Look, Row
from marketplace.honoraria.models import HonorariaList
from marketplace.honoraria.states import ListState


def looks_for(person: Any) -> list[Look]:
    """Lists to confirm, lists a colleague confirmed, and lists to be paid."""
    lists = HonorariaList.objects.exclude(rows__expert__person=person.pk).order_by("pk")
    confirmed = lists.filter(state=ListState.CONFIRMED).exclude(confirmed_by=person.pk)
    looks = []
    if is_officer(person):
        looks.append(_look(lists.filter(state=ListState.DRAWN_UP)))
    if is_officer(person) or is_fund_manager(person):
        looks.append(_look(confirmed))
    if is_fund_manager(person):
        owed = lists.filter(rows__amount_fen__gt=0, rows__paid_on=None)
        looks.append(_look(owed.filter(state=ListState.APPROVED).distinct()))
    return looks


def _look(rows: Any) -> Look:
    return Look(rows, _list, title="call__title", key="call__number", of="state", most=10)


def _list(row: Row) -> Waiting:
    says = {
        ListState.DRAWN_UP: _("Confirm the honoraria: %(call)s"),
        ListState.CONFIRMED: _("Take a second look at the honoraria: %(call)s"),
        ListState.APPROVED: _("Pay the honoraria: %(call)s"),
    }
    title = says[ListState(row.of)] % {"call": row.title}
    return Waiting(title, reverse("honoraria:sheet", args=[row.key]), kind=_("Honoraria"))
