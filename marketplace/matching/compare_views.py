"""Plans side by side, as files, and in public so that anybody can compute them again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.http import number_in, press, signed_in, visible_or_404
from foundation.permissions import can
from marketplace.ledger.sheets import Fen, sheet_response
from marketplace.matching import runs, solver
from marketplace.matching.limit_models import Ground
from marketplace.matching.models import AllocationRun, Match
from marketplace.matching.plan_pages import comparison_of
from marketplace.matching.queries import (
    calls_to_allocate,
    published_runs,
    refusals_visible_to,
    results_of,
    runs_visible_to,
)
from marketplace.matching.refusal_pages import refusal_page

MOST = 5
"""So many plans fit beside each other."""


@signed_in
@require_GET
def compare(request: HttpRequest, number: str) -> HttpResponse:
    """Plans of a call side by side: the ones asked for, or the newest."""
    call = visible_or_404(calls_to_allocate(request.user), number=number)
    rows = runs_visible_to(request.user).filter(call=call, done_at__isnull=False, fault="")
    asked = [number_in(text) or 0 for text in request.GET.getlist("run")]
    every = list(rows.select_related("fund").order_by("-pk")[:40])
    chosen = [run for run in every if run.pk in asked] or every
    chosen = sorted(chosen[:MOST], key=lambda run: run.pk)
    context = {
        "call": call,
        "every": every,
        "chosen": chosen,
        "found": comparison_of(chosen),
        "most": MOST,
        "back": reverse("matching:runs", args=[number]),
    }
    return render(request, "matching/compare.html", context)


@signed_in
@require_GET
def run_file(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """A plan as a file, a row for each sum granted or refused."""
    run = visible_or_404(runs_visible_to(request.user).select_related("call"), pk=pk)
    return sheet_response(ending, f"{run.call.number}-plan-{run.pk}", _rows(run))


def _rows(run: AllocationRun) -> Iterator[list[object]]:
    yield [
        _("place"),
        _("serial"),
        _("proposal"),
        _("organisation"),
        _("category"),
        _("gets"),
        _("from"),
        _("why not"),
    ]
    for result in results_of(run):
        one = result.proposal
        head = [one.place.rank, one.serial, one.title, one.organisation.name]
        for line in result.lines:
            source = (line.buyer.name if line.buyer else _("Seed money")) if line.pocket else ""
            gets = Fen(line.amount_fen)
            yield [*head, one.lot.category.name, gets, source, line.why_not]


@require_GET
def plan_json(request: HttpRequest, number: str) -> JsonResponse:
    """What the money of a call was shared out from, and how: for whoever computes it again."""
    run = visible_or_404(published_runs().select_related("call", "fund"), call__number=number)
    titles = {
        result.proposal.pk: {
            "title": result.proposal.title,
            "organisation": result.proposal.organisation.name,
        }
        for result in results_of(run)
    }
    changes = [{key: one[key] for key in one if key != "by"} for one in run.changes]
    facts: dict[str, Any] = {
        "call": run.call.number,
        "fund": run.fund.code,
        "policy": run.policy,
        "counted": run.counted,
        "chance": run.chance,
        "sha256": run.sha256,
        "problem": run.inputs,
        "outcome": run.result,
        "changes": changes,
        "proposals": titles,
    }
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False, "indent": 1})


# --- why not me? ----------------------------------------------------------------------------


@signed_in
@require_GET
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a proposal got nothing in a plan, and what would have been enough."""
    rows = refusals_visible_to(request.user).select_related(
        "run__call", "proposal__organisation", "proposal__place", "other"
    )
    found: Match = visible_or_404(rows, pk=pk)
    context = refusal_page(found)
    context["may_ask"] = can(request.user, "ask_ground", found) and context["ground"] is None
    context["may_see_run"] = runs_visible_to(request.user).filter(pk=found.run_id).exists()
    return render(request, "matching/refusal.html", context)


@signed_in
@require_POST
def ask_ground(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it worked out what was lacking."""
    rows = refusals_visible_to(request.user).select_related("run__call", "proposal")
    found = visible_or_404(rows, pk=pk)

    def onward(ground: Ground) -> str:
        solver.explain_at_once(ground)
        return reverse("matching:refusal", args=[pk])

    back = reverse("matching:refusal", args=[pk])
    said = _("The answer stands below, or is being worked out.")
    return press(request, runs.ask_ground, found, said=said, to=back, onward=onward)
