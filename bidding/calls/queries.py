"""What we want to know about calls, and who sees which of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from bidding.calls.models import Call, Clarification
from bidding.calls.rules import reads_desk
from bidding.calls.states import CallState, Phase


def calls_visible_to(person: Any) -> QuerySet[Call]:
    """Everybody sees calls from publication on; drafts are for officers and auditors."""
    rows = Call.objects.order_by("-closes_at", "-pk")
    return rows if reads_desk.test(person, None) else rows.exclude(state=CallState.DRAFT)


def clarifications_visible_to(person: Any) -> QuerySet[Clarification]:
    """Answered questions are public; the others are for the desk."""
    rows = Clarification.objects.select_related("call").order_by("asked_at", "pk")
    if reads_desk.test(person, None):
        return rows
    return rows.exclude(answered_at=None).exclude(call__state=CallState.DRAFT)


def in_phase(calls: QuerySet[Call], phase: Phase | str, now: dt.datetime) -> QuerySet[Call]:
    """Those of `calls` whose `phase_of` at `now` is `phase`."""
    published = Q(state=CallState.PUBLISHED)
    sealed = published & Q(opened_at=None, decided_at=None)
    where = {
        Phase.DRAFT: Q(state=CallState.DRAFT),
        Phase.CANCELLED: Q(state=CallState.CANCELLED),
        Phase.VOID: Q(state=CallState.VOID),
        Phase.DECIDED: published & Q(decided_at__isnull=False),
        Phase.OPENED: published & Q(opened_at__isnull=False, decided_at=None),
        Phase.CLOSED: sealed & Q(closes_at__lte=now),
        Phase.OPEN: sealed & Q(opens_at__lte=now, closes_at__gt=now),
        Phase.UPCOMING: sealed & Q(opens_at__gt=now, closes_at__gt=now),
    }
    return calls.filter(where[Phase(phase)])


def with_money(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Each call with what its lots hold together, `money_fen`, and their number, `lots_n`."""
    return calls.annotate(money_fen=Sum("lots__ceiling_fen"), lots_n=Count("lots"))


def unanswered(call: Call) -> QuerySet[Clarification]:
    """The questions that keep the call from closing."""
    return call.clarifications.filter(answered_at=None)


def years_of_calls(calls: QuerySet[Call]) -> list[int]:
    """The years in which calls close, the latest first."""
    return [day.year for day in calls.order_by().datetimes("closes_at", "year", order="DESC")]
