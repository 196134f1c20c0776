"""Budgets down the union tree: a union passes on what it was given, and takes back what is free."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from foundation.audit.operations import record
from foundation.errors import DomainError, WrongState
from foundation.money import yuan
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation, OrganisationKind, Union
from foundation.organisations.queries import officers_of, unions_under
from foundation.organisations.states import OrganisationState
from foundation.permissions import allow
from marketplace.ledger import accounts, kinds, rules
from marketplace.ledger.book import Line, post
from marketplace.ledger.models import Account, Fund, Journal, JournalKind, Place, Transfer
from marketplace.ledger.pockets import must_be_free, pledged

__all__ = ["kinds", "rules"]


@dataclass(frozen=True)
class _Passing:
    """Budget that goes down the tree, or comes back up."""

    kind: JournalKind
    fund: Fund
    giver: Organisation
    buyer: Organisation
    amount_fen: int
    reason: str
    key: str

    def was_done(self) -> bool:
        """Was exactly this asked for before (a doubled click)?"""
        return Journal.objects.filter(key=self.key).exists()

    def step(self) -> Line:
        """The one line of its posting."""
        above = accounts.buyer_available(self.fund, self.giver)
        below = accounts.buyer_available(self.fund, self.buyer)
        if self.kind == JournalKind.PASS_ON:
            return Line(above, below, self.amount_fen)
        return Line(below, above, self.amount_fen)


@operation
def pass_on_budget(
    giver: Organisation,
    *,
    fund: Fund,
    buyer: Organisation,
    amount_fen: int,
    reason: str,
    actor: Any,
    once: str = "",
) -> Journal:
    """Give a union below some of one's own budget; never more than is still free in it."""
    giver = lock(giver)
    allow(actor, "pass_on_budget", giver)
    fund = lock(fund)
    _refuse(rules.runs_today(fund))
    if not receivers_of(giver).filter(pk=buyer.pk).exists():
        raise DomainError(
            _("A budget is passed on only to a verified union below one's own."), field="buyer"
        )
    key = f"pass_on:{fund.pk}:{giver.pk}:{once or uuid.uuid4()}"
    passing = _Passing(JournalKind.PASS_ON, fund, giver, buyer, amount_fen, reason, key)
    before, journal = passing.was_done(), _post(passing, actor)
    if not before:
        record(actor, "pass_on_budget", giver, **_facts(passing))
        _tell(passing, "budget_passed_on")
    return journal


@operation
def take_back_budget(
    giver: Organisation,
    *,
    fund: Fund,
    buyer: Organisation,
    amount_fen: int,
    reason: str,
    actor: Any,
    once: str = "",
) -> Journal:
    """Take back what one passed on to a union, as long as it is still free there."""
    giver = lock(giver)
    allow(actor, "take_back_budget", giver)
    fund = lock(fund)
    _refuse(rules.has_not_lapsed(fund))
    key = f"take_back:{fund.pk}:{giver.pk}:{once or uuid.uuid4()}"
    passing = _Passing(JournalKind.TAKE_BACK, fund, giver, buyer, amount_fen, reason, key)
    passed = sum(row.fen for row in passed_on([giver], fund=fund, buyer=buyer))
    if amount_fen > passed and not passing.was_done():
        raise DomainError(
            _("Only %(passed)s of it was passed on by this union.") % {"passed": yuan(passed)},
            field="amount_fen",
        )
    before, journal = passing.was_done(), _post(passing, actor)
    if not before:
        record(actor, "take_back_budget", giver, **_facts(passing))
        _tell(passing, "budget_taken_back")
    return journal


@dataclass(frozen=True)
class PassedOn:
    """What a union has passed on to another and not taken back, and what is free there now."""

    fund: Fund
    buyer: Organisation
    fen: int
    free_fen: int

    @property
    def may_come_back_fen(self) -> int:
        """What could be taken back now."""
        return min(self.fen, self.free_fen)


def passed_on(
    givers: Collection[Organisation], *, fund: Fund | None = None, buyer: Organisation | None = None
) -> list[PassedOn]:
    """What these unions have passed on, fund by fund and union by union.

    Four queries; two when nothing was passed on.
    """
    steps = Transfer.objects.filter(debit__place=Place.BUYER, credit__place=Place.BUYER).order_by()
    if fund:
        steps = steps.filter(debit__fund=fund)
    if buyer:
        steps = steps.filter(journal__reference=f"organisation:{buyer.pk}")
    down = steps.filter(journal__kind=JournalKind.PASS_ON, debit__organisation__in=givers)
    up = steps.filter(journal__kind=JournalKind.TAKE_BACK, credit__organisation__in=givers)
    sums: dict[int, int] = {}
    for rows, whose, sign in ((down, "credit", 1), (up, "debit", -1)):
        for pk, fen in rows.values_list(whose).annotate(Sum("amount_fen")):
            sums[pk] = sums.get(pk, 0) + sign * fen
    below = Account.objects.filter(pk__in=[pk for pk, fen in sums.items() if fen > 0])
    pockets = list(below.select_related("fund", "organisation"))
    buyers = {pocket.organisation_id for pocket in pockets if pocket.organisation_id}
    promised = pledged(organisations=buyers) if buyers else {}
    found = []
    for pocket in pockets:
        if pocket.organisation:
            key = pocket.fund_id, pocket.organisation.pk, str(pocket.place)
            free = max(0, pocket.balance_fen - promised.get(key, 0))
            found.append(PassedOn(pocket.fund, pocket.organisation, sums[pocket.pk], free))
    return sorted(found, key=lambda row: (-row.fund.starts_on.toordinal(), row.buyer.name))


def receivers_of(giver: Organisation) -> QuerySet[Organisation]:
    """The union bodies a union may pass its budget on to: the verified ones below it."""
    node = Union.objects.filter(organisation=giver).first()
    if giver.kind != OrganisationKind.UNION or node is None:
        return Organisation.objects.none()
    return Organisation.objects.filter(
        union__in=unions_under(node, itself=False), state=OrganisationState.VERIFIED
    ).order_by("name")


def _refuse(sentence: Any) -> None:
    if sentence:
        raise WrongState(sentence, field="fund")


def _post(passing: _Passing, actor: Any) -> Journal:
    """Post the step, with a sentence beside the amount when there is not that much left."""
    step = passing.step()
    pocket = Account.objects.select_for_update(no_key=True).filter(code=step.debit).first()
    if not passing.was_done():
        must_be_free(pocket, step.amount_fen)
    return post(
        key=passing.key,
        kind=passing.kind,
        lines=[step],
        reference=f"organisation:{passing.buyer.pk}",
        actor=actor,
        fund=passing.fund,
        memo=passing.reason,
        facts={"giver": passing.giver.pk},
    )


def _facts(passing: _Passing) -> dict[str, Any]:
    return {
        "fund": passing.fund.code,
        "buyer": passing.buyer.pk,
        "amount_fen": passing.amount_fen,
        "reason": passing.reason,
        "journal": passing.key,
    }


def _tell(passing: _Passing, what: str) -> None:
    tell(
        officers_of(passing.buyer),
        what,
        url=path_to("ledger:budget", passing.buyer.pk),
        giver=str(passing.giver),
        buyer=str(passing.buyer),
        amount_fen=passing.amount_fen,
        fund=str(passing.fund),
        reason=passing.reason,
    )
