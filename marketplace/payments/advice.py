"""The payment advice (付款通知书): one page that tells a payee what was paid, why and where to.

What people wrote goes in as data, never as markup; the font comes with the platform, so that the
same advice looks the same on every machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from foundation import clock
from foundation.documents.paper import typeset
from foundation.money import capitals, yuan
from foundation.organisations.queries import federation
from marketplace.ledger.names import name_references
from marketplace.payments.models import Payout

TEMPLATE = Path(__file__).with_name("advice.typ")


def advice_pdf(payout: Payout, reader: Any) -> bytes:
    """The advice as a tagged, archivable PDF; what it was paid for is named as `reader` sees it."""
    return typeset(TEMPLATE, facts_of(payout, reader))


def facts_of(payout: Payout, reader: Any) -> dict[str, Any]:
    """What the advice says, as plain words."""
    payable, payer = payout.payable, federation()
    named = name_references(reader, [payable.reference]).get(payable.reference)
    returned = payout.result == Payout.Result.RETURNED
    rows = [
        ["付款单位 · Payer", payer.name if payer else "—"],
        ["收款单位 · Payee", payable.organisation.name],
        ["统一社会信用代码 · Credit code", payable.organisation.uscc or "—"],
        *_from(payout),
        *_where(payout),
        ["款项 · For", f"{named.title}（{payable.title}）" if named else payable.title],
        ["资金 · Fund", payable.fund.name],
        ["发票 · Invoice", _invoice(payable.billed_by)],
        ["批次 · Batch", payout.batch.number],
        ["付款日期 · Paid", _day(payout.settled_at)],
    ]
    if returned:
        rows.append(["退回日期 · Came back", f"{_day(payout.returned_at)}：{payout.note}"])
    rows += [
        ["部分退回 · Part came back", f"{_day(part.created_at)}：{yuan(part.amount_fen)}"]
        for part in payout.parts.order_by("pk")
    ]
    return {
        "number": payout.reference,
        "returned": returned,
        "amount": yuan(payout.amount_fen),
        "capitals": capitals(payout.amount_fen),
        "rows": rows,
        "made": f"{localtime(clock.now()):%Y-%m-%d %H:%M}",
    }


def _from(payout: Payout) -> list[list[str]]:
    """The account it left from; of its number the last digits, for the payee's books."""
    account = payout.batch.account
    if account is None:
        return []
    return [["付款账户 · Paid from", f"{account.holder}\n{account.bank} …{account.number[-4:]}"]]


def _where(payout: Payout) -> list[list[str]]:
    account = payout.bank_account
    if account is None:
        return [
            ["收款账户 · Account", f"Stripe {payout.connected_account}"],
            ["转账编号 · Transfer", payout.number],
        ]
    return [
        ["收款账户 · Account", f"{account.holder}\n{account.number}"],
        ["开户行 · Bank", account.bank],
    ]


def _invoice(invoice: Any) -> str:
    if invoice is None:
        return "—"
    return f"{invoice}（{invoice.issued_on.isoformat()}，{yuan(invoice.amount_fen)}）"


def _day(moment: Any) -> str:
    return f"{localtime(moment):%Y-%m-%d}" if moment else "—"
