"""The pages of proposals: a task list, its sections, the check, and the public receipts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.proposals import pages
from bidding.proposals.blinding import blind_content, blind_texts
from bidding.proposals.checks import faults_of
from bidding.proposals.drafts import open_draft, open_titles
from bidding.proposals.forms import AttachmentForm, DraftForm, ReceiptForm
from bidding.proposals.models import Attachment, Proposal
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import (
    attach_document,
    detach_document,
    draft_proposal,
    edit_proposal,
    submit_proposal,
    withdraw_proposal,
)
from bidding.proposals.partners import partnerships_of
from bidding.proposals.queries import (
    proposals_visible_to,
    public_receipts,
    receipt_that_says,
    with_own_parts,
    with_remarks,
)
from bidding.proposals.rules import is_of_bidder
from bidding.proposals.section_forms import SECTION_FORMS
from bidding.proposals.sections import Section
from bidding.proposals.states import SEALED
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.organisations.rules import roles_of


def _proposal(request: HttpRequest, pk: int) -> Proposal:
    return visible_or_404(proposals_visible_to(request.user), pk=pk)


def _laid_open(request: HttpRequest, pk: int) -> Proposal:
    """The proposal with everything a page that shows it whole will read."""
    found = visible_or_404(with_remarks(proposals_visible_to(request.user)), pk=pk)
    return open_draft(found) if found.state in SEALED else with_own_parts(found)


@signed_in
def proposals(request: HttpRequest) -> HttpResponse:
    """My organisations' proposals, the newest first, and the calls that are open now; `?again=`
    names one that is to be used again."""
    own = (
        proposals_visible_to(request.user)
        .filter(organisation__in=list(roles_of(request.user)))
        .order_by("-changed_at")
    )
    page = page_of(request, own)
    page.object_list = open_titles(page.object_list)
    context = {
        "page": page,
        "open_calls": pages.open_calls(request.user),
        "partnerships": partnerships_of(request.user)[:24],
        "again": pages.to_use_again(request.user, request.GET.get("again", "")),
    }
    return render(request, "proposals/desk.html", context)


@signed_in
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Begin a proposal for a call."""
    call = get_object_or_404(Call.objects.exclude(state=CallState.DRAFT), number=number)
    gate(request.user, "draft_proposal", call)
    form = DraftForm(*posted(request), **pages.beginning(request.user, call, request.GET))
    if form.sent() and (proposal := form.attempt(draft_proposal, call, actor=request.user)):
        return done(request, _("Your draft is begun. Only your organisation sees it."), proposal)
    return render(request, "proposals/draft.html", {"call": call, "form": form})


@signed_in
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The task list for the organisation; what was handed in for everybody else."""
    found = _laid_open(request, pk)
    if found.state in SEALED:
        return render(request, "proposals/tasks.html", pages.task_list(found, request.user))
    return render(request, "proposals/proposal.html", pages.whole(found, request.user))


@signed_in
def edit(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """One section's page."""
    found = _proposal(request, pk)
    gate(request.user, "edit_proposal", found)
    if section not in SECTION_FORMS:
        raise Http404
    open_draft(found)
    data, _files = posted(request)
    form = SECTION_FORMS[section](data, proposal=found)
    if form.sent() and form.attempt(edit_proposal, found, actor=request.user):
        return done(request, _("Saved."), pages.after(found, section, request.POST))
    context = pages.section_page(found, section, form)
    return render(request, pages.template_of(section), context)


@signed_in
def attachments(request: HttpRequest, pk: int) -> HttpResponse:
    """The files in the envelope."""
    found = _proposal(request, pk)
    gate(request.user, "attach_document", found)
    open_draft(found)
    form = AttachmentForm(*posted(request))
    if form.sent() and form.attempt(attach_document, found, actor=request.user):
        return done(request, _("The file is in the envelope."), "proposals:attachments", pk)
    context = pages.section_page(found, Section.ATTACHMENTS, form)
    context["attachments"] = found.attachments.all()
    return render(request, "proposals/attachments.html", context)


@signed_in
@require_POST
def detach(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """Take a file out again."""
    found = _proposal(request, pk)
    row = get_object_or_404(Attachment, pk=attachment, proposal=found)
    back = pages.address(found, Section.ATTACHMENTS)
    return press(request, detach_document, row, said=_("The file is taken out."), to=back)


@signed_in
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What is still missing; everything as it will be handed in; and the button."""
    found = _laid_open(request, pk)
    gate(request.user, "submit_proposal", found)
    context = {**pages.whole(found, request.user), "faults": pages.linked(found, faults_of(found))}
    return render(request, "proposals/check.html", context)


@signed_in
def as_judges_read(request: HttpRequest, pk: int) -> HttpResponse:
    """What is left for judges who are not to know whose it is; for its own organisation."""
    found = _laid_open(request, pk)
    if not found.call.blind or not is_of_bidder(request.user, found):
        raise Http404
    page = {**blind_content(found, blind_texts([found])[pk]), "original": found}
    return render(request, "proposals/as_judges_read.html", page)


@signed_in
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in."""
    found = _proposal(request, pk)
    said = _("Handed in. Your receipt is below; it was also sent by e-mail.")
    return press(request, submit_proposal, found, said=said, to=found)


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the envelope back."""
    found = _proposal(request, pk)
    said = _("Withdrawn. Until the call closes you can hand it in again.")
    return press(request, withdraw_proposal, found, said=said, to=found)


@signed_in
@require_POST
def open_call(request: HttpRequest, number: str) -> HttpResponse:
    """An officer opens the envelopes by hand (the platform does it by itself as well)."""
    call = get_object_or_404(Call.objects.exclude(state=CallState.DRAFT), number=number)
    gate(request.user, "open_envelopes", call)
    stays = press(request, open_envelopes, call, said=_("The envelopes are open."), to=call)
    call.refresh_from_db(fields=["opened_at"])
    return redirect("evaluation:call", number) if call.opened_at else stays


def receipts(request: HttpRequest) -> HttpResponse:
    """Confirm a receipt; see the receipts of opened calls."""
    asked = "receipt" in request.GET
    form = ReceiptForm(request.GET if asked else None)
    found: Any = None
    if form.sent():
        found = receipt_that_says(form.cleaned_data["receipt"], form.cleaned_data["sha256"])
    number = request.GET.get("call", "")[:20]
    context = {
        "form": form,
        "asked": form.is_bound and form.is_valid(),
        "found": found,
        "page": page_of(request, public_receipts(number)),
        "number": number,
    }
    return render(request, "proposals/receipts.html", context)
