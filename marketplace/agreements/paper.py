"""The paper of an agreement: a PDF in Chinese with English beside its headings, made by Typst.

What people wrote goes in as data, never as markup; the font comes with the platform, so that the
same agreement looks the same on every machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from foundation.documents.paper import typeset
from foundation.money import yuan
from marketplace.agreements.models import Agreement, Gate

TEMPLATE = Path(__file__).with_name("agreement.typ")

GATES: dict[str, str] = {
    Gate.SIGNING: "签订协议后 · after signing",
    Gate.MIDTERM: "中期验收通过后 · after mid-term acceptance",
    Gate.FINAL: "结项验收通过后 · after final acceptance",
}
SIDES = {"buyer": "甲方（购买方） · Buyer", "provider": "乙方（承接方） · Provider"}


def agreement_pdf(agreement: Agreement) -> bytes:
    """The agreement as a tagged, archivable PDF."""
    return typeset(TEMPLATE, facts_of(agreement))


def facts_of(agreement: Agreement) -> dict[str, Any]:
    """What the paper says, as plain words."""
    content = agreement.terms["content"]
    return {
        "number": agreement.number,
        "title": agreement.title,
        "amount": yuan(agreement.amount_fen),
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "receipt": agreement.terms["receipt"],
        "sha256": agreement.terms["sha256"],
        "parties": [
            {
                "side": SIDES[party.side],
                "name": party.organisation.name,
                "code": party.organisation.uscc or "",
            }
            for party in agreement.parties.select_related("organisation")
        ],
        "parts": [
            {"heading": heading, "text": str(content.get(name) or "")}
            for name, heading in (
                ("summary", "项目概要 · Summary"),
                ("audience", "服务对象 · Whom it serves"),
                ("goals", "目标与衡量 · Goals and measures"),
                ("plan", "活动安排 · Activities"),
            )
        ],
        "headcount": content.get("headcount") or 0,
        "milestones": [
            {
                "title": milestone["title"],
                "measure": milestone.get("measure", ""),
                "due_on": milestone["due_on"],
                "gate": GATES.get(milestone["gate"], ""),
            }
            for milestone in agreement.terms["milestones"]
        ],
        "budget": [
            {
                "item": line["item"],
                "unit": line["unit"],
                "quantity": line["quantity"],
                "price": yuan(line["unit_price_fen"]),
                "amount": yuan(line["quantity"] * line["unit_price_fen"]),
            }
            for line in content["budget"]
        ],
        "tranches": [
            {"gate": GATES[tranche.gate], "amount": yuan(tranche.amount_fen)}
            for tranche in agreement.tranches.all()
        ],
        "shares": [
            {"from": share["buyer"] or "种子资金 · Seed fund", "amount": yuan(share["amount_fen"])}
            for share in agreement.terms["shares"]
        ],
    }
