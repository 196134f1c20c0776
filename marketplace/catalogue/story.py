"""A project told for its public page: where its money came from and went, and what happened when.

Reads only what `project_page` has fetched; asks the database nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation import clock
from marketplace.delivery.models import Milestone, Project
from marketplace.delivery.states import OVER, MilestoneState, ProjectState


@dataclass(frozen=True)
class ProjectMoney:
    """Who gave, what became owed, what was paid, what went back."""

    given: list[tuple[str, int]]
    tranches: list[Any]
    owed_fen: int
    paid_fen: int
    returned_fen: int


def money_of(project: Project) -> ProjectMoney:
    """The project's money, in and out."""
    agreement = project.agreement
    tranches: list[Any] = list(agreement.tranches.all())  # each `paid` or not: `project_page`
    owed = sum(tranche.spent_fen for tranche in tranches)
    ended = project.state in OVER
    return ProjectMoney(
        given=[
            (share.buyer.name if share.buyer else _("Seed fund"), share.amount_fen)
            for share in agreement.award.shares.all()
        ],
        tranches=tranches,
        owed_fen=owed,
        paid_fen=sum(tranche.spent_fen for tranche in tranches if tranche.paid),
        returned_fen=project.amount_fen - owed if ended else 0,
    )


def milestones_of(project: Project) -> list[dict[str, Any]]:
    """What happened and what is still to come, as a time line."""
    items: list[dict[str, Any]] = [
        {"on": project.started_at, "title": _("Agreement signed"), "state": "done"}
    ]
    items += [_item(milestone) for milestone in project.milestones.all()]
    if project.state == ProjectState.CLOSED:
        title = _("Closed with grade %(grade)s") % {"grade": project.grade}
        items.append({"on": project.closed_at, "title": title, "state": "done"})
    elif project.state == ProjectState.TERMINATED:
        items.append(
            {
                "on": project.closed_at,
                "title": _("Broken off"),
                "text": project.ended_reason,
                "tone": "bad",
            }
        )
    return items


def _item(milestone: Milestone) -> dict[str, Any]:
    accepted = next(iter(milestone.reports.all()), None)
    words = []
    if milestone.measure:
        words.append(milestone.measure)
    if first := getattr(milestone, "first_due_on", None):  # fetched by `project_page`
        words.append(
            _("Was due on %(day)s; the buyer granted more time.")
            % {"day": date_format(first, "DATE_FORMAT")}
        )
    if accepted and accepted.judged_at:
        words.append(
            _("Accepted on %(day)s; %(served)s people served.")
            % {
                "day": date_format(accepted.judged_at.astimezone(clock.SHANGHAI), "DATE_FORMAT"),
                "served": f"{accepted.served:,}",
            }
        )
    done = milestone.state == MilestoneState.ACCEPTED
    late = milestone.state in (MilestoneState.PLANNED, MilestoneState.RETURNED) and (
        milestone.due_on < clock.today()
    )
    return {
        "on": milestone.due_on,
        "title": milestone.title,
        "badge": MilestoneState(milestone.state),
        "text": " · ".join(words),
        "state": "done" if done else "ahead",
        "tone": "warn" if late else "",
    }
