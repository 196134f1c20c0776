"""Desk pages of unions' budgets: what one has, passes on down the tree, takes back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, page_of, signed_in, visible_or_404
from foundation.organisations.queries import organisations_of, organisations_visible_to
from foundation.permissions import can
from marketplace.ledger import budgets as acts
from marketplace.ledger import queries, watch
from marketplace.ledger.forms import PassOnForm, TakeBackForm, WarningForm


@signed_in
def budgets(request: HttpRequest) -> HttpResponse:
    """The budgets of the unions the person keeps money for; with one union, straight to it."""
    unions = [u for u in organisations_of(request.user) if u.kind == "union"]
    if len(unions) == 1:
        return redirect("ledger:budget", unions[0].pk)
    return render(request, "ledger/budgets.html", {"unions": unions})


@signed_in
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """A union's own budget: its pockets in every fund and what became of them."""
    organisation = visible_or_404(organisations_visible_to(request.user), pk=pk)
    if not queries.may_see_budget(request.user, organisation):
        raise Forbidden(_("A union's budget is shown to the people who keep its money."))
    page = page_of(request, queries.buyers_pockets(organisation))
    context = {
        "organisation": organisation,
        "rows": queries.budget_against_actual(page.object_list),
        "page": page,
        "shortages": list(watch.shortages_of(union=organisation)),
        "passed": acts.passed_on([organisation]),
        "may_pass_on": can(request.user, "pass_on_budget", organisation)
        and acts.receivers_of(organisation).exists(),
    }
    return render(request, "ledger/budget.html", context)


def _step(request: HttpRequest, pk: int, law: str, form_class: Any, **words: Any) -> HttpResponse:
    """A form that moves a union's budget by the operation `law` names."""
    organisation = visible_or_404(organisations_visible_to(request.user), pk=pk)
    gate(request.user, law, organisation)
    form = form_class(*posted(request), giver=organisation)
    if form.sent() and form.attempt(getattr(acts, law), organisation, actor=request.user):
        return done(request, words["said"], "ledger:budget", organisation.pk)
    context = {
        "title": words["title"],
        "lead": words["lead"],
        "form": form,
        "submit": words["submit"],
        "back": reverse("ledger:budget", args=[organisation.pk]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def set_warning(request: HttpRequest, code: str) -> HttpResponse:
    """Say when people are warned that a fund, or a budget in it, runs low."""
    fund = visible_or_404(queries.funds_visible_to(request.user), code=code)
    gate(request.user, "set_warning", fund)
    form = WarningForm(*posted(request), initial={"percent": fund.warn_percent})
    if form.sent() and form.attempt(watch.set_warning, fund, actor=request.user):
        return done(request, _("The warning is set."), "ledger:fund", fund.code)
    context = {
        "title": _("When to warn"),
        "lead": _("The fund's keepers and the union are told once each time it falls below."),
        "form": form,
        "submit": _("Set the warning"),
        "back": reverse("ledger:fund", args=[fund.code]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def pass_on_budget(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass some of a union's budget on to one below it."""
    return _step(
        request,
        pk,
        "pass_on_budget",
        PassOnForm,
        title=_("Pass budget on"),
        lead=_("The union below can pledge it at once. What it has not promised can come back."),
        submit=_("Pass on"),
        said=_("The budget is passed on."),
    )


@signed_in
def take_back_budget(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was passed on and is still free."""
    return _step(
        request,
        pk,
        "take_back_budget",
        TakeBackForm,
        title=_("Take budget back"),
        lead=_("Only what you passed on yourselves, and only what nobody was promised."),
        submit=_("Take back"),
        said=_("The budget is yours again."),
    )
