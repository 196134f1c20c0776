"""What we want to know about notices and objections, and who sees which of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from bidding.notices.models import Notice, Objection
from bidding.notices.rules import reads_desk
from bidding.notices.states import UNANSWERED, ObjectionState
from bidding.proposals.models import Proposal


def notices_visible_to(person: Any) -> QuerySet[Notice]:
    """Notices are public, for ever."""
    return Notice.objects.select_related("call").order_by("-published_at", "-pk")


def objections_visible_to(person: Any) -> QuerySet[Objection]:
    """The desk sees every objection whole; a person sees the ones filed while signed in.

    The public reads `public_register` instead, where names are masked.
    """
    rows = Objection.objects.select_related(
        "notice__call", "proposal__organisation", "evidence"
    ).order_by("-filed_at", "-pk")
    if reads_desk.test(person, None):
        return rows
    if person and person.is_authenticated:
        return rows.filter(filed_by=person.pk)
    return rows.none()


def public_register(notice: Notice) -> QuerySet[Objection]:
    """Every objection to the notice in the order it came; show its words only when masked."""
    return notice.objections.select_related("proposal").order_by("filed_at", "pk")


def blocking(proposal: Proposal) -> bool:
    """Does an objection or complaint that nobody answered stop this proposal's award?"""
    return proposal.objections.filter(state__in=UNANSWERED).exists()


def upheld(proposal: Proposal) -> bool:
    """Was an objection to this proposal found right?"""
    return proposal.objections.filter(state=ObjectionState.UPHELD).exists()


def notice_over(notice: Notice, on: dt.date) -> bool:
    """Is the period past on the day `on` (its last day still counts)?"""
    return on > notice.last_day


def objections_open(objections: QuerySet[Objection]) -> QuerySet[Objection]:
    """Those that wait for an answer, the most urgent first."""
    waits_until = Coalesce("decision_due_on", "answer_due_on")
    rows = objections.filter(state__in=UNANSWERED).annotate(waits_until=waits_until)
    return rows.select_related("assigned_to").order_by("waits_until", "pk")


def proposals_of(notice: Notice) -> QuerySet[Proposal]:
    """The proposals the notice has a line about."""
    keys = [line["proposal"] for line in notice.body["lines"]]
    return Proposal.objects.filter(call=notice.call_id, pk__in=keys).order_by("pk")


def objections_public() -> QuerySet[Objection]:
    """All objections, the latest first, for the public register; show words only when masked."""
    rows = Objection.objects.select_related("notice", "proposal")
    return rows.order_by("-filed_at", "-pk")
