"""Who may report, accept, return, close and break off."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation.organisations.rules import acts_for, belongs_to
from foundation.people.rules import is_officer
from foundation.permissions import may_become, permit
from marketplace.agreements.models import Gate
from marketplace.delivery.halt_models import Halt
from marketplace.delivery.models import Milestone, Project
from marketplace.delivery.states import DONE, HaltState, MilestoneState, ProjectState
from marketplace.payments.models import Payable
from marketplace.payments.states import SETTLED


@predicate
def is_provider(person: Any, milestone: Milestone) -> bool:
    """Acts for the organisation that delivers."""
    return acts_for(person, milestone.project.organisation_id)


@predicate
def delivers(person: Any, project: Project) -> bool:
    """Acts for the organisation that delivers the project."""
    return acts_for(person, project.organisation_id)


@predicate
def is_judge_of(person: Any, milestone: Milestone) -> bool:
    """Acts for the buyer, and has nothing to do with the organisation that delivers."""
    return _buys(person, milestone.project)


@predicate
def buys(person: Any, project: Project) -> bool:
    """Acts for the project's buyer, and has nothing to do with the organisation that delivers."""
    return _buys(person, project)


@predicate
def is_stranger(person: Any, project: Project) -> bool:
    """Has nothing to do with the organisation that delivers."""
    return not belongs_to(person, project.organisation_id)


def _buys(person: Any, project: Project) -> bool:
    return acts_for(person, project.buyer_id) and not belongs_to(person, project.organisation_id)


def is_running(milestone: Milestone) -> Any:
    """Its project runs."""
    return runs(milestone.project)


def runs(project: Project) -> Any:
    """The project is neither suspended nor closed nor broken off."""
    if project.state == ProjectState.RUNNING:
        return None
    return _("This project is “%(state)s”.") % {"state": project.get_state_display()}


def notice_waits(project: Project) -> bool:
    """Somebody gave notice to stop, and nobody has decided on it.

    A page fetched `with_reports` knows whether there is any notice to ask for.
    """
    known = getattr(project, "has_halt", True)
    return known and Halt.objects.filter(project=project, state=HaltState.GIVEN).exists()


def no_notice_waits(project: Project) -> Any:
    """Nobody has given notice that waits for an officer."""
    if notice_waits(project):
        return _("Somebody gave notice to suspend or end this project: decide on that first.")
    return None


def final_comes_last(milestone: Milestone) -> Any:
    """The final milestone is accepted after all others."""
    if milestone.gate != Gate.FINAL:
        return None
    others = milestone.project.milestones.exclude(pk=milestone.pk).exclude(state__in=DONE)
    if others.exists():
        return _("The milestones before it have to be accepted first.")
    return None


def all_is_done(project: Project) -> Any:
    """Every milestone was accepted (or dropped)."""
    if any(milestone.state not in DONE for milestone in project.milestones.all()):
        return _("There are milestones that have not been accepted yet.")
    return None


def all_is_paid(project: Project) -> Any:
    """Nothing that was owed is still unpaid."""
    references = [f"tranche:{tranche.pk}" for tranche in project.agreement.tranches.all()]
    unpaid = Payable.objects.filter(reference__in=references).exclude(state__in=SETTLED)
    if unpaid.exists():
        return _("Something that is owed has not been paid yet.")
    return None


def nothing_is_reported(project: Project) -> Any:
    """No report waits for a judgement."""
    if any(one.state == MilestoneState.REPORTED for one in project.milestones.all()):
        return _("A report waits for an answer. It has to be accepted or returned first.")
    return None


permit(
    "report_milestone",
    who=is_provider,
    when=(is_running, may_become(MilestoneState.REPORTED)),
    meaning=_("report that a milestone is reached"),
)
permit(
    "accept_milestone",
    who=is_judge_of,
    when=(is_running, may_become(MilestoneState.ACCEPTED), final_comes_last),
    meaning=_("accept a reported milestone"),
)
permit(
    "return_milestone",
    who=is_judge_of,
    when=(is_running, may_become(MilestoneState.RETURNED)),
    meaning=_("return a report with the reason"),
)
permit(
    "close_project",
    who=buys | (is_officer & is_stranger),
    when=(may_become(ProjectState.CLOSED), no_notice_waits, all_is_done, all_is_paid),
    meaning=_("close a project with its grade"),
)
permit(
    "terminate_project",
    who=is_officer & is_stranger,
    when=(runs, may_become(ProjectState.TERMINATED), no_notice_waits, nothing_is_reported),
    meaning=_("break a project off"),
)
permit(
    "write_joining",
    who=delivers,
    when=runs,
    meaning=_("say where, when and how workers join a project"),
)
permit(
    "take_joining_down",
    who=delivers,
    meaning=_("take the words on how to join a project down"),
)
