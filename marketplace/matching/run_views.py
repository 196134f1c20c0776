"""Sharing the money out on the desk: rules chosen, plans computed, looked at, changed by hand."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bidding.calls.models import Call
from bidding.proposals.queries import with_asked
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404
from foundation.permissions import can, may_ever
from marketplace.matching import operations, runs, solver
from marketplace.matching.limit_models import Exclusion, GroupLimit
from marketplace.matching.models import AllocationRun, Pledge
from marketplace.matching.plan_pages import facts_of, pairs_of
from marketplace.matching.queries import (
    calls_to_allocate,
    changes_of,
    results_of,
    runs_visible_to,
)
from marketplace.matching.run_forms import AdjustForm, ComputeForm
from marketplace.matching.states import RunState


@signed_in
@require_GET
def call_runs(request: HttpRequest, number: str) -> HttpResponse:
    """A call's proposals, promises, limits and computed plans."""
    rows = calls_to_allocate(request.user).select_related("ranking")
    call = visible_or_404(rows, number=number)
    return render(request, "matching/runs.html", _runs_page(request, call, ComputeForm()))


def _runs_page(request: HttpRequest, call: Call, form: ComputeForm) -> dict[str, Any]:
    """Everything about sharing out one call's money."""
    proposals = with_asked(call.proposals.filter(place__isnull=False))
    plans = list(
        runs_visible_to(request.user)
        .filter(call=call)
        .select_related("computed_by", "fund", "based_on")
    )
    confirmed = next((plan for plan in plans if plan.state == RunState.CONFIRMED), None)
    limits = GroupLimit.objects.filter(call=call)
    exclusions = Exclusion.objects.filter(call=call)
    return {
        "call": call,
        "form": form,
        # what the plans at hand say already is not asked of the database again
        "can_compute": not confirmed and may_ever(request.user, "compute_allocation", call),
        "can_publish": confirmed and can(request.user, "publish_results", call),
        "confirmed": confirmed,
        "runs": plans,
        "comparable": sum(1 for plan in plans if plan.result.get("plan")) > 1,
        "limits": limits.select_related("category", "district", "organisation"),
        "exclusions": exclusions.select_related("first", "second"),
        "proposals": proposals.select_related("organisation", "lot__category", "place")
        .prefetch_related(Prefetch("pledges", Pledge.objects.select_related("buyer")))
        .order_by("place__rank"),
        "back": reverse("matching:desk"),
    }


@signed_in
@require_POST
def compute_allocation(request: HttpRequest, number: str) -> HttpResponse:
    """Share the money out on paper, by each of the rules chosen."""
    call = visible_or_404(calls_to_allocate(request.user), number=number)
    gate(request.user, "compute_allocation", call)
    form = ComputeForm(*posted(request))
    made: list[AllocationRun] = []
    for policy in form.cleaned_data["policies"] if form.sent() else ():
        run = form.attempt(operations.compute_allocation, call, policy=policy, actor=request.user)
        if run is None:
            break
        made.append(solver.solve_at_once(run) if run.state == RunState.WAITING else run)
    if not form.errors:
        if len(made) == 1:
            return done(request, _said(made[0]), "matching:run", made[0].pk)
        asked = "&".join(f"run={run.pk}" for run in made)
        to = f"{reverse('matching:compare', args=[number])}?{asked}"
        return done(request, _("The plans are computed."), to)
    return render(request, "matching/runs.html", _runs_page(request, call, form))


def _said(run: AllocationRun) -> str:
    """How a computation that was just asked for stands."""
    if run.state == RunState.WAITING:
        return _("The plan is being computed. You will be told when it is ready.")
    if run.state == RunState.FAILED:
        return _("There is no plan: see why.")
    return _("The plan is computed.")


@signed_in
@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One computed plan, proposal by proposal, with every reason."""
    rows = runs_visible_to(request.user).select_related("call", "fund", "computed_by", "based_on")
    found = visible_or_404(rows, pk=pk)
    results = results_of(found)
    context = {
        "run": found,
        "results": results,
        "funded": sum(1 for result in results if result.granted_fen),
        "granted_fen": sum(result.granted_fen for result in results),
        "facts": facts_of(found),
        "pairs": pairs_of(found, results),
        "changes": changes_of(found, results),
        "can_confirm": can(request.user, "confirm_allocation", found),
        "can_set_aside": can(request.user, "set_aside_run", found),
        "can_adjust": can(request.user, "adjust_run", found),
        "back": reverse("matching:runs", args=[found.call.number]),
    }
    return render(request, "matching/run.html", context)


@signed_in
@require_POST
def set_aside_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a plan aside, or stop computing it."""
    found = visible_or_404(runs_visible_to(request.user), pk=pk)
    back = reverse("matching:runs", args=[found.call.number])
    said = _("The plan is put aside.")
    return press(request, operations.set_aside_run, found, said=said, to=back)


@signed_in
def adjust_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a plan by hand, with a reason."""
    found = visible_or_404(runs_visible_to(request.user).select_related("call"), pk=pk)
    gate(request.user, "adjust_run", found)
    asked = request.GET.get("proposal", "")
    form = AdjustForm(*posted(request), run=found, initial={"proposal": asked})
    if form.sent() and (made := form.attempt(runs.adjust_run, found, actor=request.user)):
        said = _("Changed. The plan it is based on stays as it was.")
        return done(request, said, "matching:run", made.pk)
    title = _("Change plan %(number)s by hand") % {"number": found.pk}
    lead = _("A plan of its own is made and every limit checked again; you can compare the two.")
    context = {"title": title, "lead": lead, "form": form, "submit": _("Change")}
    back = reverse("matching:run", args=[pk])
    return render(request, "base/form_page.html", {**context, "back": back})
