"""Watching budgets: who is nearly out of money is told once, and again only after a refill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.organisations.queries import people_of
from foundation.organisations.rules import keeps_money_of
from foundation.people.models import Person, Role
from foundation.permissions import SYSTEM, allow
from marketplace.ledger import kinds, rules
from marketplace.ledger.models import Fund, Place, Shortage
from marketplace.ledger.queries import budget_against_actual, came_in, sums_by_place

__all__ = ["kinds", "rules"]


@dataclass
class Level:
    """What a fund, or a union within it, was given and what of that is free."""

    fund: Fund
    organisation: Organisation | None
    given_fen: int = 0
    free_fen: int = 0

    @property
    def is_low(self) -> bool:
        """Less is free than the fund's own share to warn at."""
        return self.free_fen * 100 < self.fund.warn_percent * self.given_fen


@operation
def set_warning(fund: Fund, *, percent: int, reason: str, actor: Any) -> Fund:
    """Say from which share of a budget on its people are warned; 0 warns nobody."""
    fund = lock(fund)
    allow(actor, "set_warning", fund)
    if not 0 <= percent <= 100:
        raise DomainError(_("A share is between 0 and 100 percent."), field="percent")
    before, fund.warn_percent = fund.warn_percent, percent
    fund.save(update_fields=["warn_percent"])
    record(actor, "set_warning", fund, percent=percent, before=before, reason=reason)
    return fund


@operation
def watch_fund(fund: Fund, *, actor: Any) -> int:
    """Warn of every budget of the fund that has become low since; how many there are."""
    fund = lock(fund)
    allow(actor, "watch_fund", fund)
    known = {row.organisation_id: row for row in fund.shortages.filter(ended_at=None)}
    low = {union: level for union, level in levels_of(fund).items() if level.is_low}
    over = [row for union, row in known.items() if union not in low]
    for row in over:
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
    fresh = [level for union, level in low.items() if union not in known]
    for level in fresh:
        Shortage.objects.create(
            fund=fund,
            organisation=level.organisation,
            given_fen=level.given_fen,
            free_fen=level.free_fen,
            began_at=clock.now(),
        )
        _tell(level)
    if fresh or over:
        record(actor, "watch_fund", fund, began=len(fresh), ended=len(over))
    return len(fresh)


def watch_funds() -> int:
    """Watch every fund that runs; how many budgets have become low since the last time."""
    running = Fund.objects.filter(lapsed_on=None, ends_on__gte=clock.today())
    return sum(watch_fund(fund, actor=SYSTEM) for fund in running)


def levels_of(fund: Fund) -> dict[int | None, Level]:
    """{union, or None for the whole fund: how full it is} of what was given any money."""
    held = sums_by_place(fund)
    free = held[Place.AVAILABLE] + held[Place.BUYER] + held[Place.OWN]
    levels: dict[int | None, Level] = {None: Level(fund, None, came_in(held), free)}
    pockets = fund.accounts.filter(place__in=[Place.BUYER, Place.OWN]).order_by("pk")
    for pocket in budget_against_actual(pockets.select_related("organisation")):
        union = pocket.account.organisation
        level = levels.setdefault(pocket.account.organisation_id, Level(fund, union))
        level.given_fen += pocket.given_fen
        level.free_fen += pocket.free_fen
    return levels


def shortages_of(
    *, fund: Fund | None = None, union: Organisation | None = None
) -> QuerySet[Shortage]:
    """What is nearly used up now in a fund, or of a union's budgets."""
    rows = Shortage.objects.filter(ended_at=None).select_related("fund", "organisation")
    rows = rows.filter(fund__lapsed_on=None, fund__ends_on__gte=clock.today())
    if fund:
        rows = rows.filter(fund=fund)
    return (rows.filter(organisation=union) if union else rows).order_by("organisation__name")


def _tell(level: Level) -> None:
    """The fund's keepers hear of it, and the union whose budget it is."""
    managers = Person.objects.filter(
        is_active=True, appointments__role=Role.FUND_MANAGER, appointments__ended_at=None
    ).distinct()
    facts = {
        "fund": str(level.fund),
        "free_fen": level.free_fen,
        "given_fen": level.given_fen,
        "percent": level.fund.warn_percent,
    }
    union = level.organisation
    if union is None:
        tell(managers, "fund_runs_low", url=path_to("ledger:fund", level.fund.code), **facts)
        return
    keepers = [person for person in people_of(union) if keeps_money_of(person, union)]
    url = path_to("ledger:budget", union.pk)
    tell([*managers, *keepers], "budget_runs_low", url=url, union=str(union), **facts)
