"""Who sees to it that money crosses the border of the books, and when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation.organisations.queries import federation
from foundation.organisations.rules import keeps_money_of
from foundation.people.rules import is_auditor, is_fund_manager, is_officer
from foundation.permissions import is_system, may_become, permit
from marketplace.payments.models import Payout
from marketplace.payments.states import BatchState, PayableState

reads_payments = is_officer | is_fund_manager | is_auditor

reads_border = is_fund_manager | is_auditor
"""Those who see what Stripe and the bank tell: it names other people's accounts."""


@predicate
def keeps_money_here(person: Any, organisation: Any) -> bool:
    """Representative, manager or finance of the organisation."""
    return keeps_money_of(person, organisation)


@predicate
def keeps_the_federations(person: Any, organisation: Any) -> bool:
    """A fund manager, of the federation's own account: unions pay into it."""
    if organisation is None or not is_fund_manager(person):
        return False
    root = federation()
    return root is not None and root.pk == getattr(organisation, "pk", organisation)


@predicate
def is_owed(person: Any, payable: Any) -> bool:
    """Representative, manager or finance of the organisation the money is owed to."""
    return payable is not None and keeps_money_of(person, payable.organisation_id)


@predicate
def is_another_fund_manager(person: Any, batch: Any) -> bool:
    """A fund manager who did not make the batch."""
    return is_fund_manager(person) and (batch is None or batch.made_by_id != person.pk)


def pays_only(account: Any) -> Any:
    """It is in use, and unions do not pay into it."""
    if account.receives:
        return _("Unions pay into this account. State another one for that; it replaces this one.")
    return _("This account was closed before.") if account.replaced_at else None


def is_with_the_bank(payout: Any) -> Any:
    """The payout was sent, and nobody has entered yet how it went."""
    if payout.result != Payout.Result.WAITING:
        return _("How this payment went has been entered already: %(result)s.") % {
            "result": payout.get_result_display()
        }
    if payout.batch.state != BatchState.SENT:
        return _("This payment has not been sent to the bank yet.")
    return None


def was_paid(payout: Any) -> Any:
    """It left the house, and has not come back."""
    if payout.result == Payout.Result.PAID and payout.kept_fen:
        return None
    return _("This payment is “%(result)s”, so it cannot have come back.") % {
        "result": payout.get_result_display()
    }


permit(
    "state_bank_account",
    who=keeps_money_here | keeps_the_federations,
    meaning=_("say where the organisation is paid"),
)
permit(
    "add_bank_account",
    who=keeps_the_federations,
    meaning=_("add an account the federation pays from"),
)
permit(
    "close_bank_account",
    who=is_fund_manager,
    when=pays_only,
    meaning=_("close an account the federation paid from"),
)
permit(
    "enter_invoice",
    who=is_owed | is_fund_manager,
    when=may_become(PayableState.INVOICED),
    meaning=_("enter the invoice for what is owed"),
)
permit("make_batch", who=is_fund_manager, meaning=_("put payments together for the bank"))
permit(
    "approve_batch",
    who=is_another_fund_manager,
    when=may_become(BatchState.APPROVED),
    meaning=_("approve a batch somebody else made"),
)
permit(
    "cancel_batch",
    who=is_fund_manager,
    when=may_become(BatchState.CANCELLED),
    meaning=_("take a batch apart again"),
)
permit(
    "send_batch",
    who=is_fund_manager,
    when=may_become(BatchState.SENT),
    meaning=_("send the batch: as a file for the bank, or by transfers at Stripe"),
)
permit(
    "confirm_payout",
    who=is_fund_manager | is_system,
    when=is_with_the_bank,
    meaning=_("enter that the bank has paid"),
)
permit(
    "fail_payout",
    who=is_fund_manager | is_system,
    when=is_with_the_bank,
    meaning=_("enter that the bank could not pay"),
)
permit(
    "return_payout",
    who=is_fund_manager | is_system,
    when=was_paid,
    meaning=_("enter that a payment came back after it was made"),
)
permit(
    "return_part",
    who=is_fund_manager | is_system,
    when=was_paid,
    meaning=_("enter that a part of a payment came back"),
)
permit("record_deposit", who=is_fund_manager, meaning=_("enter money that arrived at the bank"))
