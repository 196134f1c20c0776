"""Desk pages of money on its way in: announced sums, paying at Stripe, deposits, refunds."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.money import yuan
from foundation.permissions import can
from marketplace.payments import checkout as paying
from marketplace.payments import deposit_queries, gateway, queries
from marketplace.payments import operations as acts
from marketplace.payments import refunds as giving_back
from marketplace.payments.deposit_forms import (
    DepositForm,
    NoteForm,
    PaidBackForm,
    RefundForm,
    RemittanceForm,
)
from marketplace.payments.deposit_models import Deposit
from marketplace.payments.rules import reads_payments
from marketplace.payments.states import CheckoutState
from marketplace.payments.tabs import tabs_of


@signed_in
def deposits(request: HttpRequest) -> HttpResponse:
    """Unions' own money that arrived, and what was announced and is awaited."""
    rows = queries.deposits_visible_to(request.user).order_by("-pk")
    announced = deposit_queries.remittances_visible_to(request.user).filter(state="open")
    context = {
        "page": page_of(request, rows),
        "announced": announced[:20],
        "may_announce": can(request.user, "announce_remittance"),
        "may_deposit": can(request.user, "record_deposit"),
        "owing": deposit_queries.shortfalls_visible_to(request.user).exists(),
        "tabs": tabs_of(request.user, "deposits"),
    }
    return render(request, "payments/deposits.html", context)


@signed_in
def shortfalls(request: HttpRequest) -> HttpResponse:
    """What unions owe for deposits that were taken back after they were spent, and what to do."""
    page = page_of(request, deposit_queries.shortfalls_visible_to(request.user))
    context = {
        "page": page,
        "rows": deposit_queries.explained(list(page)),
        "may_announce": can(request.user, "announce_remittance"),
        "reads_book": reads_payments.test(request.user, None),
        "tabs": tabs_of(request.user, "deposits"),
    }
    return render(request, "payments/shortfalls.html", context)


@signed_in
def record_deposit(request: HttpRequest) -> HttpResponse:
    """Enter money of a union that arrived at the bank."""
    gate(request.user, "record_deposit")
    form = DepositForm(*posted(request))
    if form.sent():
        fund = form.cleaned_data["fund"]
        if form.attempt(acts.record_deposit, fund, actor=request.user):
            said = _("The deposit is entered; the union can pledge it now.")
            return done(request, said, "payments:deposits")
    context = {
        "title": _("Enter a deposit"),
        "lead": _("A union's own money, as the bank's statement shows it."),
        "form": form,
        "submit": _("Enter the deposit"),
        "back": reverse("payments:deposits"),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def announce_remittance(request: HttpRequest) -> HttpResponse:
    """Announce that a union will pay money of its own in."""
    gate(request.user, "announce_remittance")
    asked = ("purpose", "buyer", "fund", "amount_fen")
    initial = {name: request.GET[name] for name in asked if name in request.GET}
    form = RemittanceForm(*posted(request), person=request.user, initial=initial)
    if form.sent():
        buyer = form.cleaned_data["buyer"]
        made = form.attempt(paying.announce_remittance, buyer, actor=request.user)
        if made:
            said = _("Announced. Here is how to pay.")
            return done(request, said, "payments:remittance", made.pk)
    context = {
        "title": _("Pay own money in"),
        "lead": _("Say how much; then you get a reference for the bank, or pay online."),
        "form": form,
        "submit": _("Go on"),
        "back": reverse("payments:deposits"),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def remittance(request: HttpRequest, pk: int) -> HttpResponse:
    """One announced sum: how to pay it, and whether it has arrived."""
    found = visible_or_404(deposit_queries.remittances_visible_to(request.user), pk=pk)
    pages = list(found.checkouts.order_by("-pk")[:5])
    context = {
        "remittance": found,
        "account": deposit_queries.account_to_pay_into(),
        "pages": pages,
        "open_page": next((page for page in pages if page.state == CheckoutState.OPEN), None),
        "deposits": found.deposits.order_by("pk"),
        "may_pay": can(request.user, "start_checkout", found),
        "may_cancel": can(request.user, "cancel_remittance", found),
        "stripe": gateway.offered(),
        "tabs": tabs_of(request.user, "deposits"),
    }
    return render(request, "payments/remittance.html", context)


@signed_in
@require_POST
def cancel_remittance(request: HttpRequest, pk: int) -> HttpResponse:
    """Call an announced sum off."""
    found = visible_or_404(deposit_queries.remittances_visible_to(request.user), pk=pk)
    to = reverse("payments:remittance", args=[pk])
    said = _("It is called off. Please do not pay it any more.")
    return press(request, paying.cancel_remittance, found, said=said, to=to)


@signed_in
@require_POST
def start_checkout(request: HttpRequest, pk: int) -> HttpResponse:
    """Have Stripe open a page for it; the person goes there by a link of their own."""
    found = visible_or_404(deposit_queries.remittances_visible_to(request.user), pk=pk)
    to = reverse("payments:remittance", args=[pk])
    said = _("The page to pay on is open: go there now.")
    return press(
        request,
        paying.go_to_stripe,
        found,
        said=said,
        to=to,
        back_to=f"{settings.BASE_URL}{to}",
        language=get_language() or "zh-hans",
    )


@signed_in
def deposit(request: HttpRequest, pk: int) -> HttpResponse:
    """One deposit: where it came from, what of it went back, and what was done."""
    found = visible_or_404(queries.deposits_visible_to(request.user), pk=pk)
    context = {
        "deposit": found,
        "refunds": found.refunds.order_by("-pk"),
        "disputes": found.disputes.order_by("-pk"),
        "left_fen": giving_back.left_of(found),
        "may_refund": can(request.user, "refund_deposit", found),
        "may_settle": can(request.user, "record_deposit"),
        "by_hand": found.source != Deposit.Source.STRIPE,
        "tabs": tabs_of(request.user, "deposits"),
    }
    return render(request, "payments/deposit.html", context)


@signed_in
def refund_deposit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a union money back: first how much and why, then what will happen, then done."""
    found = visible_or_404(queries.deposits_visible_to(request.user), pk=pk)
    gate(request.user, "refund_deposit", found)
    most = max(min(giving_back.left_of(found), queries.free_own(found.fund, found.buyer)), 0)
    form = RefundForm(*posted(request), initial={"amount_fen": most})
    if form.sent() and "sure" not in request.POST:
        return _ask_again(request, form, found, form.cleaned_data["amount_fen"])
    if form.sent() and form.attempt(giving_back.refund_deposit, found, actor=request.user):
        return done(request, _("It goes back to the union."), "payments:deposit", pk)
    lead = _("At most %(most)s can go back: the rest went back already, or is promised or spent.")
    context = {
        "title": _("Give money back"),
        "lead": lead % {"most": yuan(most)},
        "form": form,
        "submit": _("Go on"),
        "back": reverse("payments:deposit", args=[pk]),
    }
    return render(request, "base/form_page.html", context)


def _ask_again(
    request: HttpRequest, form: RefundForm, found: Deposit, amount_fen: int
) -> HttpResponse:
    """The second step: what will happen, with everything typed carried along unseen."""
    way = (
        _("Stripe pays it back the way it came.")
        if found.source == Deposit.Source.STRIPE
        else _("You pay it back from the bank and enter the bank's reference here afterwards.")
    )
    says = _("%(amount)s goes back to %(union)s and is no longer its own money here. %(way)s")
    context = {
        "title": _("Give %(amount)s back?") % {"amount": yuan(amount_fen)},
        "says": says % {"amount": yuan(amount_fen), "union": found.buyer, "way": way},
        "kept": [(name, form.data[name]) for name in form.fields],
        "submit": _("Yes, give it back"),
        "tone": "danger",
        "back": reverse("payments:refund_deposit", args=[found.pk]),
    }
    return render(request, "payments/sure.html", context)


@signed_in
def confirm_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that the bank has paid a refund."""
    found = visible_or_404(deposit_queries.refunds_visible_to(request.user), pk=pk)
    gate(request.user, "confirm_refund", found)
    form = PaidBackForm(*posted(request))
    if form.sent() and form.attempt(giving_back.confirm_refund, found, actor=request.user):
        return done(request, _("The refund is confirmed."), "payments:deposit", found.deposit_id)
    context = {
        "title": _("The bank has paid it back"),
        "lead": f"{found.deposit.buyer} · {yuan(found.amount_fen)}",
        "form": form,
        "submit": _("Confirm"),
        "back": reverse("payments:deposit", args=[found.deposit_id]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def fail_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that a refund could not be paid."""
    found = visible_or_404(deposit_queries.refunds_visible_to(request.user), pk=pk)
    gate(request.user, "fail_refund", found)
    form = NoteForm(*posted(request))
    if form.sent() and form.attempt(giving_back.fail_refund, found, actor=request.user):
        said = _("The money is the union's own here again.")
        return done(request, said, "payments:deposit", found.deposit_id)
    context = {
        "title": _("The refund could not be paid"),
        "lead": f"{found.deposit.buyer} · {yuan(found.amount_fen)}",
        "form": form,
        "submit": _("Enter the failure"),
        "back": reverse("payments:deposit", args=[found.deposit_id]),
    }
    return render(request, "base/form_page.html", context)
