"""What people want to know about notices to stop, and how a project's money stands."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum

from foundation.organisations.rules import roles_of, signs_for
from foundation.people.rules import is_officer
from marketplace.agreements.money import pockets_of, references_of
from marketplace.delivery.halt_models import Halt, HaltProof, Side
from marketplace.delivery.models import Project
from marketplace.delivery.queries import projects_visible_to, spent_fen, standing_halts
from marketplace.delivery.reckoning import Reckoning
from marketplace.delivery.spending_queries import standing_expenses
from marketplace.delivery.states import HaltState
from marketplace.ledger.queries import balances
from marketplace.ledger.returns import still_paid
from marketplace.payments.holds import unsettled


def halts_visible_to(person: Any) -> QuerySet[Halt]:
    """Those of the projects on the person's desk: the parties and the federation."""
    return Halt.objects.filter(project__in=projects_visible_to(person)).select_related("project")


def with_words(halts: QuerySet[Halt]) -> QuerySet[Halt]:
    """Notices with all their page shows."""
    proofs = HaltProof.objects.select_related("document")
    return halts.select_related("given_by", "decided_by").prefetch_related(
        Prefetch("proofs", proofs), "words__said_by"
    )


def standing_halt(project: Project) -> Halt | None:
    """The notice that waits, or else the suspension in force (`with_reports` knows of any)."""
    if not getattr(project, "has_halt", True):
        return None
    standing = {halt.state: halt for halt in standing_halts().filter(project=project)}
    return standing.get(HaltState.GIVEN) or standing.get(HaltState.IN_FORCE)


def reckoning_of(project: Project) -> Reckoning:
    """How the project's money stands now (its agreement fetched with its award and fund)."""
    agreement = project.agreement
    owed = unsettled(references_of(agreement)).aggregate(sum=Sum("amount_fen"))["sum"] or 0
    proven = standing_expenses(project.pk).aggregate(sum=Sum("amount_fen"))["sum"] or 0
    return Reckoning(
        agreed_fen=agreement.amount_fen,
        bound_fen=sum(balances(code for _pocket, code in pockets_of(agreement)).values()),
        unpaid_fen=owed,
        paid_fen=max(still_paid(agreement.award.fund, agreement), 0),
        spent_fen=spent_fen(project),
        proven_fen=proven,
    )


def to_answer(person: Any) -> QuerySet[Halt]:
    """Notices that wait for the word of a party the person signs for."""
    mine = [pk for pk in roles_of(person) if signs_for(person, pk)]
    here = Q(project__organisation__in=mine) & ~Q(side=Side.PROVIDER)
    there = Q(project__buyer__in=mine) & ~Q(side=Side.BUYER)
    there &= ~Q(project__organisation__in=list(roles_of(person)))
    said = (Side.PROVIDER, here), (Side.BUYER, there)
    waiting = Q()
    for side, whose in said:
        answered = Halt.objects.filter(words__side=side).values("pk")
        waiting |= whose & ~Q(pk__in=answered)
    return Halt.objects.filter(waiting, state=HaltState.GIVEN).order_by("answer_until", "pk")


def to_decide(person: Any) -> QuerySet[Halt]:
    """Notices that wait for an officer, and suspensions that last."""
    rows = standing_halts()
    if not is_officer(person):
        return rows.none()
    return rows.exclude(project__organisation__in=list(roles_of(person))).order_by("pk")
