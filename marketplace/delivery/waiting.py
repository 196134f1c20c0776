"""What of this room waits for a person on the desk's home."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import Waiting
from foundation.organisations.rules import acts_for, roles_of
from foundation.people.rules import is_officer
from foundation.waiting import Look, Row
from marketplace.delivery.halt_queries import to_answer, to_decide
from marketplace.delivery.queries import to_close, to_extend, to_judge, to_report
from marketplace.delivery.states import HaltState

AHEAD = 30
"""Days ahead that a milestone to be reported is shown."""


def looks_for(person: Any) -> list[Look]:
    """What is to be reported, looked at, answered, decided and closed."""
    close = Look(to_close(person), _close, title="title", count="pk")
    decide = Look(
        to_decide(person), _decide, title="project__title", key="state", count="project_id"
    )
    officers = [decide, close] if is_officer(person) else []
    if not any(acts_for(person, pk) for pk in roles_of(person)):
        return officers
    soon = to_report(person).filter(due_on__lte=clock.today() + dt.timedelta(days=AHEAD))
    return [
        Look(soon, _report, title="title", of="project__title", count="project_id", on="due_on"),
        Look(to_judge(person), _judge, title="title", of="project__title", count="project_id"),
        Look(
            to_extend(person),
            _extend,
            title="milestone__title",
            of="milestone__project__title",
            count="milestone__project_id",
        ),
        Look(
            to_answer(person),
            _answer,
            title="project__title",
            count="project_id",
            on="answer_until",
        ),
        *(officers or [close]),
    ]


def _report(row: Row) -> Waiting:
    return _waiting(_("Report “%(milestone)s” of “%(project)s”"), row)


def _judge(row: Row) -> Waiting:
    return _waiting(_("Look at the report on “%(milestone)s” of “%(project)s”"), row)


def _extend(row: Row) -> Waiting:
    return _waiting(_("More time is asked for: “%(milestone)s” of “%(project)s”"), row)


def _close(row: Row) -> Waiting:
    return _waiting(_("Close “%(project)s”: everything is accepted and paid"), row)


def _answer(row: Row) -> Waiting:
    return _halted(_("Answer the notice about “%(project)s”"), row)


def _decide(row: Row) -> Waiting:
    if row.key == HaltState.IN_FORCE:
        return _halted(_("“%(project)s” is suspended: let it go on, or end it"), row)
    return _halted(_("Notice was given about “%(project)s”: decide on it"), row)


def _halted(words: str, row: Row) -> Waiting:
    told = _waiting(words, row)
    return replace(told, url=reverse("delivery:halts", args=[row.count]))


def _waiting(words: str, row: Row) -> Waiting:
    return Waiting(
        words % {"milestone": row.title, "project": row.of or row.title},
        reverse("delivery:project", args=[row.count]),
        due_at=dt.datetime.combine(row.on, dt.time(23, 59), clock.SHANGHAI) if row.on else None,
        kind="delivery",
    )
