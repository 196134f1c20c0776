"""Desk pages of the federation's own bank accounts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404
from foundation.organisations.queries import federation, organisations_visible_to
from foundation.permissions import can
from marketplace.payments import own_accounts as acts
from marketplace.payments.forms import BankAccountForm
from marketplace.payments.queries import own_accounts
from marketplace.payments.rules import reads_border
from marketplace.payments.tabs import tabs_of


@signed_in
def bank_accounts(request: HttpRequest) -> HttpResponse:
    """The accounts unions pay into and payments leave from."""
    if not reads_border.test(request.user, None):
        raise Forbidden(_("The federation's bank accounts are for fund managers and auditors."))
    root = federation()
    context = {
        "accounts": own_accounts(),
        "federation": root,
        "may_state": root is not None and can(request.user, "add_bank_account", root),
        "tabs": tabs_of(request.user, "lines"),
    }
    return render(request, "payments/bank_accounts.html", context)


@signed_in
def add_bank_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an account from which the federation pays."""
    organisation = visible_or_404(organisations_visible_to(request.user), pk=pk)
    gate(request.user, "add_bank_account", organisation)
    form = BankAccountForm(*posted(request), initial={"holder": organisation.name})
    if form.sent() and form.attempt(acts.add_bank_account, organisation, actor=request.user):
        said = _("Whoever makes a batch can choose this account from now on.")
        return done(request, said, "payments:bank_accounts")
    context = {
        "title": _("Add an account we pay from"),
        "lead": _("Unions go on paying into the account they know."),
        "form": form,
        "submit": _("Add this account"),
        "back": reverse("payments:bank_accounts"),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def close_bank_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account the federation paid from."""
    account = visible_or_404(own_accounts(), pk=pk)
    to = reverse("payments:bank_accounts")
    if request.method == "POST":
        said = _("Nothing leaves from this account any more.")
        return press(request, acts.close_bank_account, account, said=said, to=to)
    gate(request.user, "close_bank_account", account)
    context = {
        "title": _("Close account …%(digits)s") % {"digits": account.number[-4:]},
        "lead": account.bank,
        "says": _(
            "No batch can leave from it any more. Batches that wait to be sent from it have to be "
            "taken apart and made anew; those that were sent keep saying so."
        ),
        "submit": _("Close it"),
        "back": to,
    }
    return render(request, "base/confirm.html", context)
