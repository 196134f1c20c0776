"""Pages of the lots at the line: the public one, and the officer's two forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding.evaluation.lottery_queries import facts_of, lotteries, lottery_page
from bidding.evaluation.operations import announce_lottery, type_numbers
from bidding.evaluation.queries import rankings_visible_to
from foundation.face.fields import MomentField
from foundation.forms import Form, posted
from foundation.http import done, gate, signed_in, visible_or_404


class LotteryForm(Form):
    """Which issue of the public draw, and when it is held."""

    issue = forms.CharField(
        label=gettext_lazy("issue"),
        max_length=40,
        help_text=gettext_lazy("As it is printed, for example 2026135."),
    )
    drawn_at = MomentField(
        label=gettext_lazy("held"), help_text=gettext_lazy("It has to lie ahead.")
    )
    reason = forms.CharField(
        label=gettext_lazy("why another issue"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Only where one was named before whose moment has passed."),
    )


class NumbersForm(Form):
    """What came."""

    numbers = forms.CharField(
        label=gettext_lazy("numbers"),
        max_length=120,
        help_text=gettext_lazy(
            "In the order they are published, for example 06 11 17 23 28 30 09."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("why corrected"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Only where other numbers were typed before. It is published."),
    )


def lottery(request: HttpRequest, number: str) -> HttpResponse:
    """The draw that was named, public at once; who is in it, where one may see the ranking."""
    found = lotteries().filter(ranking__call__number=number).order_by("-pk")
    last = visible_or_404(found, pk=getattr(found.first(), "pk", None))
    sees = rankings_visible_to(request.user).filter(pk=last.ranking_id).exists()
    context: dict[str, Any] = {"lottery": last, "ranking": last.ranking, "call": last.ranking.call}
    context["lots"] = lottery_page(last.ranking) if sees else {}
    context["announced"] = list(reversed(found))
    return render(request, "evaluation/lottery.html", context)


def lottery_file(request: HttpRequest, number: str) -> HttpResponse:
    """Everything to draw again, for whoever may see the ranking."""
    found = visible_or_404(rankings_visible_to(request.user), call__number=number)
    return JsonResponse(facts_of(found), json_dumps_params={"ensure_ascii": False})


@signed_in
def announce(request: HttpRequest, number: str) -> HttpResponse:
    """Name the draw."""
    found = visible_or_404(rankings_visible_to(request.user), call__number=number)
    gate(request.user, "announce_lottery", found)
    form = LotteryForm(*posted(request))
    if form.sent() and form.attempt(announce_lottery, found, actor=request.user):
        said = _("Public, and every bidder is told. Type the numbers when they have come.")
        return done(request, said, "evaluation:standing", number)
    context = {
        "title": _("Name the public draw"),
        "lead": found.call.lottery_source,
        "form": form,
        "submit": _("Announce it"),
        "back": redirect("evaluation:standing", number).url,
    }
    return render(request, "base/form_page.html", context)


@signed_in
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Type what came."""
    rows = lotteries().filter(ranking__in=rankings_visible_to(request.user))
    found = visible_or_404(rows, pk=pk)
    gate(request.user, "type_numbers", found)
    form, number = NumbersForm(*posted(request)), found.ranking.call.number
    if form.sent() and form.attempt(type_numbers, found, actor=request.user):
        return done(request, _("The lots are drawn."), "evaluation:standing", number)
    context = {
        "title": _("Type the numbers"),
        "lead": f"{found.source} · {found.issue}",
        "form": form,
        "submit": _("Draw the lots"),
        "back": redirect("evaluation:standing", number).url,
    }
    return render(request, "base/form_page.html", context)
