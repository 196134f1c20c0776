"""The board in the hall, and the judge's page for a phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bidding.evaluation.operations import give_points
from bidding.evaluation.roadshow_forms import PointsForm
from bidding.evaluation.roadshow_models import LiveSheet, Roadshow, Turn
from bidding.evaluation.roadshow_pages import board_page, judges_page, seen_of
from bidding.evaluation.roadshow_queries import (
    boards,
    live_criteria,
    roadshows_judged_by,
    turns_of,
)
from bidding.evaluation.states import TurnState
from foundation import clock
from foundation.face.qr import code_of
from foundation.http import done, number_in, signed_in, visible_or_404
from foundation.notifications.operations import path_to


@never_cache
def board(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the hall sees: the stage, the clock, the results that were shown."""
    found = visible_or_404(boards(), key=key)
    return render(request, "evaluation/board.html", board_page(found))


@never_cache
def board_now(request: HttpRequest, key: UUID) -> HttpResponse:
    """The part of the board that changes; the hall asks for it every other second."""
    found = visible_or_404(boards(), key=key)
    return render(request, "evaluation/board_now.html", board_page(found))


@never_cache
def board_seen(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a page that follows the board has to stand for now."""
    found = visible_or_404(boards(), key=key)
    turn = found.turns.filter(state=TurnState.ON_STAGE).first()
    return HttpResponse(seen_of(found, turn, None), content_type="text/plain")


def board_code(request: HttpRequest, key: UUID) -> HttpResponse:
    """The board's address as a QR code, so that the hall follows on its phones."""
    found = visible_or_404(boards(), key=key)
    address = request.build_absolute_uri(path_to("evaluation:board", str(found.key)))
    return HttpResponse(code_of(address), content_type="image/svg+xml")


@signed_in
@never_cache
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is on stage, and what one gives them; what is typed is kept as it is typed."""
    found = visible_or_404(roadshows_judged_by(request.user), pk=pk)
    if request.method == "POST":
        return _given(request, found)
    page = judges_page(found, request.user)
    turn = page["stage"]["turn"]
    form = None
    if turn and page["theirs"]:
        form = PointsForm(turn=turn, criteria=page["criteria"], sheet=page["sheet"])
    return render(request, "evaluation/stage.html", {**page, "form": form})


def _given(request: HttpRequest, roadshow: Roadshow) -> HttpResponse:
    """Points came: kept as a draft, or made final; a refusal says what to do."""
    sent_for = number_in(request.POST.get("turn", ""))
    turn: Turn = visible_or_404(turns_of(roadshow), pk=sent_for)
    criteria = list(live_criteria(roadshow.call))
    form = PointsForm(request.POST, turn=turn, criteria=criteria, sheet=None)
    by_itself = "X-Autosave" in request.headers
    is_draft = by_itself or "final" not in request.POST
    kept = form.sent()
    if kept:
        key = None if is_draft else form.cleaned_data["key"]
        kept = form.attempt(give_points, turn, key=key, actor=request.user)
    if by_itself:
        return _autosaved(kept, form)
    if kept:
        said = _("Saved as a draft.") if is_draft else _("Your points are final. Thank you.")
        return done(request, said, "evaluation:stage", roadshow.pk)
    return _refused(request, roadshow, turn, form)


def _refused(
    request: HttpRequest, roadshow: Roadshow, turn: Turn, form: PointsForm
) -> HttpResponse:
    """The page with what was typed and why it cannot stand; where the stage has moved on, the
    page of who is there now."""
    page = judges_page(roadshow, request.user)
    now = page["stage"]["turn"]
    if now and now.pk == turn.pk:
        return render(request, "evaluation/stage.html", {**page, "form": form})
    page["refused"] = form.non_field_errors()
    if now and page["theirs"]:
        page["form"] = PointsForm(turn=now, criteria=page["criteria"], sheet=page["sheet"])
    return render(request, "evaluation/stage.html", page)


def _autosaved(kept: Any, form: PointsForm) -> JsonResponse:
    if not kept:
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"said": _("Not saved: %(why)s") % {"why": said}}, status=422)
    at = localtime(clock.now())
    return JsonResponse({"said": _("Saved as a draft at %(time)s.") % {"time": f"{at:%H:%M}"}})


@signed_in
@never_cache
def stage_now(request: HttpRequest, pk: int) -> HttpResponse:
    """What a judge's page has to stand for now; a page that stands for something else is old."""
    found = visible_or_404(roadshows_judged_by(request.user), pk=pk)
    turn = found.turns.filter(state=TurnState.ON_STAGE).first()
    sheet = LiveSheet.objects.filter(turn=turn, seat__expert__person=request.user.pk).first()
    return HttpResponse(seen_of(found, turn, sheet), content_type="text/plain")
