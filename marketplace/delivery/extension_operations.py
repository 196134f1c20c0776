"""More time for a milestone: asked for, withdrawn, granted, refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.face.values import day_text
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import officers_of
from foundation.permissions import allow
from marketplace.delivery import extension_rules as _rules  # noqa: F401  # the laws are registered
from marketplace.delivery.locks import locked_milestone
from marketplace.delivery.models import Extension, Milestone
from marketplace.delivery.reminders import remind
from marketplace.delivery.states import ExtensionState


def _decided(extension: Extension, verb: str, actor: Any) -> Extension:
    """The extension with its milestone, both locked, if this person may decide it so."""
    milestone = locked_milestone(extension.milestone)
    extension = lock(extension)
    extension.milestone = milestone
    allow(actor, verb, extension)
    return extension


@operation
def ask_extension(milestone: Milestone, *, due_on: dt.date, reason: str, actor: Any) -> Extension:
    """Who delivers asks for a later day, with the reason; the buyer decides."""
    milestone = locked_milestone(milestone)
    allow(actor, "ask_extension", milestone)
    if not reason.strip():
        raise DomainError(_("Say why more time is needed."), field="reason")
    if due_on <= max(milestone.due_on, clock.today()):
        raise DomainError(
            _("Ask for a day after %(day)s.")
            % {"day": day_text(max(milestone.due_on, clock.today()))},
            field="due_on",
        )
    if due_on > milestone.project.ends_on:
        raise DomainError(
            _("The agreement ends on %(day)s: a milestone cannot be due later.")
            % {"day": day_text(milestone.project.ends_on)},
            field="due_on",
        )
    extension = Extension.objects.create(
        milestone=milestone,
        was_due_on=milestone.due_on,
        due_on=due_on,
        reason=reason.strip(),
        asked_by=actor,
        asked_at=clock.now(),
    )
    record(actor, "ask_extension", milestone, due_on=due_on, reason=extension.reason)
    _tell(extension, milestone.project.buyer, "extension_asked", reason=extension.reason)
    return extension


@operation
def withdraw_extension(extension: Extension, *, actor: Any) -> Extension:
    """Who asked needs it no more."""
    extension = _decided(extension, "withdraw_extension", actor)
    extension.move_to(ExtensionState.WITHDRAWN)
    record(actor, "withdraw_extension", extension.milestone, due_on=extension.due_on)
    return extension


@operation
def grant_extension(extension: Extension, *, remark: str = "", actor: Any) -> Extension:
    """The buyer grants it: the milestone is due on the later day, and its reminders move along."""
    extension = _decided(extension, "grant_extension", actor)
    milestone = extension.milestone
    if extension.due_on <= clock.today():
        raise DomainError(_("The day asked for is past: refuse it, and have a later one asked."))
    extension.move_to(
        ExtensionState.GRANTED, remark=remark.strip(), decided_by=actor, decided_at=clock.now()
    )
    milestone.due_on = extension.due_on
    milestone.save(update_fields=["due_on"])
    remind([milestone])
    record(actor, "grant_extension", milestone, due_on=extension.due_on, remark=extension.remark)
    _tell(extension, milestone.project.organisation, "extension_granted", remark=extension.remark)
    return extension


@operation
def refuse_extension(extension: Extension, *, reason: str, actor: Any) -> Extension:
    """The buyer refuses it, with the reason: the milestone stays due when it was."""
    extension = _decided(extension, "refuse_extension", actor)
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    extension.move_to(
        ExtensionState.REFUSED, remark=reason.strip(), decided_by=actor, decided_at=clock.now()
    )
    milestone = extension.milestone
    record(actor, "refuse_extension", milestone, due_on=extension.due_on, reason=extension.remark)
    _tell(extension, milestone.project.organisation, "extension_refused", reason=extension.remark)
    return extension


def _tell(extension: Extension, organisation: Any, kind: str, **facts: Any) -> None:
    milestone = extension.milestone
    tell(
        officers_of(organisation),
        kind,
        url=path_to("delivery:project", milestone.project_id),
        milestone=str(milestone),
        project=str(milestone.project),
        due_on=extension.due_on,
        **facts,
    )
