"""What is running: the open calls of an officer, the proposals and projects of one's bodies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.calls.queries import calls_visible_to, in_phase
from bidding.calls.states import Phase
from bidding.proposals.drafts import open_titles
from bidding.proposals.queries import proposals_visible_to
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.face.values import own_words
from foundation.organisations.rules import roles_of
from foundation.people.rules import is_officer
from marketplace.delivery.models import Project
from marketplace.delivery.queries import projects_visible_to
from marketplace.delivery.states import OVER as PROJECT_OVER
from marketplace.delivery.states import ProjectState

SHOWN = 6
OVER = (ProposalState.REFUSED, ProposalState.UNFUNDED, ProposalState.AWARDED)


@dataclass(frozen=True)
class Running:
    """One thing under way: what it is, where it is, how it stands, until when."""

    title: str
    url: str
    label: str
    until: dt.date | None = None


def running_for(person: Any) -> list[Running]:
    """What is under way for the person, at most a handful of each sort (three queries)."""
    mine = list(roles_of(person))
    found = _calls(person) if is_officer(person) else []
    return [*found, *(_proposals(person, mine) if mine else []), *_projects(person, mine)]


def _calls(person: Any) -> list[Running]:
    rows = in_phase(calls_visible_to(person), Phase.OPEN, clock.now())
    return [
        Running(
            own_words(call, "title"),
            reverse("calls:manage", args=[call.number]),
            _("open call"),
            call.closes_at.astimezone(clock.SHANGHAI).date(),
        )
        for call in rows[:SHOWN]
    ]


def _proposals(person: Any, mine: list[int]) -> list[Running]:
    rows = proposals_visible_to(person).filter(organisation__in=mine).exclude(state__in=OVER)
    return [
        Running(
            own_words(proposal, "title"),
            reverse("proposals:proposal", args=[proposal.pk]),
            f"{proposal.call.number} · {proposal.get_state_display()}",
        )
        for proposal in open_titles(rows.select_related("call").order_by("-pk")[:SHOWN])
    ]


def _projects(person: Any, mine: list[int]) -> list[Running]:
    if not mine and not is_officer(person):
        return []
    rows = projects_visible_to(person).exclude(state__in=PROJECT_OVER)
    today = clock.today()
    return [
        Running(
            own_words(project, "title"),
            reverse("delivery:project", args=[project.pk]),
            f"{project.number} · {_standing(project, today)}",
            project.ends_on,
        )
        for project in rows.order_by("ends_on")[:SHOWN]
    ]


def _standing(project: Project, today: dt.date) -> Any:
    """Its state; a project whose time is over still has to be closed."""
    runs = project.state == ProjectState.RUNNING
    return (
        _("its time is over") if runs and project.ends_on < today else project.get_state_display()
    )
