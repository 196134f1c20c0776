"""A union pays its own money in: the sum announced, the page at Stripe, what was paid there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles
from foundation.errors import Clash, DomainError
from foundation.money import LARGEST_FEN, yuan
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.permissions import SYSTEM, allow
from marketplace.ledger.models import Fund
from marketplace.payments import deposit_rules, gateway, kinds  # noqa: F401  # registers the laws
from marketplace.payments.deposit_models import Checkout, Deposit, Remittance
from marketplace.payments.deposit_queries import owes_in
from marketplace.payments.operations import arrive, close_pages_of
from marketplace.payments.reference import MOST
from marketplace.payments.states import CheckoutState, RemittanceState

SHORTEST = dt.timedelta(minutes=40)
"""A page that Stripe has not opened yet needs at least half an hour before it closes."""


@operation
def announce_remittance(
    buyer: Organisation, *, fund: Fund, amount_fen: int, actor: Any, purpose: str = ""
) -> Remittance:
    """A union says that it will pay in; the reference on its slip tells us whose money it is."""
    allow(actor, "announce_remittance", buyer)
    if buyer.kind != OrganisationKind.UNION:
        raise DomainError(_("Only union bodies pay in."), field="buyer")
    if clock.today() > fund.ends_on and not owes_in(fund, buyer):
        raise DomainError(_("This fund has ended; choose one that runs."), field="fund")
    if not 1 <= amount_fen <= LARGEST_FEN:
        raise DomainError(
            _("The amount has to be more than nothing, and not absurdly large."),
            field="amount_fen",
        )
    remittance = Remittance.objects.create(
        buyer=buyer,
        fund=fund,
        amount_fen=amount_fen,
        purpose=purpose.strip(),
        announced_by=actor,
        announced_at=clock.now(),
    )
    if remittance.pk > MOST:
        raise DomainError(_("There are no more references; please tell the federation."))
    record(actor, "announce_remittance", remittance, buyer=buyer.pk, amount_fen=amount_fen)
    return remittance


@operation
def cancel_remittance(remittance: Remittance, *, actor: Any) -> Remittance:
    """The union will not pay this in after all; a page still open at Stripe is closed."""
    remittance = lock(remittance)
    allow(actor, "cancel_remittance", remittance)
    remittance.move_to(RemittanceState.CANCELLED)
    close_pages_of(remittance)
    record(actor, "cancel_remittance", remittance)
    return remittance


@operation
def start_checkout(remittance: Remittance, *, actor: Any) -> Checkout:
    """Begin to pay online; whoever presses twice gets the page that is open."""
    remittance = lock(remittance, "buyer")
    allow(actor, "start_checkout", remittance)
    now = clock.now()
    going = [CheckoutState.STARTED, CheckoutState.OPEN]
    standing = remittance.checkouts.select_for_update().filter(state__in=going).first()
    if standing is not None:
        least = SHORTEST if standing.state == CheckoutState.STARTED else dt.timedelta()
        if standing.expires_at > now + least:
            record(actor, "start_checkout", remittance, checkout=standing.pk, again=True)
            return standing
        standing.move_to(CheckoutState.EXPIRED)
    checkout = Checkout.objects.create(
        remittance=remittance,
        amount_fen=remittance.amount_fen,
        expires_at=(now + gateway.OPEN_FOR).replace(microsecond=0),
        started_by=actor,
        started_at=now,
    )
    record(actor, "start_checkout", remittance, checkout=checkout.pk)
    return checkout


@operation
def open_checkout(checkout: Checkout, *, number: str, url: str, actor: Any) -> Checkout:
    """Keep the page Stripe has opened; what was paid there meanwhile stays paid."""
    checkout = lock(checkout, "remittance")
    if checkout.number == number:
        return checkout
    allow(actor, "open_checkout", checkout)
    checkout.move_to(CheckoutState.OPEN, number=number, url=url)
    record(actor, "open_checkout", checkout, number=number)
    return checkout


def go_to_stripe(remittance: Remittance, *, back_to: str, language: str, actor: Any) -> Checkout:
    """The page on which this sum is paid. Stripe is called between two transactions: a call that
    gets lost is made again under the same key and gives the same page."""
    checkout = start_checkout(remittance, actor=actor)
    if checkout.state == CheckoutState.OPEN:
        return checkout
    try:
        page = gateway.open_page(
            amount_fen=checkout.amount_fen,
            title=f"{remittance.buyer} {remittance.reference}",
            reference=checkout.reference,
            key=checkout.reference,
            expires_at=checkout.expires_at,
            back_to=back_to,
            language=language,
        )
    except gateway.Unreachable as silence:
        raise DomainError(
            _("Stripe cannot be reached at the moment. Try again later, or pay by bank transfer.")
        ) from silence
    except gateway.Declined:
        expire_checkout(checkout, actor=SYSTEM)
        raise
    return open_checkout(checkout, number=page.number, url=page.url, actor=actor)


@operation
def settle_checkout(
    checkout: Checkout,
    *,
    number: str,
    payment: str,
    amount_fen: int,
    currency: str,
    paid_on: dt.date,
    actor: Any,
) -> Deposit:
    """The sum was paid at Stripe: the union's own money is here. Told twice, it arrives once."""
    lock(checkout.remittance)
    checkout = lock(checkout, "remittance__buyer", "remittance__fund", "deposit")
    if checkout.deposit is not None and checkout.number == number:
        return checkout.deposit
    allow(actor, "settle_checkout", checkout)
    _compare(checkout, number, amount_fen, currency)
    remittance = checkout.remittance
    deposit = arrive(
        fund=remittance.fund,
        buyer=remittance.buyer,
        amount_fen=amount_fen,
        bank_reference=payment,
        received_on=paid_on,
        source=Deposit.Source.STRIPE,
        remittance=remittance,
        actor=actor,
    )
    checkout.move_to(CheckoutState.PAID, deposit=deposit, number=number)
    record(actor, "settle_checkout", checkout, deposit=deposit.pk, amount_fen=amount_fen)
    return deposit


def _compare(checkout: Checkout, number: str, amount_fen: int, currency: str) -> None:
    """What Stripe says against what we asked for, before anything is posted."""
    if checkout.number and checkout.number != number:
        raise Clash(
            _("Stripe speaks of page %(theirs)s, this payment is on page %(ours)s.")
            % {"theirs": number, "ours": checkout.number}
        )
    if currency.lower() != gateway.CURRENCY:
        raise DomainError(
            _("It was paid in %(theirs)s, not in yuan.") % {"theirs": currency.upper()}
        )
    if amount_fen != checkout.amount_fen:
        raise DomainError(
            _("Stripe took %(theirs)s, we asked for %(ours)s.")
            % {"theirs": yuan(amount_fen), "ours": yuan(checkout.amount_fen)}
        )


@operation
def expire_checkout(checkout: Checkout, *, actor: Any) -> Checkout:
    """The page at Stripe ran out or was closed unpaid; the sum can be paid another way."""
    checkout = lock(checkout)
    if checkout.state in (CheckoutState.EXPIRED, CheckoutState.PAID):
        return checkout
    allow(actor, "expire_checkout", checkout)
    checkout.move_to(CheckoutState.EXPIRED)
    record(actor, "expire_checkout", checkout)
    return checkout


@handles("close_checkout")
def _close_page(*, checkout: int) -> None:
    """Close a page at Stripe on which nobody shall pay any more; Stripe then tells that it is."""
    subject = Checkout.objects.get(pk=checkout)
    if subject.state == CheckoutState.OPEN and subject.number:
        gateway.close_page(subject.number, key=f"close:{subject.reference}")
