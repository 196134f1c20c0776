"""The ranking: the officer's page, the public one with its files, and the bidder's own result."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bidding.evaluation.forms import MoveForm
from bidding.evaluation.lottery_queries import lottery_page
from bidding.evaluation.models import Ranking
from bidding.evaluation.operations import move_place
from bidding.evaluation.own_result import result_page
from bidding.evaluation.paper import score_sheet_pdf
from bidding.evaluation.queries import (
    judges_of,
    places_visible_to,
    rankings_visible_to,
    reads_evaluations,
    replacements_of,
)
from bidding.evaluation.ranking import judged
from bidding.evaluation.rules import is_officer
from bidding.evaluation.standing import ranking_page, standing_page
from bidding.proposals.models import Proposal
from bidding.proposals.queries import proposals_visible_to
from bidding.proposals.rules import is_of_bidder
from foundation.forms import posted
from foundation.http import done, gate, signed_in, visible_or_404
from foundation.permissions import can


def ranking(request: HttpRequest, number: str) -> HttpResponse:
    """The ranking and how it was computed: public once the result is."""
    found = visible_or_404(rankings_visible_to(request.user), call__number=number)
    context = {**ranking_page(found), "judges": judges_of(found.call)}
    context["lots"] = lottery_page(found)
    context["replacements"] = replacements_of(found.call)
    context["public"] = found.call.decided_at is not None
    context["officer"] = reads_evaluations(request.user)
    return render(request, "evaluation/ranking.html", context)


def ranking_inputs(request: HttpRequest, number: str) -> HttpResponse:
    """The frozen inputs, so that anybody can compute the ranking again."""
    found = visible_or_404(rankings_visible_to(request.user), call__number=number)
    return JsonResponse(
        {"sha256": found.sha256, "inputs": found.inputs, "reliability": found.reliability},
        json_dumps_params={"ensure_ascii": False},
    )


def ranking_table(request: HttpRequest, number: str) -> HttpResponse:
    """The frozen inputs as a table: a line for what each judge gave each proposal."""
    found: Ranking = visible_or_404(rankings_visible_to(request.user), call__number=number)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ranking-{number}.csv"'
    response.write("\ufeff")
    lines = csv.writer(response)
    criteria = judged(found.inputs)
    keys = [row["key"] for row in criteria]
    names = [f"{row['key']} ({row['weight']})" for row in criteria]
    money = [name for name in ("lot", "price_fen") if len(criteria) < len(found.inputs["criteria"])]
    lines.writerow(["proposal", "receipt", "received_at", *money, "judge", *names])
    for one in found.inputs["proposals"]:
        for sheet in one["sheets"]:
            points = [f"{sheet['points'][key] / 100:.2f}" for key in keys]
            first = [one["key"], one.get("receipt", ""), one["received_at"]]
            lines.writerow([*first, *(one[name] for name in money), sheet["judge"], *points])
    return response


@signed_in
def standing(request: HttpRequest, number: str) -> HttpResponse:
    """How sure the ranking is, and where an officer may depart from it."""
    rows = rankings_visible_to(request.user) if reads_evaluations(request.user) else None
    found = visible_or_404(Ranking.objects.none() if rows is None else rows, call__number=number)
    context = {**standing_page(found), "officer": bool(is_officer(request.user))}
    context["lots"] = lots = lottery_page(found)
    if lots:
        laws = {"announce": ("announce_lottery", found), "numbers": ("type_numbers", lots["last"])}
        context["may_lots"] = {
            name for name, (law, on) in laws.items() if on and can(request.user, law, on)
        } - ({"announce"} if lots["facts"] else set())
    return render(request, "evaluation/standing.html", context)


@signed_in
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Depart from the computed order, with a reason that is published."""
    found = visible_or_404(places_visible_to(request.user), pk=pk)
    gate(request.user, "move_place", found)
    data, _files = posted(request)
    form = MoveForm(data, place=found)
    if form.sent() and form.attempt(move_place, found, actor=request.user):
        number = found.ranking.call.number
        return done(
            request, _("The order is changed, with your reason."), "evaluation:standing", number
        )
    context = {
        "title": _("Depart from the computed order"),
        "lead": _(
            "“%(title)s” has the computed rank %(rank)s. Its score stays. Your reason is published "
            "with the result."
        )
        % {"title": found.proposal.title, "rank": found.rank},
        "form": form,
        "submit": _("Change the order"),
        "back": redirect("evaluation:standing", found.ranking.call.number).url,
    }
    return render(request, "base/form_page.html", context)


def _own_result(request: HttpRequest, pk: int) -> Any:
    rows = proposals_visible_to(request.user).exclude(call__decided_at=None)
    found: Proposal = visible_or_404(rows, pk=pk)
    return found, is_of_bidder(request.user, found) or reads_evaluations(request.user)


@signed_in
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """A bidder's own result with the judges' unsigned points and comments, once published."""
    found, reads = _own_result(request, pk)
    if not reads:
        return redirect(found)
    return render(request, "evaluation/result.html", result_page(found))


@signed_in
def score_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a paper to keep."""
    found, reads = _own_result(request, pk)
    if not reads:
        return redirect(found)
    response = HttpResponse(score_sheet_pdf(result_page(found)), content_type="application/pdf")
    name = f"score-sheet-{found.call.number}-{found.serial}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
