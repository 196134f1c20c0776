"""Who pays in, and who gives money back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation.money import yuan
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.organisations.rules import keeps_money_of, roles_of
from foundation.people.rules import is_fund_manager
from foundation.permissions import is_system, may_become, permit
from marketplace.payments import gateway
from marketplace.payments.states import (
    CheckoutState,
    DepositState,
    DisputeState,
    RefundState,
    RemittanceState,
)


def unions_kept_by(person: Any) -> list[int]:
    """The union bodies whose money the person keeps."""
    kept = [pk for pk in roles_of(person) if keeps_money_of(person, pk)]
    unions = Organisation.objects.filter(pk__in=kept, kind=OrganisationKind.UNION)
    return list(unions.values_list("pk", flat=True)) if kept else []


@predicate
def pays_in_for(person: Any, buyer: Any) -> bool:
    """Keeps the union's money (or, asked of nobody in particular, some union's)."""
    if buyer is None:
        return bool(unions_kept_by(person))
    return keeps_money_of(person, buyer)


@predicate
def announced_it(person: Any, thing: Any) -> bool:
    """Keeps the money of the union that announced the sum."""
    remittance = getattr(thing, "remittance", thing)
    return remittance is not None and keeps_money_of(person, remittance.buyer_id)


def is_awaited(remittance: Any) -> Any:
    """The sum has not arrived and was not called off."""
    if remittance.state == RemittanceState.OPEN:
        return None
    return _("This sum is “%(now)s” already.") % {"now": remittance.get_state_display()}


def fits_stripe(remittance: Any) -> Any:
    """There is an account at Stripe, and it takes such a sum."""
    if not gateway.offered():
        return _("Paying online is not set up here; please pay by bank transfer.")
    if remittance.amount_fen > gateway.MOST_FEN:
        return _("Online at most %(most)s can be paid at once; please pay by bank transfer.") % {
            "most": yuan(gateway.MOST_FEN)
        }
    return None


def may_be_refunded(deposit: Any) -> Any:
    """It stands, and nobody disputes it."""
    if deposit.state in (DepositState.ARRIVED, DepositState.PART_REFUNDED):
        return None
    return _("This is “%(now)s”, so nothing of it can be given back.") % {
        "now": deposit.get_state_display()
    }


permit(
    "announce_remittance",
    who=pays_in_for | is_fund_manager,
    meaning=_("announce that a union will pay money of its own in"),
)
permit(
    "cancel_remittance",
    who=announced_it | is_fund_manager,
    when=(is_awaited, may_become(RemittanceState.CANCELLED)),
    meaning=_("call an announced sum off"),
)
permit(
    "start_checkout",
    who=announced_it,
    when=(is_awaited, fits_stripe),
    meaning=_("begin to pay an announced sum online"),
)
permit(
    "open_checkout",
    who=announced_it,
    when=may_become(CheckoutState.OPEN),
    meaning=_("keep the page Stripe opened for a payment"),
)
permit(
    "settle_checkout",
    who=is_system,
    when=may_become(CheckoutState.PAID),
    meaning=_("take in what was paid at Stripe"),
)
permit(
    "expire_checkout",
    who=is_system,
    when=may_become(CheckoutState.EXPIRED),
    meaning=_("note that a page at Stripe ran out unpaid"),
)
permit(
    "refund_deposit",
    who=is_fund_manager,
    when=may_be_refunded,
    meaning=_("give a union money it paid in back"),
)
permit(
    "send_refund",
    who=is_system,
    when=may_become(RefundState.SENT),
    meaning=_("note that Stripe took a refund on"),
)
permit(
    "confirm_refund",
    who=is_system | is_fund_manager,
    when=may_become(RefundState.ARRIVED),
    meaning=_("note that a refund was paid"),
)
permit(
    "fail_refund",
    who=is_system | is_fund_manager,
    when=may_become(RefundState.FAILED),
    meaning=_("note that a refund could not be paid"),
)
permit(
    "take_in_refund",
    who=is_system,
    meaning=_("take in a refund somebody made at Stripe's own pages"),
)
permit("open_dispute", who=is_system, meaning=_("take in that a payment is disputed"))
permit(
    "withdraw_dispute",
    who=is_system,
    meaning=_("take in that disputed money was taken from us"),
)
permit(
    "reinstate_dispute",
    who=is_system,
    meaning=_("take in that disputed money came back"),
)
permit(
    "close_dispute",
    who=is_system,
    when=may_become(DisputeState.LOST),
    meaning=_("take in how a dispute was decided"),
)
