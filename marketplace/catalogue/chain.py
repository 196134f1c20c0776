"""From a need to the people served: which projects answer it, and how far they have come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.calls.states import CallState, Phase, phase_of
from bidding.needs.chain import Stage
from bidding.needs.models import Need
from foundation import clock
from foundation.face.values import count_text
from foundation.organisations.obligations import Panel
from marketplace.agreements.models import Tranche
from marketplace.awards.models import Award
from marketplace.awards.states import AwardState
from marketplace.catalogue.queries import tranches_with_payment
from marketplace.delivery.models import Goal, Report, Result
from marketplace.delivery.states import ProjectState

PROMISED = (AwardState.PENDING, AwardState.ACTIVE)
"""Funded by a public decision, and not a project yet."""

SHOWN = 8
"""Projects a need's page shows; the catalogue has them all."""


def with_chain(needs: QuerySet[Need]) -> QuerySet[Any]:
    """The needs, each with its stage, calls, projects, people served and money."""
    calls = Call.objects.filter(needs=OuterRef("pk"), state=CallState.PUBLISHED)
    goals = Goal.objects.filter(need=OuterRef("pk"))
    running = goals.filter(project__state__in=[ProjectState.RUNNING, ProjectState.SUSPENDED])
    closed = goals.filter(project__state=ProjectState.CLOSED)
    return needs.annotate(
        calls_n=_count(calls, "needs"),
        projects_n=_count(goals, "need"),
        running_n=_count(running, "need"),
        served_n=_sum(goals, "served"),
        money_fen=_sum(goals, "project__amount_fen"),
        stage=Case(
            When(Exists(running) | Exists(_promised()), then=Value(Stage.FUNDED.value)),
            When(Exists(closed), then=Value(Stage.DELIVERED.value)),
            When(Exists(calls.filter(decided_at=None)), then=Value(Stage.CALLED.value)),
            When(Exists(calls), then=Value(Stage.LEFT.value)),
            default=Value(Stage.NONE.value),
            output_field=CharField(),
        ),
    )


def _promised() -> QuerySet[Award]:
    return Award.objects.filter(
        proposal__needs=OuterRef("pk"), state__in=PROMISED, notice__isnull=False
    )


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    found = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def _sum(goals: QuerySet[Goal], column: str) -> Coalesce:
    found = goals.order_by().values("need").annotate(n=Sum(column)).values("n")
    return Coalesce(Subquery(found, output_field=BigIntegerField()), 0)


@dataclass(frozen=True)
class Answer:
    """What was funded for a need: a project, or an award that is not one yet."""

    goal: Goal | None
    award: Award
    outcome: str = ""

    @property
    def served(self) -> int:
        """People served for this need so far."""
        return self.goal.served if self.goal else 0


def answers_of(need: Need) -> list[Answer]:
    """What is promised for the need, then the newest projects that answer it (three queries)."""
    goals = Goal.objects.filter(need=need).select_related(
        "project__organisation", "project__buyer", "project__agreement__award"
    )
    said = Result.objects.filter(goal__need=need, report__verdict=Report.Verdict.ACCEPTED)
    outcomes = dict(
        said.exclude(outcome="").order_by("report__judged_at").values_list("goal", "outcome")
    )
    promised = Award.objects.filter(
        proposal__needs=need, state__in=PROMISED, notice__isnull=False
    ).select_related("proposal__organisation", "buyer", "notice")
    newest = goals.order_by("-project__year", "-project__pk")[:SHOWN]
    return [Answer(None, award) for award in promised.order_by("-decided_at", "-pk")] + [
        Answer(goal, goal.project.agreement.award, outcomes.get(goal.pk, "")) for goal in newest
    ]


def paid_fen(need: Need) -> int:
    """What was paid out to the projects that answer the need (one query)."""
    tranches: QuerySet[Any] = tranches_with_payment()
    paid = tranches.filter(paid=True, agreement__project__goals__need=need)
    rows = Tranche.objects.filter(pk__in=paid.values("pk"))
    return int(rows.aggregate(sum=Sum("spent_fen"))["sum"] or 0)


def calls_of(need: Need) -> list[tuple[Call, Phase]]:
    """The public calls that answer the need, each with where it stands, the newest first."""
    now = clock.now()
    rows = need.calls.exclude(state=CallState.DRAFT).order_by("-closes_at", "-pk")
    return [(call, phase_of(call, now)) for call in rows]


def chain_panel(need: Any, person: Any) -> Panel:
    """The calls and projects that answer a need (one of `with_chain`), the people served and the
    money (six queries)."""
    answers = answers_of(need)
    promised = [answer.award for answer in answers if answer.goal is None]
    shared = Goal.objects.filter(project__goals__need=need).exclude(need=need)
    facts = {
        "need": need,
        "calls": calls_of(need),
        "answers": answers,
        "n": need.projects_n + len(promised),
        "all": f"{reverse('catalogue:projects')}?need={need.pk}" if need.projects_n > SHOWN else "",
        "served": need.served_n,
        "of": f"{count_text(need.served_n)} / {count_text(need.headcount)}",
        "money_fen": need.money_fen + sum(award.amount_fen for award in promised),
        "paid_fen": paid_fen(need) if answers else 0,
        "is_shared": bool(answers) and shared.exists(),
    }
    return Panel(_("What came of it"), "catalogue/need_chain.html", facts)
