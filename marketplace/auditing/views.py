"""The auditor's desk, the verifications of everything, and the dossier of a project."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from foundation.http import gate, page_of, press, signed_in, visible_or_404
from foundation.permissions import can
from foundation.seals.models import Seal
from foundation.seals.operations import CHAINS
from marketplace.auditing import faults as _faults  # noqa: F401  # their sentences are registered
from marketplace.auditing import inspecting, queries
from marketplace.auditing.dossier import archive_of
from marketplace.auditing.dossier import make_dossier as gather
from marketplace.auditing.names import chain_said
from marketplace.auditing.states import FindingState, InspectionState
from marketplace.delivery.queries import projects_visible_to
from marketplace.ledger.models import Verification

LISTS = (
    ("needs:desk", gettext_lazy("Surveys and needs")),
    ("calls:desk", gettext_lazy("Calls")),
    ("evaluation:desk", gettext_lazy("Panels and scores")),
    ("evaluation:experts", gettext_lazy("Experts")),
    ("notices:desk", gettext_lazy("Notices and objections")),
    ("matching:interests", gettext_lazy("Interest and promises")),
    ("matching:desk", gettext_lazy("Sharing the money out")),
    ("awards:desk", gettext_lazy("Awards")),
    ("agreements:desk", gettext_lazy("Agreements")),
    ("delivery:desk", gettext_lazy("Projects")),
    ("payments:desk", gettext_lazy("Payments")),
    ("payments:batches", gettext_lazy("Payout batches")),
    ("payments:deposits", gettext_lazy("Deposits")),
    ("ledger:desk", gettext_lazy("The book")),
    ("ledger:budgets", gettext_lazy("Budgets of unions")),
    ("organisations:desk", gettext_lazy("Organisations")),
    ("audit:trail", gettext_lazy("The trail")),
    ("audit:seals", gettext_lazy("Seals")),
    ("auditing:readings", gettext_lazy("Who read what")),
)
"""Every list an auditor may read."""


def _chains(inspection: Any) -> list[dict[str, Any]]:
    """Each sealed chain: its newest seal, and what the last verification said of it."""
    results = {row["name"]: row["faults"] for row in (inspection.results if inspection else ())}
    numbers = Seal.objects.order_by().values("chain").annotate(last=Max("number"))
    newest = Q(pk=None)
    for row in numbers:
        newest |= Q(chain=row["chain"], number=row["last"])
    seals = {seal.chain: seal for seal in Seal.objects.filter(newest)}
    return [
        {
            "title": chain_said(name),
            "seal": seals.get(name),
            "faults": results.get(f"seals of {name}"),
        }
        for name in sorted(CHAINS)
    ]


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Where an auditor begins: books, seals, open findings, samples, and every list."""
    gate(request.user, "draw_sample")
    inspections = queries.inspections_visible_to(request.user)
    inspection = inspections.exclude(state=InspectionState.WANTED).first()
    findings = queries.findings_visible_to(request.user)
    counts = dict(findings.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "inspection": inspection,
        "verification": Verification.objects.first(),
        "chains": _chains(inspection),
        "findings": findings.filter(state__in=queries.OPEN).order_by("due_on", "pk")[:8],
        "counts": [(FindingState(one).label, counts.get(one, 0)) for one in queries.OPEN],
        "samples": queries.samples_visible_to(request.user)[:5],
        "lists": [(label, reverse(name)) for name, label in LISTS],
        "may_ask": can(request.user, "ask_inspection"),
    }
    return render(request, "auditing/desk.html", context)


@signed_in
def inspections(request: HttpRequest) -> HttpResponse:
    """Every verification of everything, the newest first."""
    gate(request.user, "read_inspections")
    rows = queries.inspections_visible_to(request.user)
    context = {
        "page": page_of(request, rows),
        "newest": rows.exclude(state=InspectionState.WANTED).first(),
        "wanted": rows.filter(state=InspectionState.WANTED).first(),
        "may_ask": can(request.user, "ask_inspection"),
    }
    return render(request, "auditing/inspections.html", context)


@signed_in
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """What each verifier found."""
    gate(request.user, "read_inspections")
    found = visible_or_404(queries.inspections_visible_to(request.user), pk=pk)
    return render(request, "auditing/inspection.html", {"inspection": found})


@signed_in
@require_POST
def ask_inspection(request: HttpRequest) -> HttpResponse:
    """Have everything verified now."""
    gate(request.user, "ask_inspection")
    said = _("Asked for. The result stands here as soon as everything is compared.")
    to = reverse("auditing:inspections")
    return press(request, inspecting.ask_inspection, said=said, to=to)


@signed_in
@require_POST
def make_dossier(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Everything about a project as one ZIP, packed while it is sent."""
    gate(request.user, "make_dossier")
    project = visible_or_404(projects_visible_to(request.user), pk=pk)
    pieces = gather(project, actor=request.user)
    response = StreamingHttpResponse(archive_of(project, pieces), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{project.number}.zip"'
    return response
