"""The judges' pages, and the list of experts they are drawn from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.calls.states import CallState
from bidding.evaluation.discussion_queries import sheets_to_discuss
from bidding.evaluation.forms import (
    BlindSeatForm,
    EndTieForm,
    ExpertForm,
    ExpertiseForm,
    LeaveForm,
    OwnExpertiseForm,
    ScoreForm,
    SeatForm,
    TieForm,
)
from bidding.evaluation.operations import (
    change_availability,
    change_expertise,
    end_tie,
    enrol_expert,
    finalise_sheet,
    leave_seat,
    score_proposal,
    state_expertise,
    state_tie,
    take_seat,
)
from bidding.evaluation.pages import conflicts_found
from bidding.evaluation.queries import (
    eligible_proposals,
    experts_visible_to,
    named_in,
    own_seats,
    own_sheets,
    reads_evaluations,
    seats_visible_to,
    ties_visible_to,
    to_be_judged,
)
from bidding.evaluation.roadshow_queries import paper_criteria, roadshows_judged_by
from bidding.evaluation.states import SeatState, SheetState
from bidding.proposals.blinding import blind_content
from bidding.proposals.models import Proposal
from bidding.proposals.pages import content
from bidding.proposals.queries import with_parts
from foundation import clock
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404


@signed_in
def bench(request: HttpRequest) -> HttpResponse:
    """What a judge has to do: seats offered, sheets to fill in."""
    sheets = list(own_sheets(request.user))
    context = {
        "seats": own_seats(request.user).exclude(panel__call__state=CallState.CANCELLED),
        "open": list(to_be_judged(sheets)),
        "final": [sheet for sheet in sheets if sheet.state == SheetState.FINAL],
        "roadshows": roadshows_judged_by(request.user),
        "discussed": sheets_to_discuss(request.user),
        "expert": experts_visible_to(request.user).filter(person=request.user.pk).first(),
    }
    return render(request, "evaluation/bench.html", context)


@signed_in
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """The declaration before a judge sees any proposal."""
    seat = visible_or_404(seats_visible_to(request.user), pk=pk)
    gate(request.user, "take_seat", seat)
    if seat.state != SeatState.INVITED:
        return redirect("evaluation:bench")
    call, found = seat.panel.call, conflicts_found(seat)
    proposals = list(eligible_proposals(call))
    data, _files = posted(request)
    form: Any
    if call.blind:
        form, barred = BlindSeatForm(data, named=named_in(call)), []
    else:
        form = SeatForm(data, proposals=proposals, found=found)
        barred = [(one, found[one.pk]) for one in proposals if one.pk in found]
    if form.sent() and form.attempt(take_seat, seat, actor=request.user):
        return done(request, _("You are on the panel."), "evaluation:bench")
    context = {"seat": seat, "form": form, "barred": barred, "found": len(found)}
    return render(request, "evaluation/take_seat.html", context)


@signed_in
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Step back, with the reason."""
    seat = visible_or_404(seats_visible_to(request.user), pk=pk)
    gate(request.user, "leave_seat", seat)
    form = LeaveForm(*posted(request))
    if form.sent() and form.attempt(leave_seat, seat, actor=request.user):
        said = _("The seat is free; the next in the draw is asked.")
        return done(request, said, "evaluation:desk")
    context = {
        "title": _("Step back from the panel"),
        "lead": _("The next expert in the order of the draw is asked. This cannot be undone."),
        "form": form,
        "submit": _("Step back"),
        "back": redirect("evaluation:desk").url,
    }
    return render(request, "base/form_page.html", context)


@signed_in
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """The score sheet beside the proposal it judges."""
    sheet = visible_or_404(own_sheets(request.user), pk=pk)
    rows = Proposal.objects.select_related("call", "lot__category", "lot__call", "organisation")
    found = with_parts(rows).get(pk=sheet.proposal_id)
    criteria = list(paper_criteria(sheet.seat.panel.call))
    data, _files = posted(request)
    form = ScoreForm(data, sheet=sheet, criteria=criteria)
    kept = form.sent() and form.attempt(score_proposal, sheet, actor=request.user)
    if request.headers.get("X-Autosave"):
        return _autosaved(kept)
    if kept:
        if "final" not in request.POST:
            return done(request, _("Saved as a draft."), "evaluation:score_proposal", pk)
        said = _("Your scores are final.")
        press(request, finalise_sheet, sheet, said=said, to="evaluation:bench")
        sheet.refresh_from_db()
        is_final = sheet.state == SheetState.FINAL
        return redirect("evaluation:bench") if is_final else redirect(request.path)
    rest = next(to_be_judged(own_sheets(request.user).exclude(pk=pk)), None)
    scores = sheet.scores.select_related("criterion").order_by("criterion__position")
    offer = (
        blind_content(found, sheet.proposal.blind_copy.texts) if sheet.hidden else content(found)
    )
    context = {**offer, "sheet": sheet, "form": form, "rest": rest, "scores": scores}
    return render(request, "evaluation/score.html", context)


def _autosaved(kept: Any) -> JsonResponse:
    """What the page says of a sheet that was saved as it was typed, or was not."""
    if not kept:
        return JsonResponse({"said": _("Not saved yet: something typed cannot stand.")}, status=422)
    at = localtime(clock.now())
    return JsonResponse({"said": _("Saved as a draft at %(time)s.") % {"time": f"{at:%H:%M}"}})


@signed_in
def expertise(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an expert knows."""
    found = visible_or_404(experts_visible_to(request.user), pk=pk)
    gate(request.user, "change_expertise", found)
    data, _files = posted(request)
    form = ExpertiseForm(data, expert=found)
    if form.sent() and form.attempt(change_expertise, found, actor=request.user):
        return done(request, _("Saved."), "evaluation:expert", pk)
    context = {
        "title": _("What the expert knows"),
        "lead": _("%(expert)s: what you save is confirmed, and counts in sharing proposals out.")
        % {"expert": found.person.name},
        "form": form,
        "submit": _("Save"),
        "back": redirect("evaluation:expert", pk).url,
    }
    return render(request, "base/form_page.html", context)


@signed_in
def own_expertise(request: HttpRequest, pk: int) -> HttpResponse:
    """An expert says what they know."""
    found = visible_or_404(experts_visible_to(request.user), pk=pk)
    gate(request.user, "state_expertise", found)
    data, _files = posted(request)
    form = OwnExpertiseForm(data, expert=found)
    if form.sent() and form.attempt(state_expertise, found, actor=request.user):
        return done(request, _("Stated. It counts when an officer has confirmed it."), *_to(pk))
    context = {
        "title": _("What I know"),
        "lead": _("Proposals are shared out by what judges know; an officer confirms it."),
        "form": form,
        "submit": _("State it"),
        "back": redirect(*_to(pk)).url,
    }
    return render(request, "base/form_page.html", context)


def _to(pk: int) -> tuple[str, int]:
    return "evaluation:expert", pk


@signed_in
def experts(request: HttpRequest) -> HttpResponse:
    """The list that panels are drawn from."""
    if not reads_evaluations(request.user):
        return redirect("evaluation:bench")
    rows = (
        experts_visible_to(request.user)
        .prefetch_related("expertise__category")
        .order_by("person__name")
    )
    return render(request, "evaluation/experts.html", {"page": page_of(request, rows)})


@signed_in
def enrol(request: HttpRequest) -> HttpResponse:
    """Put a person on the list."""
    gate(request.user, "enrol_expert")
    form = ExpertForm(*posted(request))
    if form.sent() and (row := form.attempt(enrol_expert, form.person, actor=request.user)):
        return done(request, _("The expert is on the list."), "evaluation:expert", row.pk)
    context = {
        "title": _("Enrol an expert"),
        "form": form,
        "submit": _("Enrol"),
        "back": redirect("evaluation:experts").url,
    }
    return render(request, "base/form_page.html", context)


@signed_in
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    """One expert and what binds them to organisations."""
    found = visible_or_404(experts_visible_to(request.user), pk=pk)
    ties = ties_visible_to(request.user).filter(expert=found).order_by("-began_on", "pk")
    known = found.expertise.select_related("category", "confirmed_by")
    context = {"expert": found, "ties": ties, "known": known}
    return render(request, "evaluation/expert.html", context)


@signed_in
@require_POST
def availability(request: HttpRequest, pk: int) -> HttpResponse:
    """On or off the list."""
    found = visible_or_404(experts_visible_to(request.user), pk=pk)
    wanted = not found.available
    said = _("May be drawn again.") if wanted else _("Will not be drawn until put back.")
    back = redirect("evaluation:expert", pk).url
    return press(request, change_availability, found, available=wanted, said=said, to=back)


@signed_in
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """State what binds an expert to an organisation."""
    found = visible_or_404(experts_visible_to(request.user), pk=pk)
    gate(request.user, "state_tie", found)
    form = TieForm(*posted(request))
    if form.sent() and form.attempt(state_tie, found, actor=request.user):
        return done(request, _("The tie is on record."), "evaluation:expert", pk)
    context = {
        "title": _("State a tie"),
        "lead": _("Whoever is bound to a bidder neither sees nor judges its proposal."),
        "form": form,
        "submit": _("State it"),
        "back": redirect("evaluation:expert", pk).url,
    }
    return render(request, "base/form_page.html", context)


@signed_in
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when a tie ended."""
    found = visible_or_404(ties_visible_to(request.user).filter(ended_on=None), pk=pk)
    gate(request.user, "end_tie", found.expert)
    form = EndTieForm(*posted(request))
    if form.sent() and form.attempt(end_tie, found, actor=request.user):
        return done(request, _("The end is on record."), "evaluation:expert", found.expert_id)
    context = {
        "title": _("End a tie"),
        "lead": _("It still counts for three years."),
        "form": form,
        "submit": _("Save"),
        "back": redirect("evaluation:expert", found.expert_id).url,
    }
    return render(request, "base/form_page.html", context)
