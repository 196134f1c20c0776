"""Who publishes notices, who may object, and who answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.notices.models import Notice
from bidding.notices.periods import (
    day_of,
    last_day_to_complain,
    last_day_to_object,
    time_of_knowing,
)
from bidding.notices.routing import unconcerned
from bidding.notices.states import ObjectionState
from foundation import clock
from foundation.face.values import day_text
from foundation.organisations.rules import belongs_to
from foundation.people.rules import is_auditor, is_officer
from foundation.permissions import is_anyone, may_become, permit
from foundation.workdays.queries import WorkingCalendar

reads_desk = is_officer | is_auditor
"""Officers answer objections; auditors read them."""


@predicate
def filed_it(person: Any, objection: Any) -> bool:
    """The person was signed in when they filed this objection."""
    return bool(
        objection is not None
        and person
        and person.is_authenticated
        and objection.filed_by_id == person.pk
    )


def was_opened(call: Call) -> Any:
    """There is a result only after the envelopes were opened."""
    if call.state == CallState.PUBLISHED and call.opened_at is not None:
        return None
    return _("A result is published after the envelopes of the call were opened.")


@predicate
def has_no_part(person: Any, objection: Any) -> bool:
    """Neither filed it, nor belongs to the organisation concerned, nor admitted its proposal.

    Who screened it may answer when every other officer has a part in it too.
    """
    if objection is None:
        return True
    if objection.filed_by_id == person.pk or belongs_to(person, objection.proposal.organisation_id):
        return False
    if not objection.proposal.screenings.filter(decided_by=person.pk).exists():
        return True
    return unconcerned(objection.proposal).filter(pk=person.pk).exists()


@predicate
def did_not_answer(person: Any, objection: Any) -> bool:
    """A complaint is decided by another officer than who gave the answer."""
    return objection is None or objection.answered_by_id != person.pk


def objections_until(notice: Notice, works: WorkingCalendar | None = None) -> dt.date:
    """The last day on which anybody may still object, however late they learned of the ground."""
    return last_day_to_object(notice, notice.last_day, works)


def takes_objections(notice: Notice) -> Any:
    """Objections are taken until the period is over, and a while from who learned of it late."""
    today = day_of(clock.database_now())
    if today <= notice.last_day or today <= objections_until(notice):
        return None
    return _(
        "The notice period ended on %(day)s, and so did the %(late)s after it. "
        "The union's audit committee still takes complaints."
    ) % {"day": day_text(notice.last_day), "late": time_of_knowing(notice.call)}


def takes_a_complaint(objection: Any) -> Any:
    """A dismissal can be complained about for a while."""
    if objection.answered_at is None:
        return _("It has not been answered yet.")
    last = last_day_to_complain(objection)
    if day_of(clock.database_now()) <= last:
        return None
    return _("A complaint against this answer was possible until %(day)s.") % {
        "day": day_text(last)
    }


permit(
    "publish_notice",
    who=is_officer,
    when=was_opened,
    meaning=_("make a result public for its notice period"),
)
permit(
    "file_objection",
    who=is_anyone,
    when=takes_objections,
    meaning=_("object to a line of a notice"),
)
permit(
    "answer_objection",
    who=is_officer & has_no_part,
    when=may_become(ObjectionState.DISMISSED),
    meaning=_("answer an objection, with reasons"),
)
permit(
    "retract_objection",
    who=filed_it,
    when=may_become(ObjectionState.RETRACTED),
    meaning=_("take an objection back"),
)
permit(
    "raise_complaint",
    who=is_anyone,
    when=(may_become(ObjectionState.COMPLAINED), takes_a_complaint),
    meaning=_("complain about the answer to one's own objection"),
)
permit(
    "decide_complaint",
    who=is_officer & has_no_part & did_not_answer,
    when=may_become(ObjectionState.REJECTED),
    meaning=_("decide a complaint about another officer's answer"),
)
