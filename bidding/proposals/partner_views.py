"""The pages of partners: whom a proposal asks, and where the asked organisation answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bidding.proposals import pages
from bidding.proposals.drafts import open_draft
from bidding.proposals.forms import PartnerForm
from bidding.proposals.partners import (
    ask_partner,
    confirm_partner,
    drop_partner,
    partners_visible_to,
    refuse_partner,
    told_of,
)
from bidding.proposals.queries import proposals_visible_to
from bidding.proposals.sections import Section
from bidding.proposals.states import SEALED
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404
from foundation.permissions import can


@signed_in
def partners(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the draft asks and what each has said; another is asked here."""
    found = visible_or_404(proposals_visible_to(request.user), pk=pk)
    gate(request.user, "ask_partner", found)
    open_draft(found)
    form = PartnerForm(*posted(request))
    if form.sent() and form.attempt(ask_partner, found, actor=request.user):
        said = _("Asked. You are told as soon as there is an answer.")
        return done(request, said, "proposals:partners", pk)
    context = pages.section_page(found, Section.PARTNERS, form)
    context["partners"] = found.partners.all()
    return render(request, "proposals/partners.html", context)


@signed_in
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a partner out again."""
    found = visible_or_404(partners_visible_to(request.user), pk=pk)
    back = pages.address(found.proposal, Section.PARTNERS)
    return press(request, drop_partner, found, said=_("Taken out."), to=back)


@signed_in
@require_safe
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """What the organisation is asked, by whom, and its answer."""
    found = visible_or_404(partners_visible_to(request.user), pk=pk)
    gate(request.user, "refuse_partner", found)
    sealed = found.proposal.state in SEALED
    title, task = told_of(found) if sealed else (found.proposal.title, found.task)
    context: dict[str, Any] = {
        "partner": found,
        "title": title,
        "task": task,
        "may_confirm": can(request.user, "confirm_partner", found),
        "may_refuse": can(request.user, "refuse_partner", found),
    }
    return render(request, "proposals/partner.html", context)


@signed_in
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes."""
    found = visible_or_404(partners_visible_to(request.user), pk=pk)
    said = _("Confirmed. The organisation that asked you is told.")
    return press(request, confirm_partner, found, said=said, to=found)


@signed_in
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """No."""
    found = visible_or_404(partners_visible_to(request.user), pk=pk)
    said = _("You do not take part. The organisation that asked you is told.")
    return press(request, refuse_partner, found, said=said, to=found)
