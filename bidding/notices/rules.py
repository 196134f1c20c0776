"""Who publishes notices, who may object, and who answers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.notices.models import Notice
from bidding.notices.states import ObjectionState
from foundation import clock
from foundation.people.rules import is_auditor, is_officer
from foundation.permissions import is_anyone, may_become, permit

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


def is_running(notice: Notice) -> Any:
    """Objections are taken until the last day of the period is over, in Shanghai."""
    today = clock.database_now().astimezone(clock.SHANGHAI).date()
    if today <= notice.last_day:
        return None
    return _(
        "The notice period ended on %(day)s. The union's audit committee still takes complaints."
    ) % {"day": notice.last_day}


permit(
    "publish_notice",
    who=is_officer,
    when=was_opened,
    meaning=_("make a result public for its notice period"),
)
permit(
    "file_objection",
    who=is_anyone,
    when=is_running,
    meaning=_("object to a line of a notice"),
)
permit(
    "answer_objection",
    who=is_officer,
    when=may_become(ObjectionState.DISMISSED),
    meaning=_("answer an objection, with reasons"),
)
permit(
    "retract_objection",
    who=filed_it,
    when=may_become(ObjectionState.RETRACTED),
    meaning=_("take an objection back"),
)
