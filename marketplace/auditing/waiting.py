"""What waits for a person in this room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import Waiting
from foundation.people.rules import is_auditor
from foundation.waiting import Look, Row
from marketplace.auditing.queries import asked_of, findings_visible_to
from marketplace.auditing.states import FindingState


def looks_for(person: Any) -> list[Look]:
    """For who is asked: findings to answer; for auditors: answers to judge."""
    asked = asked_of(person).filter(state=FindingState.ASKED).order_by("due_on", "pk")
    looks = [Look(asked, _answer, title="title", key="number", on="due_on")]
    if is_auditor(person):
        answered = findings_visible_to(person).filter(state=FindingState.ANSWERED).order_by("pk")
        looks.append(Look(answered, _judge, title="title", key="number"))
    return looks


def _answer(row: Row) -> Waiting:
    return _waiting(_("Answer finding %(number)s: %(title)s"), row)


def _judge(row: Row) -> Waiting:
    return _waiting(_("Judge the answer to %(number)s: %(title)s"), row)


def _waiting(words: str, row: Row) -> Waiting:
    end = dt.time(23, 59, 59)
    return Waiting(
        words % {"number": row.key, "title": row.title},
        reverse("auditing:finding", args=[row.key]),
        due_at=dt.datetime.combine(row.on, end, clock.SHANGHAI) if row.on else None,
        kind="auditing",
    )
