"""What padded agreements cost: bound, owed part by part, invoiced, paid; the rest sent home."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cms.demo.bidding import days
from cms.demo.delivering import noon
from cms.demo.padded_bodies import Hands
from cms.demo.padded_deals import Deal
from cms.demo.padded_plan import Contest
from foundation import clock
from foundation.documents.operations import keep_bytes
from foundation.money import pro_rata
from foundation.workdays.queries import add_working_days
from marketplace.agreements.models import Gate, Tranche
from marketplace.agreements.money import PAY_WITHIN
from marketplace.ledger import accounts
from marketplace.ledger.models import Fund
from marketplace.ledger.operations import Event, Line, post_many
from marketplace.payments.bankfile import Order, bank_file
from marketplace.payments.models import BankAccount, Batch, Invoice, Payable, Payout
from marketplace.payments.queries import account_to_leave_from
from marketplace.payments.states import BatchState, PayableState

INVOICED_AFTER, PAID_AFTER = days(10), days(12)
"""How long after a part became owed its invoice comes in, and the bank pays."""


@dataclass(frozen=True)
class Part:
    """One owed part of one deal."""

    deal: Deal
    tranche: Tranche
    payable: Payable


def settle(hands: Hands, contest: Contest, fund: Fund, deals: list[Deal]) -> None:
    """From the last signature to the last fen: every journal, payable, invoice and payout."""
    _encumber(hands, contest, deals)
    bound = {deal.agreement.pk: [match.amount_fen for match in deal.matches] for deal in deals}
    middle = deals[0].entrant.facts["milestones"][0]["due_on"]
    owed_at = {
        Gate.SIGNING: contest.signed_at,
        Gate.MIDTERM: noon(middle) + days(6),
        Gate.FINAL: noon(contest.ends_on) + days(6),
    }
    for place, (gate, moment) in enumerate(owed_at.items()):
        passed = [deal for deal in deals if deal.tranches[gate].spent_fen]
        if passed:
            parts = _owe(fund, passed, gate, moment, bound)
            if moment + PAID_AFTER + days(1) < clock.now():
                number = 10_000 + contest.number * 3 + place
                _pay(hands, fund, parts, moment, number)
    _send_home(hands, fund, deals, bound)


def _encumber(hands: Hands, contest: Contest, deals: list[Deal]) -> None:
    events = [
        Event(
            key=f"agreement:{deal.agreement.pk}:encumber",
            kind="encumber",
            lines=[
                Line(
                    accounts.award_reserved(deal.award.fund, deal.award.pk, match.pocket),
                    _bound_in(deal, match.pocket),
                    match.amount_fen,
                )
                for match in deal.matches
            ],
            reference=f"agreement:{deal.agreement.pk}",
            actor=deal.entrant.body.head,
            fund=deal.award.fund,
            memo=str(deal.agreement)[:200],
        )
        for deal in deals
    ]
    with clock.at(contest.signed_at):
        post_many(events)


def _bound_in(deal: Deal, pocket: str) -> str:
    return accounts.agreement_encumbered(deal.award.fund, deal.agreement.pk, pocket)


def _owe(
    fund: Fund, deals: list[Deal], gate: str, moment: dt.datetime, bound: dict[int, list[int]]
) -> list[Part]:
    """The part behind `gate` becomes owed, drawn from every pocket alike."""
    due_on = add_working_days(moment.astimezone(clock.SHANGHAI).date(), PAY_WITHIN)
    paid = moment + PAID_AFTER + days(1) < clock.now()
    chosen = [(deal, deal.tranches[gate]) for deal in deals]
    invoices = _invoices(chosen, moment) if paid else [None] * len(chosen)
    payables = Payable.objects.bulk_create(
        Payable(
            reference=f"tranche:{tranche.pk}",
            title=f"{deal.agreement.number} / {tranche.position}",
            organisation=deal.entrant.body.organisation,
            fund=fund,
            amount_fen=tranche.spent_fen,
            due_on=due_on,
            invoice=invoice,
            created_at=moment,
            state=PayableState.PAID if paid else PayableState.OWED,
        )
        for (deal, tranche), invoice in zip(chosen, invoices, strict=True)
    )
    parts = [
        Part(deal, tranche, payable)
        for (deal, tranche), payable in zip(chosen, payables, strict=True)
    ]
    with clock.at(moment):
        post_many([_expend(fund, part, gate, bound[part.deal.agreement.pk]) for part in parts])
    return parts


def _invoices(chosen: list[tuple[Deal, Tranche]], moment: dt.datetime) -> list[Invoice]:
    received = moment + INVOICED_AFTER
    return Invoice.objects.bulk_create(
        Invoice(
            code="031001900222",
            number=f"{tranche.pk:08d}",
            issued_on=received.astimezone(clock.SHANGHAI).date(),
            amount_fen=tranche.spent_fen,
            seller_uscc=deal.entrant.body.organisation.uscc or "",
            entered_by=deal.entrant.body.head,
            entered_at=received,
        )
        for deal, tranche in chosen
    )


def _expend(fund: Fund, part: Part, gate: str, left: list[int]) -> Event:
    """The journal of one owed part; `left` is what each pocket still has bound afterwards."""
    deal, payable = part.deal, part.payable
    draws = pro_rata(payable.amount_fen, left)
    left[:] = [room - drawn for room, drawn in zip(left, draws, strict=True)]
    goal = accounts.payable(fund, payable.organisation_id)
    return Event(
        key=f"expend:{payable.reference}",
        kind="expend",
        lines=[
            Line(_bound_in(deal, match.pocket), goal, drawn)
            for match, drawn in zip(deal.matches, draws, strict=True)
            if drawn
        ],
        reference=payable.reference,
        actor=deal.entrant.body.head if gate == Gate.SIGNING else deal.buyer.head,
        fund=fund,
        memo=payable.title,
        facts={"payable": payable.pk},
    )


def _pay(hands: Hands, fund: Fund, parts: list[Part], owed_at: dt.datetime, number: int) -> None:
    """One batch for the bank: made by one manager, approved by the other, confirmed next day."""
    sent_at = owed_at + PAID_AFTER
    paid_at = sent_at + days(1)
    places = {
        row.organisation_id: row
        for row in BankAccount.objects.filter(
            organisation__in={part.payable.organisation_id for part in parts},
            receives=True,
            replaced_at=None,
        )
    }
    ours = account_to_leave_from(fund)
    assert ours is not None  # the smaller world before this one has stated it
    name = f"P{sent_at.astimezone(clock.SHANGHAI):%Y%m%d}-{number:05d}"
    # the file names the payouts and the batch wants the file: it goes in as soon as it is written
    [batch] = Batch.objects.bulk_create(
        [
            Batch(
                number=name,
                fund=fund,
                account=ours,
                made_by=hands.maker,
                made_at=sent_at,
                state=BatchState.MADE,
            )
        ]
    )
    payouts = Payout.objects.bulk_create(
        Payout(
            batch=batch,
            payable=part.payable,
            bank_account=places[part.payable.organisation_id],
            amount_fen=part.payable.amount_fen,
            result=Payout.Result.PAID,
            settled_at=paid_at,
        )
        for part in parts
    )
    orders = [
        Order(
            payer=ours.number,
            account=place.number,
            holder=place.holder,
            bank=place.bank,
            amount_fen=payout.amount_fen,
            purpose=payout.payable.title,
            reference=payout.reference,
        )
        for payout in payouts
        for place in [places[payout.payable.organisation_id]]
    ]
    with clock.at(sent_at):
        data = bank_file(orders)
        document = keep_bytes(f"{name}.csv", data, "text/csv", "bank_batch", hands.maker)
        batch.move_to(BatchState.APPROVED, approved_by=hands.approver, approved_at=sent_at)
        batch.move_to(BatchState.SENT, sent_at=sent_at, document=document)
    batch.move_to(BatchState.CONFIRMED, confirmed_at=paid_at)
    with clock.at(paid_at):
        post_many([_payment(hands, fund, payout, name) for payout in payouts])


def _payment(hands: Hands, fund: Fund, payout: Payout, batch: str) -> Event:
    payable = payout.payable
    return Event(
        key=f"pay:payout:{payout.pk}",
        kind="pay",
        lines=[
            Line(
                accounts.payable(fund, payable.organisation_id),
                accounts.paid(fund),
                payout.amount_fen,
            )
        ],
        reference=payable.reference,
        actor=hands.maker,
        fund=fund,
        memo=payable.title,
        facts={"payout": payout.reference, "batch": batch},
    )


def _send_home(hands: Hands, fund: Fund, deals: list[Deal], bound: dict[int, list[int]]) -> None:
    """What was bound and never owed goes back to the pockets it came from."""
    by_end: dict[dt.datetime, list[Event]] = {}
    for deal in deals:
        left = bound[deal.agreement.pk]
        if deal.ended_at is None or not any(left):
            continue
        event = Event(
            key=f"agreement:{deal.agreement.pk}:unencumber",
            kind="unencumber",
            lines=[
                Line(_bound_in(deal, match.pocket), match.pocket, fen)
                for match, fen in zip(deal.matches, left, strict=True)
                if fen
            ],
            reference=f"agreement:{deal.agreement.pk}",
            actor=hands.officer,
            fund=fund,
            memo=str(deal.agreement)[:200],
        )
        by_end.setdefault(deal.ended_at, []).append(event)
    for ended_at, events in sorted(by_end.items()):
        with clock.at(ended_at):
            post_many(events)
