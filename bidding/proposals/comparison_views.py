"""The page that shows an organisation what changed between two versions of its proposal."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bidding.proposals.comparison import compare
from bidding.proposals.content import Offer, with_facts
from bidding.proposals.drafts import read_draft
from bidding.proposals.envelopes import read_own_envelope
from bidding.proposals.forms import CompareForm
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.queries import proposals_visible_to
from bidding.proposals.rules import is_of_bidder
from bidding.proposals.states import SEALED
from foundation.face.values import moment_text
from foundation.http import signed_in, visible_or_404

DRAFT = "draft"


@signed_in
@require_safe
def compare_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Two envelopes, or an envelope and the draft; the last two unless others are chosen."""
    found = visible_or_404(proposals_visible_to(request.user), pk=pk)
    if not is_of_bidder(request.user, found):  # others read what was opened, not how it grew
        raise Http404
    envelopes = {str(row.version): row for row in found.submissions.order_by("version")}
    for row in envelopes.values():
        row.proposal = found
    versions = [(key, _called(row)) for key, row in envelopes.items()]
    if found.state in SEALED:
        versions.append((DRAFT, _("the draft as it is now")))
    context: dict[str, Any] = {"proposal": found, "form": None, "sections": None}
    if len(versions) > 1:
        form = CompareForm(_chosen(request, versions), versions=versions)
        context["form"] = form
        if form.is_valid():
            sides = (form.cleaned_data["before"], form.cleaned_data["after"])
            context |= _compared(*(_offer(found, envelopes, key) for key in sides))
    found.title = found.title or (read_draft(found)[0]["title"] if found.state in SEALED else "")
    return render(request, "proposals/compare.html", context)


def _called(row: Submission) -> str:
    return f"{row.receipt} · {moment_text(row.submitted_at)}"


def _chosen(request: HttpRequest, versions: list[tuple[str, str]]) -> dict[str, str]:
    """What the address asks for; the last two where it says nothing."""
    before, after = versions[-2][0], versions[-1][0]
    return {
        "before": request.GET.get("before", before),
        "after": request.GET.get("after", after),
    }


def _offer(proposal: Proposal, envelopes: dict[str, Submission], key: str) -> Offer:
    if key == DRAFT:
        return with_facts(proposal, read_draft(proposal)[0])
    return read_own_envelope(envelopes[key])


def _compared(before: Offer, after: Offer) -> dict[str, Any]:
    """The sections that differ with what does, and the names of those that do not."""
    rows = [
        (section, [change for change in changes if change.differs])
        for section, changes in compare(before, after)
    ]
    return {
        "sections": [row for row in rows if row[1]],
        "changed": any(changes for _section, changes in rows),
        "unchanged": [section.label for section, changes in rows if not changes],
    }
