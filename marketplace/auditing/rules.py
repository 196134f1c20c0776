"""Who audits, who answers, and who reads what was found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation.organisations.rules import acts_for
from foundation.people.rules import is_administrator, is_auditor, is_fund_manager
from foundation.permissions import is_system, may_become, permit
from marketplace.auditing.states import FindingState, InspectionState, ItemState

reads_inspections = is_auditor | is_administrator | is_fund_manager


@predicate
def answers_it(person: Any, finding: Any) -> bool:
    """The officer who was asked, or who acts for the organisation that was asked."""
    if finding is None or not (person and person.is_authenticated):
        return False
    if finding.officer_id is not None:
        return bool(finding.officer_id == person.pk and person.is_active)
    return acts_for(person, finding.body_id)


@predicate
def is_not_the_noter(person: Any, finding: Any) -> bool:
    """Nobody answers what they noted themselves, and nobody judges what they answered."""
    return finding is not None and finding.noted_by_id != person.pk


@predicate
def is_not_asked(person: Any, finding: Any) -> bool:
    """Nobody judges an answer that was theirs to give."""
    return finding is not None and not answers_it.test(person, finding)


permit("draw_sample", who=is_auditor, meaning=_("draw a random sample"))
permit(
    "check_item",
    who=is_auditor,
    when=may_become(ItemState.SOUND),
    meaning=_("note that a sampled item is in order"),
)
permit("note_finding", who=is_auditor, meaning=_("note a finding and ask for an answer"))
permit(
    "answer_finding",
    who=answers_it & is_not_the_noter,
    when=may_become(FindingState.ANSWERED),
    meaning=_("answer a finding"),
)
permit(
    "accept_answer",
    who=is_auditor & is_not_asked,
    when=may_become(FindingState.ACCEPTED),
    meaning=_("accept the answer to a finding"),
)
permit(
    "require_more",
    who=is_auditor & is_not_asked,
    when=(may_become(FindingState.ACCEPTED), may_become(FindingState.ASKED)),
    meaning=_("require more than was answered to a finding"),
)
permit(
    "close_finding",
    who=is_auditor & is_not_asked,
    when=may_become(FindingState.CLOSED),
    meaning=_("close a finding that was put right"),
)
permit(
    "withdraw_finding",
    who=is_auditor & is_not_asked,
    when=may_become(FindingState.WITHDRAWN),
    meaning=_("withdraw a finding with a reason"),
)
permit("make_dossier", who=is_auditor, meaning=_("take away the whole dossier of a project"))
permit(
    "read_inspections",
    who=reads_inspections,
    meaning=_("read what verifying everything found"),
)
permit("read_readings", who=is_auditor, meaning=_("read who read what is not public"))
permit(
    "ask_inspection",
    who=is_system | reads_inspections,
    meaning=_("have everything verified"),
)
permit(
    "finish_inspection",
    who=is_system,
    when=may_become(InspectionState.HELD),
    meaning=_("write down what a verification found, and raise the alarm where it found faults"),
)
