"""Unions that pay in, online and by transfer, for tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import translation

from foundation.due.operations import work_off
from foundation.organisations.models import MembershipRole, Organisation
from foundation.people.models import Person
from marketplace.ledger.models import Fund
from marketplace.payments.checkout import announce_remittance, go_to_stripe
from marketplace.payments.deposit_models import Checkout, Deposit, Remittance
from tests.factories.ledger import make_fund
from tests.factories.organisations import make_union, member_of
from tests.stripe_standin import StandIn


def make_payer(name: str = "") -> tuple[Organisation, Person]:
    """A union, and the person who keeps its money."""
    union = make_union(name=name)
    return union, member_of(union, MembershipRole.FINANCE)


def make_remittance(
    amount_fen: int = 50_000, *, fund: Fund | None = None, payer: Any = None
) -> tuple[Remittance, Person]:
    """A sum a union announced, and the person who did."""
    union, keeper = payer or make_payer()
    fund = fund or make_fund()
    return announce_remittance(union, fund=fund, amount_fen=amount_fen, actor=keeper), keeper


def at_stripe(remittance: Remittance, keeper: Person) -> Checkout:
    """The sum's page at Stripe."""
    back = "http://house.test/back/"
    return go_to_stripe(remittance, back_to=back, language="zh-hans", actor=keeper)


def pay(stripe: StandIn, checkout: Checkout, **other: Any) -> dict[str, Any]:
    """Somebody pays on the page; the charge."""
    return stripe.account.pay(stripe.account.find("checkout.session", checkout.number), **other)


def make_paid(stripe: StandIn, amount_fen: int = 50_000, **fields: Any) -> Deposit:
    """A deposit paid at Stripe, heard of and worked off."""
    remittance, keeper = make_remittance(amount_fen, **fields)
    pay(stripe, at_stripe(remittance, keeper))
    hear(stripe)
    return Deposit.objects.get(remittance=remittance)


def hear(stripe: StandIn) -> None:
    """Stripe tells everything it has to tell, and it is worked off as far as that goes."""
    stripe.post.deliver_all()
    while work_off():
        pass


def through(client: Client) -> Callable[[str, bytes, dict[str, str]], int]:
    """A postman's way into the house without a socket."""

    def send(address: str, body: bytes, headers: dict[str, str]) -> int:
        signature = headers["Stripe-Signature"]
        with translation.override(translation.get_language()):  # a request leaves its own behind
            answer = client.post(
                address,
                body,
                content_type="application/json",
                headers={"Stripe-Signature": signature},
            )
        return answer.status_code

    return send
