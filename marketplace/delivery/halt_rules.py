"""Who may give notice that a project is to stop, answer it, decide on it, and let it go on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation import clock
from foundation.face.values import day_text
from foundation.organisations.rules import signs_for
from foundation.people.rules import is_officer
from foundation.permissions import may_become, permit
from marketplace.delivery.halt_models import Halt, Side
from marketplace.delivery.models import Project
from marketplace.delivery.rules import is_stranger, notice_waits
from marketplace.delivery.states import OVER, HaltState, ProjectState


def side_of(person: Any, project: Project) -> str:
    """For which side the person gives notice or answers; none if for neither."""
    if signs_for(person, project.organisation_id):
        return Side.PROVIDER.value
    if not is_stranger.test(person, project):
        return ""
    if signs_for(person, project.buyer_id):
        return Side.BUYER.value
    return Side.FEDERATION.value if is_officer.test(person) else ""


@predicate
def takes_part(person: Any, project: Project) -> bool:
    """Binds one of the parties with a signature, or watches over both."""
    return bool(side_of(person, project))


@predicate
def is_giver(person: Any, halt: Halt) -> bool:
    """Is on the side that gave the notice."""
    return side_of(person, halt.project) == halt.side


@predicate
def is_addressed(person: Any, halt: Halt) -> bool:
    """Binds a party that did not give the notice."""
    return side_of(person, halt.project) in asked_of(halt)


@predicate
def watches(person: Any, halt: Halt) -> bool:
    """A programme officer who has nothing to do with the organisation that delivers."""
    return is_officer.test(person) and is_stranger.test(person, halt.project)


def asked_of(halt: Halt) -> list[str]:
    """The parties whose answer is asked for: those that did not give the notice."""
    return [side.value for side in (Side.PROVIDER, Side.BUYER) if side.value != halt.side]


def has_not_ended(project: Project) -> Any:
    """It runs, or is suspended."""
    if project.state not in OVER:
        return None
    return _("This project is “%(state)s”.") % {"state": project.get_state_display()}


def no_other_waits(project: Project) -> Any:
    """No other notice waits for an officer."""
    if notice_waits(project):
        return _("A notice was given already. Answer it, or wait for what is decided.")
    return None


def waits(halt: Halt) -> Any:
    """Nobody has decided on it, and it was not withdrawn."""
    if halt.state == HaltState.GIVEN:
        return None
    return _("This notice is “%(state)s”.") % {"state": halt.get_state_display()}


def is_suspension(halt: Halt) -> Any:
    """It asks for a pause."""
    if halt.kind == Halt.Kind.SUSPENSION:
        return None
    return _("This notice is to end the project, not to suspend it.")


def is_termination(halt: Halt) -> Any:
    """It asks for the end."""
    if halt.kind == Halt.Kind.TERMINATION:
        return None
    return _("This notice is to suspend the project, not to end it.")


def all_were_heard(halt: Halt) -> Any:
    """Every party it is addressed to has answered, or had its days to."""
    said = {word.side for word in halt.words.all()}
    if said.issuperset(asked_of(halt)) or clock.today() > halt.answer_until:
        return None
    return _(
        "The other side may answer until %(day)s: settle it after that day, or once it has "
        "answered."
    ) % {"day": day_text(halt.answer_until)}


def its_project_runs(halt: Halt) -> Any:
    """Only what runs can be suspended."""
    if halt.project.state == ProjectState.RUNNING:
        return None
    return _("This project is “%(state)s”.") % {"state": halt.project.get_state_display()}


permit(
    "call_halt",
    who=takes_part,
    when=(has_not_ended, no_other_waits),
    meaning=_("give notice that a project is to be suspended or ended"),
)
permit(
    "answer_halt",
    who=is_addressed,
    when=waits,
    meaning=_("answer a notice to suspend or end a project"),
)
permit(
    "withdraw_halt",
    who=is_giver,
    when=may_become(HaltState.WITHDRAWN),
    meaning=_("withdraw a notice to suspend or end a project"),
)
permit(
    "refuse_halt",
    who=watches,
    when=may_become(HaltState.REFUSED),
    meaning=_("not follow a notice to suspend or end a project"),
)
permit(
    "suspend_project",
    who=watches,
    when=(is_suspension, may_become(HaltState.IN_FORCE), its_project_runs),
    meaning=_("suspend a project after a notice"),
)
permit(
    "lift_suspension",
    who=watches,
    when=may_become(HaltState.LIFTED),
    meaning=_("let a suspended project go on"),
)
permit(
    "settle_termination",
    who=watches,
    when=(is_termination, waits, all_were_heard),
    meaning=_("end a project after a notice and settle its money"),
)
