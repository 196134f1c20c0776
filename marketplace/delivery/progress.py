"""How projects stand, said to people: a traffic light with its reasons, and plan against fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding.notices.periods import day_of
from foundation import clock
from marketplace.delivery.light import (
    Cause,
    Colour,
    Due,
    Facts,
    Reason,
    colour_of,
    reasons,
    spent_percent,
    time_percent,
)
from marketplace.delivery.models import Milestone, Project, Report
from marketplace.delivery.states import DONE, MilestoneState, ProjectState
from marketplace.delivery.voice_queries import heard_in, with_heard

TONES = {Colour.GREEN: "good", Colour.AMBER: "warn", Colour.RED: "bad"}
WORDS = {
    Colour.GREEN: gettext_lazy("on course"),
    Colour.AMBER: gettext_lazy("to be watched"),
    Colour.RED: gettext_lazy("in trouble"),
}


@dataclass(frozen=True)
class Progress:
    """A running project's light in words and tone, why, and how far it has come (percent)."""

    label: Any
    tone: str
    reasons: list[str]
    time: int
    milestones: int
    spent: int


def with_progress(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with all that `progress_of` reads (one query more, for the milestones)."""
    waiting = Report.objects.filter(milestone=OuterRef("pk"), verdict=Report.Verdict.WAITING)
    milestones = Milestone.objects.annotate(
        waits_since=Subquery(waiting.values("reported_at")[:1])
    ).order_by("position")
    accepted = Report.objects.filter(
        milestone__project=OuterRef("pk"), verdict=Report.Verdict.ACCEPTED
    )
    spent = accepted.order_by().values("milestone__project").annotate(x=Sum("spent_fen"))
    return (
        with_heard(projects)
        .annotate(said_spent_fen=Subquery(spent.values("x")))
        .prefetch_related(Prefetch("milestones", milestones))
    )


def progress_of(project: Any) -> Progress | None:
    """How a project fetched `with_progress` stands; None when it runs no more."""
    if project.state != ProjectState.RUNNING:
        return None
    facts = _facts(project)
    found = reasons(facts)
    colour = colour_of(found)
    rows = list(project.milestones.all())
    done = sum(row.state in DONE for row in rows)
    return Progress(
        label=WORDS[colour],
        tone=TONES[colour],
        reasons=[_said(reason) for reason in found],
        time=time_percent(facts),
        milestones=done * 100 // len(rows) if rows else 0,
        spent=spent_percent(facts),
    )


def _facts(project: Any) -> Facts:
    voice = heard_in(project)
    return Facts(
        today=clock.today(),
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        milestones=[
            Due(
                title=row.title,
                due_on=row.due_on,
                open=row.state in (MilestoneState.PLANNED, MilestoneState.RETURNED),
                returned=row.state == MilestoneState.RETURNED,
                reported_on=day_of(row.waits_since) if row.waits_since else None,
            )
            for row in project.milestones.all()
        ],
        planned_fen=project.amount_fen,
        spent_fen=project.said_spent_fen or 0,
        low_voice=voice is not None and voice.is_low,
    )


def _said(reason: Reason) -> str:
    """The reason as a sentence."""
    sentences = {
        Cause.LATE: _("“%(title)s” is %(number)s days late."),
        Cause.RETURNED: _("“%(title)s” was returned and is to be reported again."),
        Cause.UNANSWERED: _("The report on “%(title)s” waits for its answer for %(number)s days."),
        Cause.UNCLOSED: _("It should have ended %(number)s days ago, and is not closed."),
        Cause.SPENT_AHEAD: _("The money spent is %(number)s points ahead of the time gone by."),
        Cause.LOW_VOICE: _("Those served say that it hardly helps."),
    }
    return sentences[reason.cause] % {"title": reason.title, "number": reason.number}


def is_late() -> Exists:
    """Of a project: it runs, and a milestone should have been reported."""
    return Exists(
        Milestone.objects.filter(
            project=OuterRef("pk"),
            project__state=ProjectState.RUNNING,
            state__in=[MilestoneState.PLANNED, MilestoneState.RETURNED],
            due_on__lt=clock.today(),
        )
    )
