"""Who may draw an agreement up, offer it, sign it and refuse it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation import clock
from foundation.organisations.rules import signs_for
from foundation.people.rules import is_fund_manager, is_officer
from foundation.permissions import is_system, may_become, permit
from marketplace.agreements.models import Agreement, Party
from marketplace.agreements.states import AgreementState
from marketplace.awards.models import Award
from marketplace.awards.rules import has_no_agreement, no_objection_stands
from marketplace.awards.states import AwardState


@predicate
def is_party(person: Any, party: Party) -> bool:
    """Binds this side with a signature."""
    return signs_for(person, party.organisation_id)


def stands(award: Award) -> Any:
    """The award's notice is over and it stands."""
    if award.state == AwardState.ACTIVE:
        return None
    return _("Only an award that stands can become an agreement.")


def is_out_for_signature(party: Party) -> Any:
    """The agreement is offered and its day to sign has not passed."""
    agreement = party.agreement
    if agreement.state != AgreementState.OFFERED:
        return _("This agreement is “%(state)s”: it cannot be signed or refused now.") % {
            "state": agreement.get_state_display()
        }
    if agreement.sign_until and clock.today() > agreement.sign_until:
        return _("The last day to sign was %(day)s.") % {"day": agreement.sign_until}
    return None


def is_unsigned(party: Party) -> Any:
    """This side has not signed."""
    return _("This side has signed already.") if party.signed_at else None


def award_is_undisputed(party: Party) -> Any:
    """No objection to the award waits for an answer, and none was upheld."""
    return no_objection_stands(party.agreement.award)


def is_overdue(agreement: Agreement) -> Any:
    """The last day to sign has passed."""
    if agreement.sign_until and clock.today() > agreement.sign_until:
        return None
    return _("It can still be signed.")


def was_in_force(agreement: Agreement) -> Any:
    """It was signed, so that money may have been paid under it."""
    if agreement.signed_at:
        return None
    return _("This agreement was never in force: nothing was paid under it.")


permit(
    "draw_up_agreement",
    who=is_officer,
    when=(stands, has_no_agreement, no_objection_stands),
    meaning=_("draw up the agreement of an award"),
)
permit(
    "offer_agreement",
    who=is_officer,
    when=may_become(AgreementState.OFFERED),
    meaning=_("offer an agreement for signature"),
)
permit(
    "sign_agreement",
    who=is_party,
    when=(is_out_for_signature, is_unsigned, award_is_undisputed),
    meaning=_("sign an agreement for one side"),
)
permit(
    "refuse_agreement",
    who=is_party,
    when=is_out_for_signature,
    meaning=_("refuse to sign an agreement"),
)
permit(
    "expire_agreement",
    who=is_system,
    when=(may_become(AgreementState.REFUSED), is_overdue),
    meaning=_("end an agreement that nobody signed in time"),
)
permit(
    "claim_back",
    who=is_fund_manager,
    when=was_in_force,
    meaning=_("claim back what was paid under an agreement"),
)
permit(
    "recover_claim",
    who=is_fund_manager,
    when=was_in_force,
    meaning=_("enter that claimed money arrived"),
)
permit(
    "waive_claim",
    who=is_fund_manager,
    when=was_in_force,
    meaning=_("give up a claim to money paid under an agreement"),
)
