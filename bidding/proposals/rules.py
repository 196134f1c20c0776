"""Who may do what to a proposal, and when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from rules import predicate

from bidding.calls.custody import shares_missing
from bidding.calls.key_models import KeyShare
from bidding.calls.rules import was_not_cancelled
from bidding.calls.states import CallState
from bidding.proposals.states import EDITABLE, PartnerState, ProposalState
from foundation import clock
from foundation.organisations.models import OrganisationKind
from foundation.organisations.rules import ACTING, acts_for, belongs_to, places_of, roles_of
from foundation.people.rules import is_officer
from foundation.permissions import is_system, may_become, permit


def acting_for(person: Any) -> list[int]:
    """The organisations the person may act for now, by id."""
    return [pk for pk, role in roles_of(person).items() if role in ACTING]


@predicate
def is_bidder(person: Any, proposal: Any = None) -> bool:
    """Somebody who may act for the organisation that offers this."""
    return proposal is not None and acts_for(person, proposal.organisation_id)


@predicate
def is_of_bidder(person: Any, proposal: Any = None) -> bool:
    """Somebody in the organisation that offers this, in whatever role."""
    return proposal is not None and belongs_to(person, proposal.organisation_id)


def _kinds_acted_for(person: Any) -> set[str]:
    return {kind for role, kind in places_of(person).values() if role in ACTING}


@predicate
def may_offer(person: Any) -> bool:
    """Somebody who may act for an organisation that offers projects: any but a union body."""
    return bool(_kinds_acted_for(person) - {OrganisationKind.UNION})


@predicate
def is_buyer(person: Any) -> bool:
    """Somebody who may act for a union body."""
    return OrganisationKind.UNION in _kinds_acted_for(person)


def call_is_open(call: Any) -> Any:
    """The call takes proposals now, by the database's clock."""
    if gone := was_not_cancelled(call):
        return gone
    now = clock.database_now()
    if call.state != CallState.PUBLISHED:
        return _("This call takes no proposals.")
    if now < call.opens_at:
        return _("This call is not open yet.")
    if now >= call.closes_at:
        return _("This call has closed.")
    return None


def proposals_call_is_open(proposal: Any) -> Any:
    """The proposal's call takes proposals now."""
    return call_is_open(proposal.call)


def not_opened(proposal: Any) -> Any:
    """The envelopes are still sealed."""
    if proposal.state in EDITABLE:
        return None
    return _("The envelopes have been opened: what was handed in stays as it is.")


def call_has_closed(call: Any) -> Any:
    """The call's time is over, and its envelopes are still sealed."""
    if gone := was_not_cancelled(call):
        return gone
    if call.state != CallState.PUBLISHED:
        return _("This call takes no proposals.")
    if call.opened_at:
        return _("The envelopes of this call have been opened already.")
    if clock.database_now() < call.closes_at:
        return _("The envelopes stay sealed until the call closes.")
    return None


def no_open_question(call: Any) -> Any:
    """Nobody who asked still waits for an answer: until then the closing moves on, unless that
    rule is switched off."""
    if call.wait_days and call.clarifications.filter(answered_at=None).exists():
        return _("A question is still unanswered, so the call cannot close.")
    return None


permit(
    "draft_proposal",
    who=may_offer,
    when=call_is_open,
    meaning=_("begin a proposal"),
)
EDIT = (not_opened, proposals_call_is_open)
permit(
    "edit_proposal",
    who=is_bidder,
    when=EDIT,
    meaning=_("write a proposal"),
)
permit(
    "attach_document",
    who=is_bidder,
    when=EDIT,
    meaning=_("attach a document to a proposal"),
)
permit(
    "detach_document",
    who=is_bidder,
    when=EDIT,
    meaning=_("take a document off a proposal"),
)
permit(
    "submit_proposal",
    who=is_bidder,
    when=(not_opened, proposals_call_is_open, may_become(ProposalState.SUBMITTED)),
    meaning=_("submit a proposal"),
)
permit(
    "withdraw_proposal",
    who=is_bidder,
    when=(not_opened, proposals_call_is_open, may_become(ProposalState.WITHDRAWN)),
    meaning=_("withdraw a proposal"),
)


@predicate
def is_partner(person: Any, partner: Any = None) -> bool:
    """Somebody who may act for the organisation that was asked."""
    return partner is not None and acts_for(person, partner.organisation_id)


@predicate
def asked_the_partner(person: Any, partner: Any = None) -> bool:
    """Somebody who may act for the organisation that asked."""
    return partner is not None and acts_for(person, partner.proposal.organisation_id)


def partners_proposal_is_open(partner: Any) -> Any:
    """The proposal may be written still."""
    return not_opened(partner.proposal) or proposals_call_is_open(partner.proposal)


def waits_for_an_answer(partner: Any) -> Any:
    """The organisation was asked and has not answered."""
    if partner.state == PartnerState.ASKED:
        return None
    return _("This has been answered, or is not asked any more.")


permit(
    "ask_partner",
    who=is_bidder,
    when=EDIT,
    meaning=_("ask an organisation to be partner"),
)
permit(
    "drop_partner",
    who=asked_the_partner,
    when=(partners_proposal_is_open, may_become(PartnerState.DROPPED)),
    meaning=_("take a partner out of a proposal"),
)
permit(
    "confirm_partner",
    who=is_partner,
    when=(partners_proposal_is_open, waits_for_an_answer),
    meaning=_("confirm to be partner"),
)
permit(
    "refuse_partner",
    who=is_partner,
    when=(partners_proposal_is_open, may_become(PartnerState.REFUSED)),
    meaning=_("refuse to be partner"),
)


def why_shut(call: Any) -> Any:
    """What but its key keeps the envelopes shut; None when nothing does."""
    return call_has_closed(call) or no_open_question(call)


def key_is_whole(call: Any) -> Any:
    """The key is in the key store, or enough of its keepers have given their shares."""
    missing = shares_missing(call)
    if not missing:
        return None
    return ngettext_lazy(
        "%(missing)d keeper of the key has to give their share first.",
        "%(missing)d keepers of the key have to give their shares first.",
        "missing",
    ) % {"missing": missing}


@predicate
def keeps_share(person: Any, call: Any = None) -> bool:
    """An officer who holds a share of this call's key."""
    return bool(
        call is not None
        and is_officer.test(person)
        and KeyShare.objects.filter(key__call=call, keeper__person=person).exists()
    )


permit(
    "open_envelopes",
    who=is_system | is_officer,
    when=(call_has_closed, no_open_question, key_is_whole),
    meaning=_("open the envelopes"),
)
permit(
    "give_share",
    who=keeps_share,
    when=(call_has_closed, no_open_question),
    meaning=_("give one's share of a call's key"),
)


def is_damaged(proposal: Any) -> Any:
    """The envelope is one that did not open."""
    if proposal.state == ProposalState.DAMAGED:
        return None
    return _("Only an envelope that could not be opened is opened so.")


def judges_not_drawn(proposal: Any) -> Any:
    """Who judges is drawn from who offers: after the draw nobody joins them."""
    if hasattr(proposal.call, "panel"):  # of the room above, by its name
        return _("The judges have been drawn: the envelope comes too late to be judged.")
    if proposal.lot.voided_at:
        return _("The lot was declared void.")
    return was_not_cancelled(proposal.call)


permit(
    "open_damaged_envelope",
    who=is_bidder,
    when=(is_damaged, judges_not_drawn),
    meaning=_("open an envelope that was damaged"),
)
