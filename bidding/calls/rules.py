"""Who may do what to a call, and when; and who may bid."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from bidding.calls.models import Call, Clarification
from bidding.calls.states import CallState, Phase, phase_of
from foundation import clock
from foundation.organisations.rules import ACTING, roles_of
from foundation.people.rules import is_auditor, is_officer
from foundation.permissions import When, is_system, may_become, permit

reads_desk = is_officer | is_auditor
"""Officers work on calls; auditors read them."""


@predicate
def acts_for_somebody(person: Any, subject: Any = None) -> bool:
    """The person acts for at least one organisation."""
    return bool(ACTING & set(roles_of(person).values()))


def is_draft(call: Call) -> Any:
    """A published call changes by amendment only."""
    if call.state == CallState.DRAFT:
        return None
    return _("This call is published. Change it by an amendment, with a reason.")


def was_not_cancelled(call: Call) -> Any:
    """Nothing goes on in a call that was cancelled, or declared void."""
    if call.state == CallState.VOID:
        return _("This call was declared void.")
    return _("This call was cancelled.") if call.state == CallState.CANCELLED else None


def call_stands(path: str) -> When:
    """The call that `path` leads to from the subject (as “panel.call”) was not cancelled."""
    find = attrgetter(path)

    def condition(subject: Any) -> Any:
        return was_not_cancelled(find(subject))

    condition.__name__ = "call stands"
    return condition


def is_running(call: Call) -> Any:
    """Published, and not closed yet by the database's clock."""
    if phase_of(call, clock.database_now()) in (Phase.UPCOMING, Phase.OPEN):
        return None
    return _("Only a published call that has not closed can be changed.")


def is_undecided(call: Call) -> Any:
    """A call whose result is public is over."""
    return _("The result of this call is public already.") if call.decided_at else None


def takes_questions(call: Call) -> Any:
    """Questions are taken from publication until the stated time."""
    now = clock.database_now()
    if call.state != CallState.PUBLISHED or phase_of(call, now) not in (
        Phase.UPCOMING,
        Phase.OPEN,
    ):
        return _("This call takes no questions now.")
    if now >= call.questions_until:
        return _("The time for questions is over.")
    return None


def is_unanswered(clarification: Clarification) -> Any:
    """An answer is public the moment it is given, so there is one."""
    if clarification.answered_at is None:
        return None
    return _("This question has been answered already.")


def is_sealed(call: Call) -> Any:
    """Published and not opened: its closing may still move."""
    if call.state == CallState.PUBLISHED and call.opened_at is None:
        return None
    return _("The envelopes of this call have been opened, or it is not published.")


def has_void_lots(call: Call) -> Any:
    """Something in the call was declared void."""
    if call.lots.filter(voided_at__isnull=False).exists():
        return None
    return _("Nothing in this call was declared void.")


def not_run_again(call: Call) -> Any:
    """One call at a time runs another again."""
    again = call.rerun_by.exclude(state=CallState.CANCELLED).first()
    if again is None:
        return None
    return _("%(number)s runs it again already.") % {"number": again.number}


permit("draft_call", who=is_officer, meaning=_("begin a call"))
permit("draft_from_needs", who=is_officer, meaning=_("begin a call from needs"))
permit("copy_call", who=is_officer, meaning=_("begin a call like an earlier one"))
permit(
    "run_again",
    who=is_officer,
    when=(has_void_lots, not_run_again),
    meaning=_("run again what was declared void, as a new call"),
)
permit("edit_call", who=is_officer, when=is_draft, meaning=_("write the draft of a call"))
permit("discard_call", who=is_officer, when=is_draft, meaning=_("throw the draft of a call away"))
permit("set_lots", who=is_officer, when=is_draft, meaning=_("set the lots of a call"))
permit("set_criteria", who=is_officer, when=is_draft, meaning=_("set the criteria of a call"))
permit(
    "set_call_rule",
    who=is_officer,
    when=is_draft,
    meaning=_("let a call go by another rule, with a reason"),
)
permit(
    "set_default_rule",
    who=is_officer,
    meaning=_("change what new calls go by, with a reason"),
)
permit(
    "publish_call",
    who=is_officer,
    when=may_become(CallState.PUBLISHED),
    meaning=_("publish a call"),
)
permit(
    "amend_call",
    who=is_officer,
    when=is_running,
    meaning=_("change a published call, with a reason"),
)
permit(
    "cancel_call",
    who=is_officer,
    when=[may_become(CallState.CANCELLED), is_undecided],
    meaning=_("cancel a published call, with a reason"),
)
permit(
    "make_keeper_key",
    who=is_officer,
    meaning=_("make a key of one's own, to open calls together with others"),
)
permit(
    "ask_clarification",
    who=acts_for_somebody,
    when=takes_questions,
    meaning=_("ask a question about a call"),
)
permit(
    "answer_clarification",
    who=is_officer,
    when=(call_stands("call"), is_unanswered),
    meaning=_("answer a question, for everybody to read"),
)
permit(
    "move_closing",
    who=is_system,
    when=is_sealed,
    meaning=_("move the closing while a question is unanswered"),
)
