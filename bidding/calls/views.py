"""The public pages of calls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from bidding.calls.filters import CallFilter
from bidding.calls.hindrances import Hindrance, listed, may_bid, may_bid_in_public
from bidding.calls.models import Amendment, Call, Criterion, Lot
from bidding.calls.operations import ask_clarification
from bidding.calls.queries import (
    calls_visible_to,
    clarifications_visible_to,
    in_phase,
    with_money,
)
from bidding.calls.question_forms import AskForm
from bidding.calls.rule_models import RuleChange
from bidding.calls.states import CallState, Phase, phase_of
from bidding.calls.versions import versions_of
from bidding.needs.states import NeedState
from foundation import clock, uscc
from foundation.face.values import own_words
from foundation.forms import Form, posted
from foundation.http import done, gate, page_of, signed_in, visible_or_404
from foundation.organisations.codes import fault_sentence
from foundation.organisations.queries import organisations_of
from foundation.organisations.standing import standings_of, with_bans
from foundation.pace import within_pace
from foundation.permissions import can

CHECKS_AN_HOUR = 20

TABS = {
    "open": (gettext_lazy("Open"), (Phase.OPEN,), "closes_at"),
    "upcoming": (gettext_lazy("Upcoming"), (Phase.UPCOMING,), "opens_at"),
    "past": (
        gettext_lazy("Past"),
        (Phase.CLOSED, Phase.OPENED, Phase.DECIDED, Phase.CANCELLED, Phase.VOID),
        "-closes_at",
    ),
}


def calls(request: HttpRequest) -> HttpResponse:
    """Calls for proposals: open now, coming, and past."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "open"
    now = clock.now()
    _label, phases, order = TABS[tab]
    visible = calls_visible_to(request.user).exclude(state=CallState.DRAFT)
    rows = in_phase(visible, phases[0], now)
    for phase in phases[1:]:
        rows = rows | in_phase(visible, phase, now)
    chosen = CallFilter(request.GET, rows)
    found = with_money(Call.objects.filter(pk__in=chosen.qs.values("pk")))
    page = page_of(request, found.prefetch_related("lots__category").order_by(order, "pk"))
    context = {
        "tab": tab,
        "tabs": [(name, label, name == tab) for name, (label, _p, _o) in TABS.items()],
        "filterset": chosen,
        "page": page,
        "cards": [(one, phase_of(one, now)) for one in page],
    }
    return render(request, "calls/calls.html", context)


def call(request: HttpRequest, number: str) -> HttpResponse:
    """A call: its facts, lots, criteria, needs, questions and answers, and whether one may bid."""
    found: Any = visible_or_404(_with_changes(calls_visible_to(request.user)), number=number)
    phase = phase_of(found, clock.now())
    answered = clarifications_visible_to(request.user).filter(call=found)
    lots = list(found.lots.select_related("category"))
    criteria = list(found.criteria.order_by("position"))
    context = {
        "call": found,
        "title": own_words(found, "title"),
        "phase": phase,
        "money_fen": sum(lot.ceiling_fen for lot in lots),
        "lots": lots,
        "criteria": criteria,
        "scores_price": any(criterion.by_price for criterion in criteria),
        "needs": found.needs.filter(state=NeedState.PUBLISHED).select_related("category"),
        "answers": answered.exclude(answered_at=None),
        "void": [lot for lot in lots if lot.voided_at],
        "reruns": _reruns(request, found),
        **_changed(found, lots, criteria),
        "bidders": _bidders(request, found) if phase in (Phase.OPEN, Phase.UPCOMING) else [],
        "may_ask": _may_ask(request.user, found),
        "is_open": phase == Phase.OPEN,
        "is_draft": phase == Phase.DRAFT,
    }
    return render(request, "calls/call.html", context)


def _with_changes(rows: QuerySet[Call]) -> QuerySet[Call]:
    """Each call with whether it was amended and whether it departs from its rule set."""
    return rows.annotate(
        amended=Exists(Amendment.objects.filter(call=OuterRef("pk"))),
        departs=Exists(RuleChange.objects.filter(call=OuterRef("pk"))),
    )


def _reruns(request: HttpRequest, found: Call) -> dict[str, Any]:
    """The call this one runs again, and the one that runs this one's void lots again."""
    visible = calls_visible_to(request.user)
    is_over = found.state == CallState.VOID or found.opened_at is not None
    return {
        "earlier": visible.filter(pk=found.reruns_id).first() if found.reruns_id else None,
        "later": visible.filter(reruns=found).first() if is_over else None,
    }


def _changed(found: Any, lots: list[Lot], criteria: list[Criterion]) -> dict[str, Any]:
    """Its versions, and its own rules: most calls have neither, and none are looked for."""
    amendments = list(found.amendments.all()) if found.amended else []
    return {
        "versions": versions_of(amendments, lots, criteria),
        "changes": list(found.rule_changes.all()) if found.departs else [],
    }


def _may_ask(person: Any, found: Call) -> bool:
    with clock.at(clock.now()):  # what is shown; asking itself goes by the database's clock
        return can(person, "ask_clarification", found)


def _bidders(request: HttpRequest, found: Call) -> list[tuple[Any, list[Hindrance]]]:
    """The organisations the person acts for, each with what stands in its way."""
    mine = list(with_bans(organisations_of(request.user, acting=True).exclude(kind="union"))[:3])
    standings = standings_of(mine)
    with clock.at(clock.now()):  # the page says what holds as it is made; submitting asks again
        return [(one, may_bid(one, found, standings[one.pk])) for one in mine]


class CodeForm(Form):
    """A credit code, checked as far as a code can be checked."""

    uscc = forms.CharField(
        label=gettext_lazy("unified social credit code"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("18 characters, as on the certificate of registration."),
    )

    def clean_uscc(self) -> str:
        """The code as it is kept, or what is wrong with it."""
        code = uscc.normalised(self.cleaned_data["uscc"])
        if listed(code) is None and (fault := fault_sentence(code)):  # some are let through
            raise forms.ValidationError(fault)
        return code


@never_cache
def check_bidder(request: HttpRequest, number: str) -> HttpResponse:
    """May an organisation bid? For anybody who knows its code, out of what is public."""
    found = visible_or_404(calls_visible_to(request.user), number=number)
    form, context = CodeForm(*posted(request)), {}
    if form.sent():
        if not within_pace(request, "check_bidder", CHECKS_AN_HOUR):
            form.add_error(None, _("Many codes came from this connection. Try again in an hour."))
        else:
            context = _checked(form.cleaned_data["uscc"], found)
    title = _("May my organisation bid?")
    context |= {"call": found, "form": form, "title": title}
    return render(request, "calls/may_bid.html", context)


def _checked(code: str, found: Call) -> dict[str, Any]:
    organisation = listed(code)
    hindrances = may_bid_in_public(organisation, found) if organisation else []
    return {"code": code, "organisation": organisation, "hindrances": hindrances}


@signed_in
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask a question about a call, for an organisation one acts for."""
    found = visible_or_404(calls_visible_to(request.user), number=number)
    gate(request.user, "ask_clarification", found)
    mine = organisations_of(request.user, acting=True)
    form = AskForm(*posted(request), organisations=mine)
    if form.sent() and form.attempt(ask_clarification, found, actor=request.user):
        return done(request, _("Your question was sent. The answer will be public."), found)
    context = {
        "base": "base/page.html",
        "form": form,
        "title": _("Ask about this call"),
        "lead": own_words(found, "title"),
        "submit": _("Send the question"),
        "back": reverse("calls:call", args=[number]),
    }
    return render(request, "base/form_page.html", context)
