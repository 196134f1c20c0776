"""What can be taken along of a proposal: its envelopes as files, and everything on paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bidding.proposals.content import Offer, content_of
from bidding.proposals.drafts import open_draft
from bidding.proposals.envelopes import read_own_envelope
from bidding.proposals.models import Submission
from bidding.proposals.paper import proposal_pdf, receipt_pdf
from bidding.proposals.queries import (
    proposals_visible_to,
    submissions_visible_to,
    with_own_parts,
)
from bidding.proposals.rules import is_of_bidder
from bidding.proposals.states import SEALED
from foundation.http import signed_in, visible_or_404
from foundation.seals.chain import canonical


def _envelope(request: HttpRequest, pk: int, version: int) -> tuple[Submission, Offer]:
    """An envelope with what it held: one's own organisation's, or an opened one."""
    rows = submissions_visible_to(request.user).select_related(
        "opened", "proposal__call", "proposal__lot__category", "proposal__organisation"
    )
    found = visible_or_404(rows, proposal=pk, version=version)
    if hasattr(found, "opened"):
        return found, found.content
    if is_of_bidder(request.user, found.proposal):
        return found, read_own_envelope(found)
    raise Http404  # one that was replaced before the closing is nobody else's


def _file(content: bytes, name: str, media_type: str = "application/pdf") -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@signed_in
@require_safe
def envelope(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Exactly what was handed in: the SHA-256 of this file is the one on the receipt."""
    found, content = _envelope(request, pk, version)
    return _file(canonical(content).encode(), f"{found.receipt}.json", "application/json")


@signed_in
@require_safe
def envelope_paper(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """What was handed in, as a paper to read."""
    found, content = _envelope(request, pk, version)
    return _file(proposal_pdf(found.proposal, content, found), f"{found.receipt}.pdf")


@signed_in
@require_safe
def receipt_paper(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """The receipt, as a paper to keep."""
    found, _content = _envelope(request, pk, version)
    return _file(receipt_pdf(found), f"receipt-{found.receipt}.pdf")


@signed_in
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as it stands, for its organisation; once it is open, what was handed in."""
    found = visible_or_404(proposals_visible_to(request.user), pk=pk)
    sealed = found.state in SEALED
    laid_open = open_draft(found) if sealed else with_own_parts(found)
    number = f"{found.call.number}-{found.serial}"
    last = None if sealed else found.submissions.first()
    return _file(proposal_pdf(found, content_of(laid_open), last), f"proposal-{number}.pdf")
