"""Who may show interest, promise money, and compute who gets it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rules import predicate

from bidding.calls.concerned import concerns
from bidding.calls.rules import call_stands, was_not_cancelled
from bidding.calls.states import CallState
from bidding.evaluation.lottery_rules import lots_are_drawn
from bidding.evaluation.roadshow_models import Turn
from bidding.proposals.models import Proposal
from bidding.proposals.states import ProposalState
from foundation.organisations.models import Organisation
from foundation.organisations.queries import buyers_of, officers_of
from foundation.organisations.rules import acts_for, kinds_of
from foundation.people.rules import is_officer
from foundation.permissions import is_system, may_become, permit
from marketplace.matching.limit_models import Exclusion, Ground, GroupLimit
from marketplace.matching.models import AllocationRun, Interest, Match, Pledge, Policy
from marketplace.matching.shelf_models import Note
from marketplace.matching.states import PledgeState, RunState


def buying_for(person: Any) -> dict[int, Organisation]:
    """{id: union body} of the verified ones the person acts for (one query at most)."""
    if "union" not in kinds_of(person):
        return {}
    unions = buyers_of(person).select_related("union", "shelf_weights")
    return {union.pk: union for union in unions.order_by("name")}


@predicate
def is_buyer(person: Any, subject: Any = None) -> bool:
    """Acts for a verified union body, and not for the organisation whose proposal it is."""
    if isinstance(subject, Proposal) and acts_for(person, subject.organisation_id):
        return False
    return bool(buying_for(person))


@predicate
def is_its_buyer(person: Any, subject: Interest | Pledge) -> bool:
    """Acts for the union body that showed the interest or made the promise."""
    return acts_for(person, subject.buyer_id)


@predicate
def buys_for_it(person: Any, buyer: Any) -> bool:
    """Acts for this union body, which is a verified one."""
    return isinstance(buyer, Organisation) and buyer.pk in buying_for(person)


@predicate
def wrote_it(person: Any, note: Note) -> bool:
    """Wrote the note, and still acts for the union body it was written in."""
    return bool(note.written_by_id == person.pk and acts_for(person, note.buyer_id))


def is_not_struck(note: Note) -> Any:
    """It still stands."""
    return _("This note was struck already.") if note.struck_at else None


def was_changed(buyer: Organisation) -> Any:
    """Its shelf has weights of its own."""
    if getattr(buyer, "shelf_weights", None):
        return None
    return _("The weights are the usual ones already.")


def is_ranked(proposal: Proposal) -> Any:
    """The panel has ranked it and its fate is still open."""
    if proposal.state == ProposalState.RANKED:
        return None
    return _("Only a ranked proposal whose funding is still open can be matched.")


def may_be_wanted(proposal: Proposal) -> Any:
    """Ranked and its fate open, or heard at a roadshow and not ranked yet."""
    if proposal.state == ProposalState.ELIGIBLE:
        if Turn.objects.filter(proposal=proposal, called_at__isnull=False).exists():
            return None
        return _("This proposal was not on stage yet.")
    return is_ranked(proposal)


def is_undecided(pledge: Pledge) -> Any:
    """The money of its call has not been shared out yet."""
    return is_ranked(pledge.proposal)


def is_shown(interest: Interest) -> Any:
    """It has not been taken back."""
    return _("This interest was taken back already.") if interest.withdrawn_at else None


def has_ranking(call: Any) -> Any:
    """The call's ranking stands, and where a lot decides at the line, it is drawn."""
    if hasattr(call, "ranking"):
        return lots_are_drawn(call)
    return _("There is no ranking of this call yet.")


def has_open_money(call: Any) -> Any:
    """The call stands, and no run of it has been confirmed."""
    if gone := was_not_cancelled(call):
        return gone
    if call.runs.filter(state=RunState.CONFIRMED).exists():
        return _("The money of this call has been shared out already.")
    return None


def is_cancelled(call: Any) -> Any:
    """Promises fall with their call and not before."""
    return None if call.state == CallState.CANCELLED else _("This call was not cancelled.")


def is_a_plan(run: AllocationRun) -> Any:
    """There is a plan, and it was neither confirmed nor put aside."""
    if run.state == RunState.PROPOSED:
        return None
    return _("Only a plan that is proposed can be changed.")


def money_of_its_call(subject: AllocationRun | GroupLimit | Exclusion) -> Any:
    """The money of its call has not been shared out."""
    return has_open_money(subject.call)


@predicate
def is_refused_bidder(person: Any, refusal: Match) -> bool:
    """Acts for the organisation that was refused, and the result is public."""
    run = refusal.run
    return (
        run.state == RunState.CONFIRMED
        and run.call.decided_at is not None
        and acts_for(person, refusal.proposal.organisation_id)
    )


def is_by_value(refusal: Match) -> Any:
    """Only where the greatest value decided is there something to solve again."""
    if refusal.reason and refusal.run.policy == Policy.BEST:
        return None
    return _("By this rule the answer stands on the page already.")


def waits_for_answer(ground: Ground) -> Any:
    """The solver has not answered yet."""
    return _("This has been answered already.") if ground.done_at else None


@concerns
def buyers(call: Any) -> list[Any]:
    """The people who act for unions that promised money in the call or showed interest."""
    unions = Organisation.objects.filter(
        Q(pledges__proposal__call=call, pledges__state=PledgeState.PROMISED)
        | Q(interests__proposal__call=call, interests__withdrawn_at=None)
    ).distinct()
    return [person for union in unions for person in officers_of(union)]


permit(
    "show_interest",
    who=is_buyer,
    when=(call_stands("call"), may_be_wanted),
    meaning=_("show interest in a proposal"),
)
permit(
    "withdraw_interest",
    who=is_its_buyer,
    when=is_shown,
    meaning=_("take interest in a proposal back"),
)
permit(
    "set_weights",
    who=buys_for_it,
    meaning=_("say how much each reason counts on a union body's shelf"),
)
permit(
    "reset_weights",
    who=buys_for_it,
    when=was_changed,
    meaning=_("give a union body's shelf the usual weights back"),
)
permit(
    "write_note",
    who=is_buyer,
    when=is_ranked,
    meaning=_("note something on a proposal for one's colleagues"),
)
permit(
    "strike_note",
    who=wrote_it,
    when=is_not_struck,
    meaning=_("take one's own note off"),
)
permit(
    "pledge_money",
    who=is_buyer,
    when=(call_stands("call"), is_ranked),
    meaning=_("promise money for a proposal"),
)
permit(
    "withdraw_pledge",
    who=is_its_buyer,
    when=(may_become(PledgeState.WITHDRAWN), is_undecided),
    meaning=_("take a promise of money back"),
)
permit(
    "release_pledges",
    who=is_system,
    when=is_cancelled,
    meaning=_("give the money promised in a cancelled call back to its unions"),
)
permit(
    "compute_allocation",
    who=is_officer,
    when=(has_ranking, has_open_money),
    meaning=_("compute how the money of a call is shared out"),
)
permit(
    "set_aside_run",
    who=is_officer,
    when=may_become(RunState.SET_ASIDE),
    meaning=_("put a computed plan aside"),
)
permit(
    "finish_run",
    who=is_system,
    when=may_become(RunState.PROPOSED),
    meaning=_("keep what the solver found"),
)
permit(
    "adjust_run",
    who=is_officer,
    when=(is_a_plan, money_of_its_call),
    meaning=_("change a plan by hand, with a reason"),
)
permit(
    "ask_ground",
    who=is_officer | is_refused_bidder,
    when=is_by_value,
    meaning=_("have it worked out what a refused proposal lacked"),
)
permit(
    "finish_ground",
    who=is_system,
    when=waits_for_answer,
    meaning=_("keep what a refused proposal lacked"),
)
permit(
    "set_limit",
    who=is_officer,
    when=has_open_money,
    meaning=_("lay down what a group of proposals gets at least or at most"),
)
permit(
    "remove_limit",
    who=is_officer,
    when=money_of_its_call,
    meaning=_("take a group's floor or ceiling back"),
)
permit(
    "set_exclusion",
    who=is_officer,
    when=has_open_money,
    meaning=_("say that of two proposals one at most is funded"),
)
permit(
    "remove_exclusion",
    who=is_officer,
    when=money_of_its_call,
    meaning=_("let two proposals be funded beside each other again"),
)
