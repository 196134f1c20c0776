"""Facts the shop window shows: asked of the database when a page is read, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypedDict

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.calls.queries import calls_visible_to, in_phase, with_money
from bidding.calls.states import Phase
from bidding.evaluation.models import Ranking
from bidding.evaluation.queries import rankings_visible_to
from bidding.needs.models import Need, Survey
from bidding.needs.queries import published_needs
from bidding.needs.states import SurveyState
from bidding.notices.models import Notice
from bidding.notices.queries import notices_visible_to
from foundation import clock
from foundation.face.values import own_words
from marketplace.delivery.models import Project
from marketplace.delivery.states import ProjectState
from marketplace.ledger.models import Fund, Place
from marketplace.ledger.queries import came_in, sums_by_place


def public_calls() -> QuerySet[Call]:
    """Published calls with the money of their lots, soonest to close first."""
    return with_money(calls_visible_to(AnonymousUser())).order_by("closes_at")


def open_calls() -> QuerySet[Call]:
    """Calls one can bid in now."""
    return in_phase(public_calls(), Phase.OPEN, clock.now())


def latest_needs(count: int = 6) -> list[Need]:
    """The public needs of the survey that was published last (one query).

    Those of one district are left out: a share of its answers says nothing beside shares of all.
    """
    rows = published_needs().filter(survey__state=SurveyState.PUBLISHED, district=None)
    rows = rows.select_related("survey", "category")
    found = list(
        rows.order_by("-survey__closes_at", "-survey_id", "-urgency", "-headcount")[:count]
    )
    return [need for need in found if need.survey_id == found[0].survey_id]


def needs_of(survey: Survey | None, count: int = 6) -> list[Need]:
    """The public needs of a survey (or of all), named most often first."""
    rows = published_needs().select_related("category", "district")
    if survey is not None:
        rows = rows.filter(survey=survey)
    return list(rows.order_by("-urgency", "-headcount", "pk")[:count])


def share_rows(needs: list[Need]) -> list[tuple[Any, ...]]:
    """Needs as rows of a bar chart: the share of answers that named each."""
    rows = [
        (
            own_words(need, "title"),
            100 * (figure.share or 0),
            need.get_absolute_url(),
        )
        for need in needs
        if (figure := need.figure) is not None
    ]
    rows.sort(key=lambda row: -row[1])
    return [(words, share, f"{share:.0f} %", url) for words, share, url in rows]


@dataclass(frozen=True)
class Achieved:
    """What all projects add up to."""

    projects: int
    running: int
    amount_fen: int
    served: int
    organisations: int


def achieved() -> Achieved:
    """Projects, money and people served, over all years (one query)."""
    sums = Project.objects.aggregate(
        projects=Count("pk"),
        running=Count("pk", filter=Q(state=ProjectState.RUNNING)),
        amount_fen=Sum("amount_fen", default=0),
        served=Sum("served", default=0),
        organisations=Count("organisation", distinct=True),
    )
    return Achieved(**sums)


class Year(TypedDict):
    """A year's sums."""

    year: int
    projects: int
    amount_fen: int
    people: int


def by_year() -> list[Year]:
    """Per year: projects, money, people served (one query)."""
    rows = Project.objects.values("year").annotate(
        projects=Count("pk"), amount_fen=Sum("amount_fen"), people=Sum("served")
    )
    return [Year(**row) for row in rows.order_by("year")]


def newest_projects(count: int = 3) -> list[Project]:
    """The newest projects with who delivers them."""
    rows = Project.objects.select_related("category", "organisation", "buyer")
    return list(rows.order_by("-year", "-pk")[:count])


def notices(count: int = 6) -> tuple[list[Notice], list[Notice]]:
    """(those one may object to now, soonest to end first; the latest of the others)."""
    rows = notices_visible_to(AnonymousUser())
    today = clock.today()
    running = rows.filter(last_day__gte=today).order_by("last_day", "pk")
    return list(running[:24]), list(rows.filter(last_day__lt=today)[:count])


def rankings(person: Any, count: int = 6) -> list[Ranking]:
    """The latest rankings whose results are public."""
    return list(rankings_visible_to(person).order_by("-computed_at")[:count])


@dataclass(frozen=True)
class Flow:
    """How far money has come: each figure holds all that came at least that far, in fen."""

    came_in: int
    given: int
    reserved: int
    encumbered: int
    owed: int
    paid: int

    @property
    def stages(self) -> list[tuple[Any, int, Any]]:
        """The picture's columns: label, amount, and what is said of what stays there."""
        return [
            (_("came in"), self.came_in, _("not given out yet")),
            (_("given to unions"), self.given, _("not promised yet")),
            (_("reserved for awards"), self.reserved, _("no agreement yet")),
            (_("bound by agreements"), self.encumbered, _("not owed yet")),
            (_("owed"), self.owed, _("not paid yet")),
            (_("paid"), self.paid, ""),
        ]


def flow_of(fund: Fund | None = None) -> Flow:
    """The flow of one fund, or of all (one query)."""
    held = sums_by_place(fund)
    came = came_in(held)
    paid = held[Place.PAID] + held[Place.RECEIVABLE]
    owed = paid + held[Place.PAYABLE]
    encumbered = owed + held[Place.ENCUMBERED]
    reserved = encumbered + held[Place.RESERVED]
    return Flow(came, came - held[Place.AVAILABLE], reserved, encumbered, owed, paid)
