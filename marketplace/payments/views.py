"""Desk pages of money out: payables, invoices, batches, bank accounts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.forms import Form, posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.money import capitals, yuan
from foundation.organisations.queries import federation, organisations_visible_to
from foundation.people.second_factor import fresh_second_factor_required
from foundation.permissions import can
from marketplace.ledger.models import Fund
from marketplace.ledger.names import name_references
from marketplace.payments import batches as bank
from marketplace.payments import gateway, queries
from marketplace.payments import operations as acts
from marketplace.payments.advice import advice_pdf
from marketplace.payments.filters import PayableFilter
from marketplace.payments.forms import (
    BankAccountForm,
    BatchForm,
    FailureForm,
    InvoiceForm,
    ReasonForm,
    SendForm,
)
from marketplace.payments.models import Batch, Payout
from marketplace.payments.rules import reads_payments
from marketplace.payments.tabs import tabs_of


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """What is owed and paid: all of it for the federation, an organisation's own for its people."""
    rows = queries.payables_visible_to(request.user).order_by("-pk")
    filterset = PayableFilter(request.GET, rows)
    everything = reads_payments.test(request.user, None)
    page = page_of(request, filterset.qs)
    context = {
        "filterset": filterset,
        "page": page,
        "called": name_references(request.user, [payable.reference for payable in page]),
        "sums": queries.sums_by_state(rows),
        "everything": everything,
        "stripe": gateway.connects(),
        "accounts": [] if everything else queries.accounts_of_mine(request.user),
        "ready": queries.funds_to_pay_from() if can(request.user, "make_batch") else [],
        "tabs": tabs_of(request.user, "desk"),
    }
    return render(request, "payments/desk.html", context)


@signed_in
def payable(request: HttpRequest, pk: int) -> HttpResponse:
    """One payable: what for, its invoice, and how its payment went."""
    payable = visible_or_404(queries.payables_visible_to(request.user), pk=pk)
    context = {
        "payable": payable,
        "about": name_references(request.user, [payable.reference]).get(payable.reference),
        "payouts": payable.payouts.select_related("batch", "bank_account", "connected_account")
        .prefetch_related("parts")
        .order_by("-pk"),
        "invoice": payable.billed_by,
        "may_enter": can(request.user, "enter_invoice", payable),
        "everything": reads_payments.test(request.user, None),
    }
    return render(request, "payments/payable.html", context)


@signed_in
def enter_invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the invoice for a payable."""
    payable = visible_or_404(queries.payables_visible_to(request.user), pk=pk)
    gate(request.user, "enter_invoice", payable)
    initial = {"seller_uscc": payable.organisation.uscc, "amount_fen": payable.amount_fen}
    form = InvoiceForm(*posted(request), initial=initial)
    if form.sent() and form.attempt(acts.enter_invoice, payable, actor=request.user):
        said = _("The invoice is entered. The payment goes out with the next batch.")
        return done(request, said, "payments:payable", payable.pk)
    context = {
        "title": _("Enter the invoice"),
        "lead": str(payable),
        "form": form,
        "submit": _("Enter the invoice"),
        "back": reverse("payments:payable", args=[payable.pk]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def state_bank_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where an organisation is paid."""
    organisation = visible_or_404(organisations_visible_to(request.user), pk=pk)
    gate(request.user, "state_bank_account", organisation)
    form = BankAccountForm(*posted(request), initial={"holder": organisation.name})
    if form.sent() and form.attempt(acts.state_bank_account, organisation, actor=request.user):
        return done(request, _("Payments go to this account from now on."), "payments:desk")
    context = {
        "title": _("Where we are paid"),
        "lead": organisation.name,
        "form": form,
        "submit": _("Use this account"),
        "back": reverse("payments:desk"),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def make_batch(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the payables of a fund that go to the bank together."""
    gate(request.user, "make_batch")
    fund = visible_or_404(Fund.objects.all(), code=code)
    form = BatchForm(*posted(request), fund=fund)
    if form.sent() and (batch := form.attempt(bank.make_batch, fund, actor=request.user)):
        said = _("The batch waits for another fund manager's approval.")
        return done(request, said, "payments:batch", batch.number)
    rows = list(queries.ready_to_pay().filter(fund=fund))
    context = {
        "fund": fund,
        "federation": None if "account" in form.fields else federation(),
        "form": form,
        "ready": [payable for payable in rows if payable.can_be_paid],
        "lacking": [payable for payable in rows if not payable.can_be_paid],
        "chosen": set(form["payables"].value() or []),
    }
    return render(request, "payments/make_batch.html", context)


@signed_in
def batches(request: HttpRequest) -> HttpResponse:
    """All batches, newest first."""
    page = page_of(request, queries.batches_visible_to(request.user))
    return render(
        request, "payments/batches.html", {"page": page, "tabs": tabs_of(request.user, "batches")}
    )


@signed_in
def batch(request: HttpRequest, number: str) -> HttpResponse:
    """One batch: its payments, who made and approved it, and how each payment went."""
    batch = visible_or_404(queries.batches_visible_to(request.user), number=number)
    payouts = batch.payouts.select_related(
        "payable__organisation", "bank_account", "connected_account"
    )
    payouts = payouts.prefetch_related("parts").order_by("pk")
    context = {
        "batch": batch,
        "payouts": payouts,
        "may": {
            law: can(request.user, law, batch)
            for law in ("approve_batch", "cancel_batch", "send_batch")
        },
        "may_settle": can(request.user, "make_batch"),
    }
    return render(request, "payments/batch.html", context)


@signed_in
@fresh_second_factor_required
def approve_batch(request: HttpRequest, number: str) -> HttpResponse:
    """Approve a batch somebody else made, after showing once more who it is."""
    batch = visible_or_404(queries.batches_visible_to(request.user), number=number)
    to = reverse("payments:batch", args=[batch.number])
    if request.method == "POST":
        return press(request, bank.approve_batch, batch, said=_("The batch is approved."), to=to)
    gate(request.user, "approve_batch", batch)
    total = sum(payout.amount_fen for payout in batch.payouts.all())
    context = {
        "title": _("Approve %(batch)s") % {"batch": batch.number},
        "says": _(
            "%(sum)s in all (%(words)s), from %(account)s. You confirm that each of these payments "
            "is owed, has its invoice, and goes to the right account."
        )
        % {
            "sum": yuan(total),
            "words": capitals(total),
            "account": batch.account or _("our balance at Stripe"),
        },
        "submit": _("Approve"),
        "back": to,
    }
    return render(request, "base/confirm.html", context)


@signed_in
def cancel_batch(request: HttpRequest, number: str) -> HttpResponse:
    """Take a batch apart."""
    batch = visible_or_404(queries.batches_visible_to(request.user), number=number)
    gate(request.user, "cancel_batch", batch)
    form = ReasonForm(*posted(request))
    if form.sent() and form.attempt(bank.cancel_batch, batch, actor=request.user):
        said = _("The batch is taken apart; its payments wait for another.")
        return done(request, said, "payments:batch", batch.number)
    context = {
        "title": _("Take the batch apart"),
        "lead": _("Nothing has gone to the bank. Its payments can be put into another batch."),
        "form": form,
        "submit": _("Take it apart"),
        "tone": "danger",
        "back": reverse("payments:batch", args=[batch.number]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def send_batch(request: HttpRequest, number: str) -> HttpResponse:
    """Make the file for the bank."""
    batch = visible_or_404(queries.batches_visible_to(request.user), number=number)
    gate(request.user, "send_batch", batch)
    by_stripe = batch.way == Batch.Way.STRIPE
    form = Form(*posted(request)) if by_stripe else SendForm(*posted(request))
    if form.sent() and form.attempt(bank.send_batch, batch, actor=request.user):
        said = _("The file is ready. Hand it to the bank, then enter how each payment went.")
        if by_stripe:
            said = _("Stripe is asked for each transfer; how it went shows here by itself.")
        return done(request, said, "payments:batch", batch.number)
    context = {
        "title": _("Have Stripe transfer it") if by_stripe else _("Make the file for the bank"),
        "lead": _("After this the batch cannot be changed; each payment is confirmed or fails."),
        "form": form,
        "submit": _("Transfer now") if by_stripe else _("Make the file"),
        "back": reverse("payments:batch", args=[batch.number]),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def advice(request: HttpRequest, pk: int) -> HttpResponse:
    """The payment advice of what was paid, for its payee and for those who read payments."""
    rows = queries.payouts_visible_to(request.user).filter(settled_at__isnull=False)
    rows = rows.exclude(result=Payout.Result.FAILED)
    payout = visible_or_404(rows.select_related(*queries.ON_ADVICE), pk=pk)
    response = HttpResponse(advice_pdf(payout, request.user), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{payout.reference}.pdf"'
    return response


@signed_in
@require_POST
def confirm_payout(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank has paid this one."""
    payout = visible_or_404(queries.payouts_visible_to(request.user), pk=pk)
    to = reverse("payments:batch", args=[payout.batch.number])
    return press(request, bank.confirm_payout, payout, said=_("The payment is confirmed."), to=to)


@signed_in
def fail_payout(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank could not pay this one."""
    payout = visible_or_404(queries.payouts_visible_to(request.user), pk=pk)
    gate(request.user, "fail_payout", payout)
    form = FailureForm(*posted(request))
    if form.sent() and form.attempt(bank.fail_payout, payout, actor=request.user):
        said = _("The payment waits for another batch; the organisation has been told.")
        return done(request, said, "payments:batch", payout.batch.number)
    context = {
        "title": _("The bank could not pay"),
        "lead": _("%(reference)s to %(organisation)s: it goes back among what is to be paid.")
        % {"reference": payout.reference, "organisation": payout.payable.organisation},
        "form": form,
        "submit": _("Enter the failure"),
        "back": reverse("payments:batch", args=[payout.batch.number]),
    }
    return render(request, "base/form_page.html", context)
