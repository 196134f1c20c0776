"""Who may share the money out, publish it, and let an award stand or fall."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from bidding.calls.concerned import binding
from bidding.calls.models import Call
from bidding.calls.rules import was_not_cancelled
from bidding.notices.states import UNANSWERED, ObjectionState
from foundation import clock
from foundation.organisations.rules import signs_for
from foundation.people.rules import is_officer
from foundation.permissions import is_system, may_become, permit
from marketplace.awards.models import Award
from marketplace.awards.states import AwardState
from marketplace.matching.models import AllocationRun
from marketplace.matching.queries import confirmed_run
from marketplace.matching.rules import has_open_money
from marketplace.matching.states import RunState


def money_still_open(run: AllocationRun) -> Any:
    """No other run of its call has been confirmed."""
    return has_open_money(run.call)


def is_shared_out(call: Any) -> Any:
    """A run of the call has been confirmed."""
    if confirmed_run(call) is None:
        return _("The money of this call has not been shared out yet.")
    return None


@binding
def money_is_reserved(call: Call) -> Any:
    """Awards that stand keep money reserved: a cancelled call would leave it so for ever."""
    standing = (AwardState.PENDING, AwardState.ACTIVE, AwardState.CONTRACTED)
    if Award.objects.filter(proposal__call=call, state__in=standing).exists():
        return _("Money is reserved for awards of this call: cancel those first.")
    return None


def is_unpublished(call: Any) -> Any:
    """Its result has not been published."""
    return _("The result of this call is public already.") if call.decided_at else None


def notice_is_over(award: Award) -> Any:
    """It was on public notice, and the last day has passed."""
    if award.notice is None:
        return _("The result has not been published yet.")
    if clock.today() <= award.notice.last_day:
        return _("The notice period runs until %(day)s.") % {"day": award.notice.last_day}
    return None


def no_objection_stands(award: Award) -> Any:
    """No objection or complaint about it waits for an answer, and none was upheld."""
    states = set(objections_to(award).values_list("state", flat=True))
    if states & UNANSWERED:
        return _("An objection to this award has not been answered yet.")
    if ObjectionState.UPHELD in states:
        return _("An objection to this award was upheld.")
    return None


def objections_to(award: Award) -> Any:
    """The objections to this award's line of its notice."""
    return award.proposal.objections.filter(notice=award.notice_id)


def has_no_agreement(award: Award) -> Any:
    """No agreement has been drawn up; from then on it is the parties who sign or refuse."""
    if hasattr(award, "agreement"):
        return _("An agreement has been drawn up for it: that is where it can be refused.")
    return None


@predicate
def is_its_signatory(person: Any, award: Award) -> bool:
    """Binds the organisation that was awarded."""
    return signs_for(person, award.proposal.organisation_id)


permit(
    "confirm_allocation",
    who=is_officer,
    when=(may_become(RunState.CONFIRMED), money_still_open),
    meaning=_("confirm a plan and reserve all its money"),
)
permit(
    "publish_results",
    who=is_officer,
    when=(was_not_cancelled, is_shared_out, is_unpublished),
    meaning=_("put the result of a call on public notice"),
)
permit(
    "activate_award",
    who=is_officer | is_system,
    when=(may_become(AwardState.ACTIVE), notice_is_over, no_objection_stands),
    meaning=_("let an award stand after its notice"),
)
permit(
    "cancel_award",
    who=is_officer | is_system,
    when=(may_become(AwardState.CANCELLED), has_no_agreement),
    meaning=_("cancel an award and send its money back"),
)
permit(
    "decline_award",
    who=is_its_signatory,
    when=(may_become(AwardState.DECLINED), has_no_agreement),
    meaning=_("decline an award"),
)
