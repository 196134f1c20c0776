"""What is owed, paid and arrived, and whose business it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from foundation.organisations.models import MembershipRole, Organisation, OrganisationKind
from foundation.organisations.queries import federation
from foundation.organisations.rules import ACTING, keeps_money_of, roles_of
from foundation.people.models import Person, Role
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund
from marketplace.ledger.queries import balance
from marketplace.ledger.returns import heir_of
from marketplace.payments.connect_models import ConnectedAccount
from marketplace.payments.deposit_models import Deposit
from marketplace.payments.models import (
    BankAccount,
    Batch,
    Payable,
    Payout,
)
from marketplace.payments.rules import reads_payments
from marketplace.payments.states import PayableState

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations  # a development package


def keepers_of(organisation: Organisation) -> QuerySet[Person]:
    """The people who keep the organisation's money: representative, managers, finance."""
    return Person.objects.filter(
        is_active=True,
        memberships__organisation=organisation,
        memberships__ended_at=None,
        memberships__role__in=sorted({*ACTING, MembershipRole.FINANCE.value}),
    ).order_by("pk")


def other_fund_managers(person: Any) -> QuerySet[Person]:
    """Fund managers but this one: those who may approve what this one made."""
    return (
        Person.objects.filter(
            is_active=True,
            appointments__role=Role.FUND_MANAGER,
            appointments__ended_at=None,
        )
        .exclude(pk=person.pk)
        .order_by("pk")
    )


def fund_managers() -> QuerySet[Person]:
    """Everybody who keeps the funds now."""
    return Person.objects.filter(
        is_active=True, appointments__role=Role.FUND_MANAGER, appointments__ended_at=None
    ).order_by("pk")


PROMISES: list[Callable[[Fund, Organisation], int]] = []
"""What rooms above know to be promised out of a union's own money; they add themselves."""


def free_own(fund: Fund, buyer: Organisation) -> int:
    """What of a union's own money is here and promised to nobody, in fen."""
    now = heir_of(fund) or fund
    promised = sum(count(now, buyer) for count in PROMISES)
    return balance(accounts.buyer_own(now, buyer)) - promised


def kept_by(person: Any) -> list[int]:
    """The organisations whose money the person keeps."""
    return [pk for pk in roles_of(person) if keeps_money_of(person, pk)]


def payables_visible_to(person: Any) -> QuerySet[Payable]:
    """All, for officers, fund managers and auditors; an organisation's own for its keepers."""
    rows = Payable.objects.select_related(
        "organisation", "fund", "invoice__document", "came_back_from__payable__invoice__document"
    )
    if reads_payments.test(person, None):
        return rows
    return rows.filter(organisation__in=kept_by(person))


def payouts_visible_to(person: Any) -> QuerySet[Payout]:
    """As the payables they pay."""
    rows = Payout.objects.select_related(
        "batch", "payable__organisation", "bank_account", "connected_account"
    )
    if reads_payments.test(person, None):
        return rows
    return rows.filter(payable__organisation__in=kept_by(person))


def batches_visible_to(person: Any) -> QuerySet[Batch]:
    """The federation's own people only: a batch shows many organisations' accounts."""
    people = ("made_by", "approved_by")
    rows = Batch.objects.select_related("fund", "account", *people, "document").annotate(
        total_fen=Sum("payouts__amount_fen"),
        count=Count("payouts"),
        waiting=Count("payouts", filter=Q(payouts__result=Payout.Result.WAITING)),
    )
    rows = rows.order_by("-pk")
    return rows if reads_payments.test(person, None) else rows.none()


def stated_now() -> QuerySet[BankAccount]:
    """Where each organisation is paid today: one account at most."""
    return BankAccount.objects.filter(receives=True, replaced_at=None)


def own_accounts() -> QuerySet[BankAccount]:
    """The federation's accounts today; the one unions pay into comes first."""
    root = federation()
    rows = BankAccount.objects.filter(organisation=root.pk if root else None, replaced_at=None)
    return rows.select_related("organisation", "stated_by").order_by("-receives", "pk")


def account_to_leave_from(fund: Fund) -> BankAccount | None:
    """From where the fund's payments went last; else the account unions pay into."""
    here = own_accounts()
    last = here.filter(batches__fund=fund).order_by("-batches__pk").first()
    return last or here.first()


def bank_accounts_visible_to(person: Any) -> QuerySet[BankAccount]:
    """Where organisations are paid: for the federation's money people and the keepers."""
    rows = BankAccount.objects.select_related("organisation", "stated_by")
    if reads_payments.test(person, None):
        return rows
    return rows.filter(organisation__in=kept_by(person))


def deposits_visible_to(person: Any) -> QuerySet[Deposit]:
    """All, for those who read payments; a union's own for its keepers."""
    rows = Deposit.objects.select_related("buyer", "fund", "entered_by")
    if reads_payments.test(person, None):
        return rows
    return rows.filter(buyer__in=kept_by(person))


ON_ADVICE = (
    "payable__fund",
    "payable__organisation",
    "payable__invoice",
    "batch__account",
    "bank_account",
    "connected_account",
)
"""What a payment advice names."""


class Payability(TypedDict):
    """What `ready_to_pay` adds."""

    can_be_paid: bool


def ready_to_pay() -> QuerySet[WithAnnotations[Payable, Payability]]:
    """Payables with an invoice, the most urgent first, and whether we know where to pay."""
    account = stated_now().filter(organisation=OuterRef("organisation"))
    ready = ConnectedAccount.objects.filter(organisation=OuterRef("organisation"), state="ready")
    return (
        Payable.objects.filter(state=PayableState.INVOICED, held_at=None)
        .select_related("organisation", "fund", "invoice")
        .annotate(can_be_paid=Exists(account) | Exists(ready))
        .order_by("due_on", "pk")
    )


def payable_now(fund: Fund) -> QuerySet[WithAnnotations[Payable, Payability]]:
    """The fund's payables that may go to the bank as they stand."""
    return ready_to_pay().filter(fund=fund, can_be_paid=True)


def sums_by_state(rows: QuerySet[Payable]) -> dict[str, int]:
    """{state: fen} over these payables; what came back in part was not paid."""
    parts = Sum("amount_fen", filter=Q(came_back_from__isnull=False), default=0)
    states = rows.order_by().values_list("state")
    summed = states.annotate(fen=Sum("amount_fen"), parts=parts)
    sums = dict.fromkeys(PayableState.values, 0)
    for state, fen, parts in summed:
        sums[state] += fen
        sums[PayableState.PAID] -= parts
    return sums


def accounts_of_mine(
    person: Any,
) -> list[tuple[Organisation, BankAccount | None, ConnectedAccount | None]]:
    """The organisations whose money the person keeps, each with where it is paid now."""
    mine = Organisation.objects.filter(pk__in=kept_by(person)).exclude(kind=OrganisationKind.UNION)
    stated = {
        account.organisation_id: account for account in stated_now().filter(organisation__in=mine)
    }
    rows = ConnectedAccount.objects.filter(organisation__in=mine)
    connected = {account.organisation_id: account for account in rows}
    return [(one, stated.get(one.pk), connected.get(one.pk)) for one in mine]


def funds_to_pay_from() -> QuerySet[Fund]:
    """Funds that have payables with an invoice: how many, and how much."""
    invoiced = Q(payables__state=PayableState.INVOICED, payables__held_at=None)
    return (
        Fund.objects.filter(invoiced)
        .annotate(ready=Count("payables"), ready_fen=Sum("payables__amount_fen"))
        .order_by("code")
    )
