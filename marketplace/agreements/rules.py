"""Who may draw an agreement up, offer it, sign it and refuse it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from bidding.notices.periods import day_of
from bidding.notices.rules import objections_until
from bidding.notices.states import UNANSWERED
from foundation import clock
from foundation.face.values import day_text
from foundation.organisations.rules import signs_for
from foundation.people.rules import is_fund_manager, is_officer
from foundation.permissions import is_system, may_become, permit
from foundation.workdays.queries import WorkingCalendar
from marketplace.agreements.models import Agreement, Party
from marketplace.agreements.states import AgreementState
from marketplace.awards.models import Award
from marketplace.awards.rules import has_no_agreement, no_objection_stands, objections_to
from marketplace.awards.states import AwardState

LEAST_SIGN_DAYS = 5
"""So many days to sign are left by a late offer, and after an objection that held it up."""


@predicate
def is_party(person: Any, party: Party) -> bool:
    """Binds this side with a signature."""
    return signs_for(person, party.organisation_id)


def stands(award: Award) -> Any:
    """The award's notice is over and it stands."""
    if award.state == AwardState.ACTIVE:
        return None
    return _("Only an award that stands can become an agreement.")


def first_day_to_sign(award: Award, works: WorkingCalendar | None = None) -> dt.date:
    """The day after the last on which anybody may object to the award: nothing is signed before."""
    assert award.notice is not None  # an award stands only after its notice
    return objections_until(award.notice, works) + dt.timedelta(days=1)


def last_day_to_sign(agreement: Agreement) -> dt.date | None:
    """The day it was offered until, or some days after an objection was settled, if that is later.

    None while nobody has answered one: it stops the signatures, so it stops their time as well.
    """
    found = objections_to(agreement.award).values_list("state", "answered_at", "decided_at")
    if agreement.sign_until is None or any(state in UNANSWERED for state, *_ in found):
        return None
    settled = (day_of(moment) for _state, *moments in found for moment in moments if moment)
    # a holiday entered after the offer moves the first day: the days to sign move along
    begins = [first_day_to_sign(agreement.award), *settled]
    return max(agreement.sign_until, max(begins) + dt.timedelta(days=LEAST_SIGN_DAYS))


def is_out_for_signature(party: Party) -> Any:
    """The agreement is offered and its day to sign has not passed."""
    agreement = party.agreement
    if agreement.state != AgreementState.OFFERED:
        return _("This agreement is “%(state)s”: it cannot be signed or refused now.") % {
            "state": agreement.get_state_display()
        }
    last = last_day_to_sign(agreement)
    if last and clock.today() > last:
        return _("The last day to sign was %(day)s.") % {"day": day_text(last)}
    return None


def time_to_object_is_over(party: Party) -> Any:
    """Nobody may object any more, by the clock that takes objections."""
    first = first_day_to_sign(party.agreement.award)
    if day_of(clock.database_now()) >= first:
        return None
    return _("Anybody may still object to the award: it can be signed from %(day)s.") % {
        "day": day_text(first)
    }


def is_unsigned(party: Party) -> Any:
    """This side has not signed."""
    return _("This side has signed already.") if party.signed_at else None


def award_is_undisputed(party: Party) -> Any:
    """No objection to the award waits for an answer, and none was upheld."""
    return no_objection_stands(party.agreement.award)


def is_overdue(agreement: Agreement) -> Any:
    """The last day to sign has passed."""
    last = last_day_to_sign(agreement)
    return None if last and clock.today() > last else _("It can still be signed.")


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
    when=(is_out_for_signature, is_unsigned, award_is_undisputed, time_to_object_is_over),
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
