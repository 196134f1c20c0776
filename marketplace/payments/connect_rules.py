"""Who is paid through Stripe, and who takes such a payment back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.organisations.models import OrganisationKind
from foundation.people.rules import is_fund_manager
from foundation.permissions import is_system, may_become, permit
from marketplace.payments import gateway
from marketplace.payments.rules import keeps_money_here, was_paid
from marketplace.payments.states import ConnectedState


def is_offered_here(organisation: Any) -> Any:
    """The platform has an account at Stripe that may pay others, and it is no union."""
    if not gateway.connects():
        return _("Payments through Stripe are not set up here; you are paid by bank transfer.")
    if organisation is not None and organisation.kind == OrganisationKind.UNION:
        return _("Unions are not paid here; they pay in.")
    return None


def went_by_stripe(payout: Any) -> Any:
    """It was transferred at Stripe, and nobody has asked for it back."""
    if not payout.by_stripe:
        return _("This was paid by the bank; it comes back by the bank.")
    return _("It is being taken back already.") if payout.recalled_at else None


permit(
    "start_account",
    who=keeps_money_here,
    when=is_offered_here,
    meaning=_("begin to be paid through Stripe"),
)
permit(
    "open_account",
    who=keeps_money_here | is_system,
    when=may_become(ConnectedState.OPEN),
    meaning=_("keep the account Stripe opened for an organisation"),
)
permit("follow_account", who=is_system, meaning=_("take over how an account at Stripe stands"))
permit(
    "recall_payout",
    who=is_fund_manager,
    when=(was_paid, went_by_stripe),
    meaning=_("have a transfer at Stripe taken back"),
)
permit("refuse_recall", who=is_system, meaning=_("note that a transfer could not be taken back"))
