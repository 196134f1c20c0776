"""The officer's pages of a roadshow: planned, put in order, run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bidding.evaluation import operations
from bidding.evaluation.queries import calls_in_evaluation
from bidding.evaluation.roadshow_forms import (
    OrderForm,
    PlanForm,
    RoadshowForm,
    StageReasonForm,
)
from bidding.evaluation.roadshow_models import Roadshow, Turn
from bidding.evaluation.roadshow_pages import board_page, console_page
from bidding.evaluation.roadshow_queries import roadshows_visible_to, turns_of, turns_visible_to
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404


def _roadshow(request: HttpRequest, pk: int) -> Roadshow:
    return visible_or_404(roadshows_visible_to(request.user), pk=pk)


@signed_in
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Plan a roadshow for a call, or one of its lots."""
    call = visible_or_404(calls_in_evaluation(request.user), number=number)
    gate(request.user, "plan_roadshow", call)
    data, _files = posted(request)
    form = PlanForm(data, call=call)
    if form.sent() and (made := form.attempt(operations.plan_roadshow, call, actor=request.user)):
        return done(request, _("The order is drawn. Look at it, then announce it."), made)
    context = {
        "title": _("Plan a roadshow"),
        "lead": _(
            "The running order is drawn by a seed that was fixed when the envelopes were opened; "
            "nobody is put on two stages at once. Nobody is told before you announce it."
        ),
        "form": form,
        "submit": _("Plan it"),
        "back": redirect("evaluation:call", number).url,
    }
    return render(request, "base/form_page.html", context)


@signed_in
@never_cache
def console(request: HttpRequest, pk: int) -> HttpResponse:
    """The roadshow as whoever runs it needs it."""
    found = _roadshow(request, pk)
    return render(request, "evaluation/roadshow.html", console_page(found, request.user))


@signed_in
@never_cache
def console_now(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the officer's page that changes by itself."""
    found = _roadshow(request, pk)
    return render(request, "evaluation/on_stage.html", board_page(found))


@signed_in
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another place, time or rhythm."""
    found = _roadshow(request, pk)
    gate(request.user, "change_roadshow", found)
    data, _files = posted(request)
    form = RoadshowForm(data, roadshow=found)
    if form.sent() and form.attempt(operations.change_roadshow, found, actor=request.user):
        return done(request, _("Changed. Whoever had been told was told again."), found)
    context = {
        "title": _("Place and time"),
        "lead": _("Where an officer set the order it stays; else it is drawn by the same seed."),
        "form": form,
        "submit": _("Save"),
        "back": found.get_absolute_url(),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the order by hand."""
    found = _roadshow(request, pk)
    gate(request.user, "set_running_order", found)
    data, _files = posted(request)
    form = OrderForm(data, turns=list(turns_of(found)))
    if form.sent() and form.attempt(operations.set_running_order, found, actor=request.user):
        return done(request, _("The order is set, with your reason."), found)
    context = {
        "title": _("Running order"),
        "lead": _("Give every proposal its place. You can go back to the drawn order later."),
        "form": form,
        "submit": _("Set the order"),
        "back": found.get_absolute_url(),
    }
    return render(request, "base/form_page.html", context)


def _button(verb: Callable[..., Any], said: Any) -> Callable[..., HttpResponse]:
    """A view that does one thing to a roadshow and comes back to its page."""

    @signed_in
    @require_POST
    def pressed(request: HttpRequest, pk: int) -> HttpResponse:
        found = _roadshow(request, pk)
        return press(request, verb, found, said=said, to=found.get_absolute_url())

    pressed.__name__ = verb.__name__
    pressed.__doc__ = verb.__doc__
    return pressed


draw = _button(operations.draw_running_order, gettext_lazy("The drawn order holds again."))
announce = _button(operations.announce_roadshow, gettext_lazy("Everybody concerned is told."))
start = _button(operations.start_roadshow, gettext_lazy("The stage is open. Call the first."))
pause = _button(operations.pause_roadshow, gettext_lazy("The clock is held."))
resume = _button(operations.resume_roadshow, gettext_lazy("The clock goes on."))
show = _button(operations.show_results, gettext_lazy("The board shows the results."))
finish = _button(operations.finish_roadshow, gettext_lazy("The roadshow is over."))


@signed_in
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a plan."""
    found = _roadshow(request, pk)
    said, call = _("The plan is gone."), found.call.number
    gone = redirect("evaluation:call", call).url
    return press(
        request,
        operations.drop_roadshow,
        found,
        said=said,
        to=found.get_absolute_url(),
        onward=lambda _nothing: gone,
    )


def _turn(request: HttpRequest, pk: int) -> Turn:
    return visible_or_404(turns_visible_to(request.user), pk=pk)


@signed_in
@require_POST
def call_turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a proposal on stage."""
    found = _turn(request, pk)
    said = _("“%(title)s” is on stage.") % {"title": found.proposal.title}
    return press(request, operations.call_turn, found, said=said, to=found.roadshow)


def _with_reason(
    request: HttpRequest, pk: int, verb: Callable[..., Any], words: dict[str, Any], **form: Any
) -> HttpResponse:
    """Do one thing to a turn for a reason, and come back to the roadshow."""
    found = _turn(request, pk)
    gate(request.user, verb.__name__, found)
    data, _files = posted(request)
    asked = StageReasonForm(data, **form)
    if asked.sent() and asked.attempt(verb, found, actor=request.user):
        return done(request, words.pop("said"), found.roadshow)
    context = {"form": asked, "back": found.roadshow.get_absolute_url(), **words}
    context["lead"] = f"{found.proposal.title}：{words['lead']}"
    return render(request, "base/form_page.html", context)


@signed_in
def close_turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the scoring; with a reason where points are missing."""
    words = {
        "title": _("Close the scoring"),
        "lead": _("a reason is needed only where points of a judge are missing."),
        "submit": _("Close the scoring"),
        "said": _("The scoring is closed."),
    }
    return _with_reason(request, pk, operations.close_turn, words, demanded=False)


@signed_in
def reopen_turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the scoring again for those who are missing."""
    words = {
        "title": _("Open the scoring again"),
        "lead": _("judges who have not given their points can do it now; final ones stay."),
        "submit": _("Open it again"),
        "said": _("The judges can give points again."),
    }
    return _with_reason(request, pk, operations.reopen_turn, words)


@signed_in
def skip_turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass over who did not come."""
    words = {
        "title": _("Pass over"),
        "lead": _(
            "it can still be called until the roadshow is finished; then it has no points for what "
            "is scored on stage."
        ),
        "submit": _("Pass over"),
        "said": _("Passed over."),
    }
    return _with_reason(request, pk, operations.skip_turn, words)
