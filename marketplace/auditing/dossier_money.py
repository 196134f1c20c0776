"""The money of a project's dossier: what was owed and paid, and every journal it moved through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from foundation.money import plain_yuan
from marketplace.auditing.archive import Piece
from marketplace.auditing.pieces import paper, table
from marketplace.delivery.models import Project
from marketplace.ledger.models import Account, Journal, Transfer
from marketplace.payments.models import Payable, Payout


def payables_of(project: Project) -> QuerySet[Payable]:
    """What was owed under the project's agreement."""
    tranches = project.agreement.tranches.values_list("pk", flat=True)
    references = [f"tranche:{pk}" for pk in tranches]
    rows = Payable.objects.filter(reference__in=references).order_by("pk")
    return rows.select_related("organisation", "invoice__document")


def payouts_of(project: Project) -> QuerySet[Payout]:
    """Every attempt to pay it."""
    rows = Payout.objects.filter(payable__in=payables_of(project)).order_by("pk")
    return rows.select_related("payable", "batch", "bank_account")


def journals_of(project: Project) -> QuerySet[Journal]:
    """Every journal that names the award, the agreement, a tranche or a payout of it, or that
    moved money promised to it; and what undid such a one."""
    agreement = project.agreement
    award, fund = agreement.award, agreement.award.fund
    named = [f"award:{award.pk}", f"agreement:{agreement.pk}", f"project:{project.pk}"]
    named += [payable.reference for payable in payables_of(project)]
    named += [payout.reference for payout in payouts_of(project)]
    promised = Account.objects.filter(
        Q(code__startswith=f"fund/{fund.code}/award/{award.pk}/")
        | Q(code__startswith=f"fund/{fund.code}/agreement/{agreement.pk}/")
        | Q(place="receivable", code__contains=f"/agreement/{agreement.pk}/")
    ).values("pk")
    moved = Transfer.objects.filter(Q(debit__in=promised) | Q(credit__in=promised))
    own = Journal.objects.filter(Q(reference__in=named) | Q(pk__in=moved.values("journal")))
    keys = own.order_by().values("pk")
    return Journal.objects.filter(Q(pk__in=keys) | Q(reverses__in=keys)).order_by("pk")


def pieces_of(project: Project) -> Iterator[Piece]:
    """Payables with their invoices, payouts, and the journals as CSV."""
    payables = list(payables_of(project))
    yield table("08-money/payables.csv", _("What was owed"), _owed(payables))
    for place, payable in enumerate(payables, start=1):
        if payable.invoice and payable.invoice.document:
            yield paper("08-money/invoices", place, payable.invoice.document, payable.invoice)
    yield table("08-money/payouts.csv", _("What was paid"), _paid(project))
    yield table("08-money/journals.csv", _("Journals of the book"), _booked(project))


def _owed(payables: list[Payable]) -> Iterator[list[Any]]:
    yield [
        *(_("reference"), _("title"), _("organisation"), _("amount"), _("due"), _("state")),
        *(_("invoice"), _("invoice issued"), _("invoice amount"), _("seller's credit code")),
    ]
    for one in payables:
        invoice = one.invoice
        yield [
            *(one.reference, one.title, one.organisation, plain_yuan(one.amount_fen)),
            *(one.due_on.isoformat(), one.get_state_display()),
            *(
                (str(invoice), invoice.issued_on, plain_yuan(invoice.amount_fen))
                if invoice
                else ("", "", "")
            ),
            invoice.seller_uscc if invoice else "",
        ]


def _paid(project: Project) -> Iterator[list[Any]]:
    yield [
        *(_("reference"), _("for"), _("batch"), _("account"), _("amount"), _("result")),
        *(_("what the bank said"), _("settled")),
    ]
    for one in payouts_of(project):
        # the last four digits tell accounts apart; the whole number is the bank file's
        yield [
            *(one.reference, one.payable.reference, one.batch.number, str(one.bank_account)),
            *(plain_yuan(one.amount_fen), one.get_result_display(), one.note),
            localtime(one.settled_at).isoformat(timespec="seconds") if one.settled_at else "",
        ]


def _booked(project: Project) -> Iterator[list[Any]]:
    yield [
        *(_("journal"), _("effective"), _("posted"), _("kind"), _("reference"), _("memo")),
        *(_("who"), _("out of"), _("into"), _("amount"), _("undoes"), "SHA-256"),
    ]
    rows = journals_of(project).select_related("actor", "reverses")
    for journal in rows.prefetch_related("transfers__debit", "transfers__credit"):
        for transfer in journal.transfers.all():
            yield [
                *(journal.key, journal.effective_on.isoformat()),
                localtime(journal.created_at).isoformat(timespec="seconds"),
                *(journal.get_kind_display(), journal.reference, journal.memo),
                *(journal.actor or "", transfer.debit.code, transfer.credit.code),
                plain_yuan(transfer.amount_fen),
                *(journal.reverses.key if journal.reverses else "", journal.digest),
            ]
