"""Pages of being paid through Stripe: the organisation's account, and payments that come back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.errors import DomainError, Forbidden
from foundation.forms import posted
from foundation.http import done, gate, signed_in, visible_or_404
from foundation.organisations.queries import organisations_visible_to
from marketplace.payments import connect
from marketplace.payments.connect_models import ConnectedAccount
from marketplace.payments.forms import ReasonForm, ReturnForm
from marketplace.payments.part_returns import come_back
from marketplace.payments.queries import payouts_visible_to


@signed_in
def start_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Be paid through Stripe: what that means, then the way to Stripe's own pages."""
    organisation = visible_or_404(organisations_visible_to(request.user), pk=pk)
    gate(request.user, "start_account", organisation)
    link, refusal = "", ""
    if request.method == "POST":
        back = f"{settings.BASE_URL}{reverse('payments:desk')}"
        try:
            link = connect.go_to_onboarding(organisation, back_to=back, actor=request.user)
        except Forbidden:
            raise
        except DomainError as why:
            refusal = str(why)
    context = {
        "organisation": organisation,
        "account": ConnectedAccount.objects.filter(organisation=organisation).first(),
        "link": link,
        "refusal": refusal,
    }
    return render(request, "payments/start_account.html", context)


@signed_in
def return_payout(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that a payment by the bank came back."""
    payout = visible_or_404(payouts_visible_to(request.user), pk=pk)
    gate(request.user, "return_payout", payout)
    form = ReturnForm(*posted(request), initial={"amount_fen": payout.kept_fen})
    if form.sent() and form.attempt(come_back, payout, actor=request.user):
        said = _("It is owed again; the organisation has been told.")
        return done(request, said, "payments:batch", payout.batch.number)
    context = {
        "title": _("The payment came back"),
        "lead": _("%(reference)s to %(organisation)s: what came back is owed again.")
        % {"reference": payout.reference, "organisation": payout.payable.organisation},
        "form": form,
        "submit": _("Enter that it came back"),
        "tone": "danger",
        "back": reverse("payments:batch", args=[payout.batch.number]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def recall_payout(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a transfer at Stripe taken back."""
    payout = visible_or_404(payouts_visible_to(request.user), pk=pk)
    gate(request.user, "recall_payout", payout)
    form = ReasonForm(*posted(request))
    if form.sent() and form.attempt(connect.recall_payout, payout, actor=request.user):
        said = _("Stripe is asked to take it back; until then it counts as paid.")
        return done(request, said, "payments:batch", payout.batch.number)
    context = {
        "title": _("Take the transfer back"),
        "lead": _("%(reference)s to %(organisation)s: Stripe takes it from its account there.")
        % {"reference": payout.reference, "organisation": payout.payable.organisation},
        "form": form,
        "submit": _("Take it back"),
        "tone": "danger",
        "back": reverse("payments:batch", args=[payout.batch.number]),
    }
    return render(request, "base/form_page.html", context)
