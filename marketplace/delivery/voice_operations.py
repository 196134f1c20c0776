"""Asking those served: the occasion is entered, they answer without a name, it ends."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import DomainError
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow
from marketplace.delivery import voice_rules as _rules  # noqa: F401  # the laws are registered
from marketplace.delivery.models import Project
from marketplace.delivery.voice import to_add
from marketplace.delivery.voice_models import Again, Asking, Voice

USUAL_DAYS = 14
"""So long after the occasion answers are taken, unless somebody says otherwise."""

MOST_DAYS = 60
MOST_PEOPLE = 100_000
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that look alike: the code is also printed below its picture."""


def new_code() -> str:
    """A code that nobody guesses: 12 letters of 31, some 59 bits."""
    return "".join(secrets.choice(LETTERS) for _place in range(12))


@operation
def ask_served(
    project: Project,
    *,
    occasion: str,
    held_on: dt.date,
    people: int,
    until_on: dt.date | None = None,
    occasion_en: str = "",
    actor: Any,
) -> Asking:
    """Make the code that those at one occasion scan; no more of them answer than were there."""
    project = lock(project)
    allow(actor, "ask_served", project)
    if not occasion.strip():
        raise DomainError(
            _("Name the occasion, as those who were there know it."), field="occasion"
        )
    if not 0 < people <= MOST_PEOPLE:
        raise DomainError(_("Say how many people were there, or will be."), field="people")
    until = until_on or held_on + dt.timedelta(days=USUAL_DAYS)
    if until < max(held_on, clock.today()):
        raise DomainError(_("This day is past already."), field="until_on")
    if until > held_on + dt.timedelta(days=MOST_DAYS):
        raise DomainError(
            _("Answers are taken for at most %(days)d days after the occasion.")
            % {"days": MOST_DAYS},
            field="until_on",
        )
    asking = Asking.objects.create(
        project=project,
        code=new_code(),
        occasion=occasion.strip(),
        occasion_en=occasion_en.strip(),
        held_on=held_on,
        people=people,
        until_on=until,
        made_by=actor,
        made_at=clock.now(),
    )
    night = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(0, 5), clock.SHANGHAI)
    schedule("end_asking", night, key=f"end_asking:{asking.pk}", asking=asking.pk)
    record(actor, "ask_served", project, asking=asking.pk, occasion=asking.occasion, people=people)
    return asking


@operation
def rate_project(
    asking: Asking, *, token: uuid.UUID, helpful: int, well_run: int, again: str, actor: Any
) -> Asking:
    """Answer as one of those served; the same sheet sent twice counts once.

    The trail says that an answer came in: neither whose, nor which.
    """
    asking = lock(asking, "project")
    if Voice.objects.filter(token=token, asking=asking).exists():
        return asking
    allow(actor, "rate_project", asking)
    if not (1 <= helpful <= 5 and 1 <= well_run <= 5 and again in Again.values):
        raise DomainError(_("Choose from the answers given."))
    asking.answers += 1
    asking.heard = to_add(asking.answers, ended=False)
    asking.save(update_fields=["answers", "heard"])
    Voice.objects.create(
        asking=asking,
        position=asking.answers,
        token=token,
        helpful=helpful,
        well_run=well_run,
        again=again,
    )
    record(SYSTEM, "rate_project", asking)
    return asking


@operation
def end_asking(asking: Asking, *, actor: Any) -> Asking:
    """Take no more answers; those held back are added, unless they are too few."""
    asking = lock(asking, "project")
    allow(actor, "end_asking", asking)
    asking.ended_at = clock.now()
    asking.heard = to_add(asking.answers, ended=True)
    asking.save(update_fields=["ended_at", "heard"])
    record(actor, "end_asking", asking.project, asking=asking.pk, answers=asking.answers)
    return asking


@handles("end_asking")
def _asking_is_over(*, asking: int) -> None:
    """The last day has passed."""
    found = Asking.objects.get(pk=asking)
    if found.ended_at is None:
        end_asking(found, actor=SYSTEM)
