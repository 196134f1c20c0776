"""A project is to stop: notice given, answered, withdrawn or not followed; suspended, let go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_document
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import federation_officers, officers_of
from foundation.permissions import allow
from marketplace.agreements.money import references_of
from marketplace.delivery import kinds as _kinds  # noqa: F401  # the words are registered
from marketplace.delivery import readers as _readers  # noqa: F401  # who reads the proof
from marketplace.delivery.halt_models import Halt, HaltProof, HaltWord
from marketplace.delivery.halt_rules import side_of
from marketplace.delivery.locks import locked_project
from marketplace.delivery.models import Project
from marketplace.delivery.reminders import remind
from marketplace.delivery.states import DONE, ExtensionState, HaltState, ProjectState
from marketplace.payments.holds import hold, set_free

ANSWER_DAYS = 7
"""Days the other side has to answer a notice before it is settled without its word."""


def locked_halt(halt: Halt) -> Halt:
    """The notice with its agreement and project locked before it."""
    project = locked_project(halt.project)
    halt = lock(halt)
    halt.project = project
    return halt


@operation
def call_halt(
    project: Project, *, kind: str, reason: str, evidence: Sequence[File] = (), actor: Any
) -> Halt:
    """Give notice that a project is to be suspended or ended, with the reason and the proof.

    Nothing stops by it: the other side may answer, and an officer decides.
    """
    project = locked_project(project)
    allow(actor, "call_halt", project)
    if kind not in Halt.Kind.values:
        raise DomainError(_("Say whether it is to be suspended or ended."), field="kind")
    if kind == Halt.Kind.SUSPENSION and project.state != ProjectState.RUNNING:
        raise DomainError(_("It is suspended already. It can go on, or be ended."), field="kind")
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    if not evidence:
        raise DomainError(_("Add what shows it: a letter, a record, a photo."), field="file_1")
    try:
        with transaction.atomic():
            halt = Halt.objects.create(
                project=project,
                kind=kind,
                side=side_of(actor, project),
                reason=reason.strip(),
                given_by=actor,
                given_at=clock.now(),
                answer_until=clock.today() + dt.timedelta(days=ANSWER_DAYS),
            )
    except IntegrityError as faster:
        raise Clash(_("Somebody has just given notice. Look again.")) from faster
    for upload in evidence:
        document = keep_document(upload, purpose="halt_proof", actor=actor, field="file_1")
        HaltProof.objects.create(halt=halt, document=document)
    record(actor, "call_halt", project, halt=halt.pk, kind=kind, reason=halt.reason)
    facts = {"reason": halt.reason, "answer_until_on": halt.answer_until}
    tell_all(halt, f"{halt.kind}_called", actor, **facts)
    return halt


@operation
def answer_halt(halt: Halt, *, agrees: bool, text: str = "", actor: Any) -> HaltWord:
    """The other side agrees, or says why it does not."""
    halt = locked_halt(halt)
    allow(actor, "answer_halt", halt)
    side = side_of(actor, halt.project)
    if halt.words.filter(side=side).exists():
        raise Clash(_("Your side has answered already."))
    if not agrees and not text.strip():
        raise DomainError(_("Say why you do not agree."), field="text")
    word = HaltWord.objects.create(
        halt=halt,
        side=side,
        agrees=agrees,
        text=text.strip(),
        said_by=actor,
        said_at=clock.now(),
    )
    record(actor, "answer_halt", halt.project, halt=halt.pk, side=side, agrees=agrees)
    tell_all(halt, "halt_answered", actor)
    return word


@operation
def withdraw_halt(halt: Halt, *, actor: Any) -> Halt:
    """Who gave the notice takes it back; the project goes on as it was."""
    halt = locked_halt(halt)
    allow(actor, "withdraw_halt", halt)
    halt.move_to(HaltState.WITHDRAWN)
    record(actor, "withdraw_halt", halt.project, halt=halt.pk)
    tell_all(halt, "halt_withdrawn", actor)
    return halt


@operation
def refuse_halt(halt: Halt, *, reason: str, actor: Any) -> Halt:
    """An officer does not follow the notice, and says why."""
    halt = locked_halt(halt)
    allow(actor, "refuse_halt", halt)
    decide(halt, HaltState.REFUSED, reason, actor)
    record(actor, "refuse_halt", halt.project, halt=halt.pk, reason=halt.remark)
    tell_all(halt, "halt_refused", actor, reason=halt.remark)
    return halt


def decide(halt: Halt, state: HaltState, remark: str, actor: Any, **changes: Any) -> None:
    """Keep what an officer decided, with the reason."""
    if not remark.strip():
        raise DomainError(_("Say why."), field="reason")
    now = clock.now()
    halt.move_to(state, remark=remark.strip(), decided_by=actor, decided_at=now, **changes)


@operation
def suspend_project(halt: Halt, *, reason: str, actor: Any) -> Halt:
    """The project stands still: nothing is due, reminded of, reported or paid until it goes on."""
    halt = locked_halt(halt)
    allow(actor, "suspend_project", halt)
    decide(halt, HaltState.IN_FORCE, reason, actor, in_force_on=clock.today())
    project = halt.project
    project.move_to(ProjectState.SUSPENDED)
    hold(references_of(project.agreement))
    record(actor, "suspend_project", project, halt=halt.pk, reason=halt.remark)
    tell_all(halt, "project_suspended", actor, reason=halt.remark)
    return halt


@operation
def lift_suspension(halt: Halt, *, reason: str, actor: Any) -> Halt:
    """The project goes on: what was not done is due as many days later as it stood still, and what
    is owed may be paid again."""
    halt = locked_halt(halt)
    allow(actor, "lift_suspension", halt)
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    project = halt.project
    end_suspension(halt, HaltState.LIFTED)
    project.move_to(ProjectState.RUNNING)
    lasted = _days_of(halt)
    _move_on(project, lasted)
    record(actor, "lift_suspension", project, halt=halt.pk, days=lasted.days, reason=reason.strip())
    facts = {"days": lasted.days, "reason": reason.strip()}
    tell_all(halt, "suspension_lifted", actor, **facts)
    return halt


def end_suspension(halt: Halt, state: HaltState) -> None:
    """A suspension ends, one way or the other: what is owed may be paid again."""
    halt.move_to(state, ended_on=clock.today())
    set_free(references_of(halt.project.agreement))


def _days_of(halt: Halt) -> dt.timedelta:
    assert halt.in_force_on is not None  # it was in force
    assert halt.ended_on is not None  # and ended
    return halt.ended_on - halt.in_force_on


def _move_on(project: Project, days: dt.timedelta) -> None:
    """What is still to come moves by as many days, and so does the project's end."""
    project.ends_on += days
    project.save(update_fields=["ends_on"])
    moved = list(project.milestones.exclude(state__in=DONE))
    for milestone in moved:
        milestone.due_on += days
        milestone.save(update_fields=["due_on"])
        for asked in milestone.extensions.filter(state=ExtensionState.ASKED):
            asked.was_due_on, asked.due_on = asked.was_due_on + days, asked.due_on + days
            asked.save(update_fields=["was_due_on", "due_on"])
    remind(moved)


def tell_all(halt: Halt, kind: str, actor: Any, **facts: Any) -> None:
    """Everybody concerned but who did it: both parties and the officers."""
    project = halt.project
    people = {
        person.pk: person
        for person in (
            *officers_of(project.organisation),
            *officers_of(project.buyer),
            *federation_officers(),
        )
        if person.pk != actor.pk
    }
    tell(
        list(people.values()),
        kind,
        url=path_to("delivery:halts", project.pk),
        project=str(project),
        **facts,
    )
