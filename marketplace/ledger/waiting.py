"""What waits for a person in this room: budgets that are nearly used up."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.http import Waiting
from foundation.organisations.rules import keeps_money_of, roles_of
from foundation.people.rules import is_fund_manager
from foundation.waiting import Look, Row
from marketplace.ledger.watch import shortages_of


def looks_for(person: Any) -> list[Look]:
    """For fund managers their funds, for those who keep a union's money its budgets."""
    looks = []
    if is_fund_manager(person):
        funds = shortages_of().filter(organisation=None)
        looks.append(Look(funds, _fund, title="fund__name", key="fund__code", most=10))
    if kept := [pk for pk in roles_of(person) if keeps_money_of(person, pk)]:
        unions = shortages_of().filter(organisation__in=kept)
        looks.append(Look(unions, _budget, title="fund__name", count="organisation", most=10))
    return looks


def _fund(row: Row) -> Waiting:
    title = _("“%(fund)s” is nearly used up") % {"fund": row.title}
    return Waiting(title, reverse("ledger:fund", args=[row.key]), kind="ledger")


def _budget(row: Row) -> Waiting:
    title = _("Your budget of “%(fund)s” is nearly used up") % {"fund": row.title}
    return Waiting(title, reverse("ledger:budget", args=[row.count]), kind="ledger")
