"""The pages of an opening: the ceremony as officers see it, and a damaged envelope's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.calls.custody import shares_missing
from bidding.calls.models import Call
from bidding.calls.queries import calls_visible_to
from bidding.calls.rules import reads_desk
from bidding.calls.states import CallState
from bidding.proposals.ceremony import give_share
from bidding.proposals.damage import open_damaged_envelope
from bidding.proposals.forms import DamageForm, ShareForm
from bidding.proposals.queries import (
    damaged_envelopes,
    last_submissions,
    proposals_visible_to,
)
from bidding.proposals.rules import call_has_closed, why_shut
from bidding.proposals.states import ProposalState
from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, signed_in, visible_or_404
from foundation.people.rules import is_officer
from foundation.permissions import can


@signed_in
def opening(request: HttpRequest, number: str) -> HttpResponse:
    """Who keeps the key, who gave their share, and what came of it; a keeper gives theirs here."""
    if not reads_desk.test(request.user, None):
        raise Forbidden(_("Only programme officers and auditors work here."))
    rows = calls_visible_to(request.user).exclude(state=CallState.DRAFT)
    call = visible_or_404(rows.select_related("key"), number=number)
    form = ShareForm(*posted(request))
    if form.sent():
        given = form.attempt(give_share, call, actor=request.user)
        if given and given.opened_at:
            return done(request, _("The envelopes are open."), "proposals:opening", number)
        if given:
            said = _("Your share is given. As soon as another keeper gives theirs, all opens.")
            return done(request, said, "proposals:opening", number)
    return render(request, "proposals/opening.html", _ceremony(call, request.user, form))


def _ceremony(call: Call, person: Any, form: Any) -> dict[str, Any]:
    """How far the opening is: the key, its keepers, the envelopes."""
    key: Any = getattr(call, "key", None)
    shares = list(key.shares.select_related("keeper__person")) if key and key.needed else []
    given = {share.keeper.person_id for share in shares if share.given_at}
    missing = shares_missing(call) if shares and not call.opened_at else 0
    holders = {share.keeper.person_id for share in shares}
    keeps = person.pk in holders and is_officer.test(person) and not call.opened_at
    opened = last_submissions(call).count() if call.opened_at else 0
    return {
        "call": call,
        "needed": key.needed if key else 0,
        "shares": shares,
        "missing": missing,
        "form": form,
        "keeps": keeps and person.pk not in given,
        "gave": keeps and person.pk in given,
        "why_not": why_shut(call) if keeps else None,
        "may_open": not shares and can(person, "open_envelopes", call),
        "opened": opened,
        "damaged": damaged_envelopes(call) if call.opened_at else [],
        "steps": _steps(call, missing),
        "back": reverse("calls:manage", args=[call.number]),
    }


def _steps(call: Call, missing: int) -> list[tuple[Any, str, str]]:
    """Closing, shares if any, opening: each done, on or ahead."""
    closed = call_has_closed(call) is None or bool(call.opened_at)
    steps = [(_("The call closes"), "done" if closed else "now", "")]
    if call.custody == "officers":
        whole = bool(call.opened_at) or (closed and not missing)
        state = "done" if whole else "now" if closed else "ahead"
        steps.append((_("Two keepers give their shares"), state, ""))
    state = "done" if call.opened_at else "ahead"
    steps.append((_("All envelopes are opened together"), state, ""))
    return steps


@signed_in
def damaged(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation has its damaged envelope opened by its fingerprint."""
    found = visible_or_404(proposals_visible_to(request.user), pk=pk)
    gate(request.user, "open_damaged_envelope", found)
    if found.state != ProposalState.DAMAGED:
        return redirect(found)
    form = DamageForm(*posted(request))
    if form.sent() and form.attempt(open_damaged_envelope, found, actor=request.user):
        said = _("Your envelope is open. An officer checks it with the others.")
        return done(request, said, found)
    context = {
        "form": form,
        "last": found.submissions.all()[0],
        "proposal": found,
        "submit": _("Open the envelope"),
        "back": found.get_absolute_url(),
    }
    return render(request, "proposals/damaged.html", context)
