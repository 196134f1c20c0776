"""Who may complain, who answers, and when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation.organisations.rules import belongs_to
from foundation.people.rules import is_auditor, is_officer
from foundation.permissions import is_anyone, is_system, may_become, permit
from marketplace.complaints.models import Complaint
from marketplace.complaints.states import ComplaintState

reads_desk = is_officer | is_auditor
"""Officers answer; auditors read, without the contacts."""


@predicate
def is_not_accused(person: Any, complaint: Complaint | None) -> bool:
    """Is not in the organisation that the complaint is about: nobody answers for themselves."""
    return complaint is None or not belongs_to(person, complaint.accused)


is_answerer = is_officer & is_not_accused
"""A programme officer who has nothing to do with what is complained about."""


def is_over(complaint: Complaint) -> Any:
    """Only an answered complaint's contact is erased."""
    if complaint.state == ComplaintState.ANSWERED:
        return None
    return _("This complaint has not been answered yet.")


permit("send_complaint", who=is_anyone, meaning=_("complain, without an account"))
permit(
    "take_complaint",
    who=is_answerer,
    when=may_become(ComplaintState.IN_HAND),
    meaning=_("take a complaint in hand"),
)
permit(
    "answer_complaint",
    who=is_answerer,
    when=may_become(ComplaintState.ANSWERED),
    meaning=_("answer a complaint"),
)
permit(
    "erase_contact",
    who=is_system,
    when=is_over,
    meaning=_("erase a complainant's contact some time after the answer"),
)
