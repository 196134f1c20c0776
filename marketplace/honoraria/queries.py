"""What is to be known about honoraria, and by whom: a judge knows their own."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from bidding.calls.models import Call
from bidding.evaluation.states import PanelState
from foundation.organisations.models import Membership
from foundation.organisations.queries import federation
from foundation.people.models import Appointment, Role
from marketplace.honoraria.models import HonorariaList, Honorarium
from marketplace.honoraria.rules import reads_honoraria
from marketplace.honoraria.states import ListState

HOUSE = (Role.OFFICER, Role.FUND_MANAGER, Role.AUDITOR, Role.ADMINISTRATOR)
"""Posts of people the federation pays otherwise."""


def lists_visible_to(person: Any) -> QuerySet[HonorariaList]:
    """Every list, for officers, fund managers and auditors, with its sum and what is paid of it."""
    rows = HonorariaList.objects.select_related("call", "confirmed_by", "approved_by")
    if not reads_honoraria.test(person, None):
        return rows.none()
    return rows.annotate(
        judges=Count("rows"),
        total_fen=Sum("rows__amount_fen"),
        paid_fen=Sum("rows__amount_fen", filter=Q(rows__paid_on__isnull=False)),
    ).order_by("-drawn_up_at", "-pk")


def rows_visible_to(person: Any) -> QuerySet[Honorarium]:
    """Rows of the lists one reads."""
    rows = Honorarium.objects.select_related("list__call", "expert__person", "paid_by")
    return rows.filter(list__in=lists_visible_to(person).values("pk")).order_by("pk")


def own_honoraria(person: Any) -> QuerySet[Honorarium]:
    """What the person is owed or was paid, once two people have looked; the newest first."""
    if not person.is_authenticated:
        return Honorarium.objects.none()
    rows = Honorarium.objects.filter(expert__person=person, list__state=ListState.APPROVED)
    return rows.select_related("list__call").order_by("-list__approved_at", "-pk")


def not_drawn_up(person: Any) -> QuerySet[Call]:
    """Calls whose ranking stands, whose judges are owed something, and that have no list."""
    rows = Call.objects.filter(panel__state=PanelState.CLOSED, honoraria=None)
    paying = rows.exclude(sheet_fee_fen=0, half_day_fee_fen=0).order_by("-closes_at")
    return paying if reads_honoraria.test(person, None) else rows.none()


def people_of_the_house() -> set[int]:
    """Who works for the federation now: its own people, and who holds a post that it pays."""
    posts = Appointment.objects.filter(role__in=HOUSE, ended_at=None)
    root = federation()
    members = Membership.objects.filter(organisation=root, ended_at=None) if root else ()
    return {*posts.values_list("person", flat=True), *(row.person_id for row in members)}


def total_of(listed: HonorariaList) -> int:
    """What the list comes to, in fen."""
    return int(listed.rows.aggregate(fen=Sum("amount_fen"))["fen"] or 0)
