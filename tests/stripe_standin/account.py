"""What lies in our account at Stripe, and what happens to it there."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Any

from tests.stripe_standin.parameters import Refused

Thing = dict[str, Any]
HALF_AN_HOUR, A_DAY = 1800, 86400
WAYS = ("card", "alipay", "wechat_pay")
FEE_PER_THOUSAND = 34


class Account:
    """The account: things by kind and number, and every event there was."""

    def __init__(self, tell: Callable[[Thing], None] = lambda event: None) -> None:
        self.address = ""
        self.things: dict[str, dict[str, Thing]] = {}
        self.tell = tell
        self.late_by = 0
        self.refunds_take_time = False
        self._numbers = itertools.count(1)

    def now(self) -> int:
        """Stripe's clock, in seconds; `late_by` moves it on."""
        return int(time.time()) + self.late_by

    # --- things ---------------------------------------------------------------------------

    def keep(self, kind: str, prefix: str, **facts: Any) -> Thing:
        """A new thing with a number of its own."""
        number = f"{prefix}_{next(self._numbers):014d}"
        thing = {"id": number, "object": kind, "created": self.now(), "livemode": False, **facts}
        self.things.setdefault(kind, {})[number] = thing
        return thing

    def find(self, kind: str, number: str) -> Thing:
        """One thing, or Stripe's 404."""
        try:
            return self.things.get(kind, {})[number]
        except KeyError:
            said = f"No such {kind.rpartition('.')[2]}: '{number}'"
            raise Refused(said, code="resource_missing", param="id", status=404) from None

    def happened(self, kind: str, thing: Thing) -> Thing:
        """An event about the thing as it is now; it is told to whoever listens."""
        frozen = {**thing, "metadata": dict(thing.get("metadata") or {})}
        event = self.keep("event", "evt", type=kind, data={"object": frozen})
        event |= {"api_version": None, "pending_webhooks": 1, "request": {"id": None}}
        self.tell(event)
        return event

    def moved(
        self, kind: str, source: Thing, fen: int, fee: int = 0, *, category: str = ""
    ) -> Thing:
        """A line of the account's balance; `category` is what Stripe's reports call it."""
        return self.keep(
            "balance_transaction",
            "txn",
            type=kind,
            source=source["id"],
            amount=fen,
            fee=fee,
            net=fen - fee,
            currency=source["currency"],
            status="available",
            reporting_category=category or kind,
        )

    # --- checkout -------------------------------------------------------------------------

    def create_session(self, given: Thing) -> Thing:
        """A page on which somebody pays."""
        total, currency = self._asked(given)
        expires = given.get("expires_at", self.now() + A_DAY)
        if not self.now() + HALF_AN_HOUR <= expires <= self.now() + A_DAY:
            raise Refused(
                "The `expires_at` timestamp must be at least 30 minutes and less than 24 hours "
                "from Checkout Session creation.",
                param="expires_at",
            )
        session = self.keep(
            "checkout.session",
            "cs_test",
            amount_total=total,
            currency=currency,
            mode=given["mode"],
            status="open",
            payment_status="unpaid",
            payment_intent=None,
            payment_method_types=given.get("allowed_payment_method_types", list(WAYS)),
            client_reference_id=given.get("client_reference_id"),
            metadata=given.get("metadata", {}),
            success_url=given["success_url"],
            cancel_url=given.get("cancel_url"),
            expires_at=expires,
        )
        session["url"] = f"{self.address}/pay/{session['id']}"
        return session

    def _asked(self, given: Thing) -> tuple[int, str]:
        """The sum of the lines, of one currency."""
        for name in ("mode", "line_items", "success_url"):
            if not given.get(name):
                said = f"Missing required param: {name}."
                raise Refused(said, code="parameter_missing", param=name)
        total, currencies = 0, set()
        for line in given["line_items"]:
            price = line.get("price_data") or {}
            if "unit_amount" not in price or "product_data" not in price:
                raise Refused("A line needs `price_data` with its amount.", param="line_items")
            total += price["unit_amount"] * line.get("quantity", 1)
            currencies.add(price["currency"])
        if len(currencies) != 1 or total < 1:
            raise Refused("The lines need one currency and an amount.", param="line_items")
        if total > 99_999_999:
            code = "amount_too_large"
            raise Refused("Amount must be no more than ¥999,999.99", code=code, param="line_items")
        return total, currencies.pop()

    def expire(self, session: Thing) -> Thing:
        """Nobody can pay on this page any more."""
        if session["status"] != "open":
            raise Refused(
                f'Only Checkout Sessions with a status in ["open"] can be expired. This one has '
                f"a status of {session['status']}."
            )
        session |= {"status": "expired", "url": None}
        self.happened("checkout.session.expired", session)
        return session

    def pay(self, session: Thing, way: str = "card", **other: Any) -> Thing:
        """Somebody pays on the page; `other` lets Stripe say another amount or currency."""
        if session["status"] == "open" and self.now() >= session["expires_at"]:
            self.expire(session)
        if session["status"] != "open":
            raise Refused("This page is no longer there.", status=410)
        amount = {"amount": session["amount_total"], "currency": session["currency"], **other}
        intent = self.keep(
            "payment_intent",
            "pi",
            **amount,
            amount_received=amount["amount"],
            status="succeeded",
            metadata={},
        )
        charge = self.keep(
            "charge",
            "ch",
            **amount,
            amount_refunded=0,
            refunded=False,
            disputed=False,
            paid=True,
            status="succeeded",
            payment_intent=intent["id"],
            payment_method_details={"type": way},
            metadata={},
        )
        fee = amount["amount"] * FEE_PER_THOUSAND // 1000
        charge["balance_transaction"] = self.moved("charge", charge, amount["amount"], fee)["id"]
        intent["latest_charge"] = charge["id"]
        session |= {"amount_total": amount["amount"], "currency": amount["currency"], "url": None}
        session |= {"status": "complete", "payment_status": "paid", "payment_intent": intent["id"]}
        self.happened("payment_intent.succeeded", intent)
        self.happened("charge.succeeded", charge)
        self.happened("checkout.session.completed", session)
        return charge

    # --- money back -----------------------------------------------------------------------

    def create_refund(self, given: Thing) -> Thing:
        """Money of a charge goes back to whoever paid."""
        charge = self._charged(given)
        left = charge["amount"] - charge["amount_refunded"]
        amount = given.get("amount", left)
        if charge["disputed"]:
            raise Refused(f"Charge {charge['id']} has been charged back.", code="charge_disputed")
        if left <= 0:
            said = f"Charge {charge['id']} has already been refunded."
            raise Refused(said, code="charge_already_refunded")
        if not 0 < amount <= left:
            said = f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
            raise Refused(said, param="amount")
        refund = self.keep(
            "refund",
            "re",
            amount=amount,
            currency=charge["currency"],
            charge=charge["id"],
            payment_intent=charge["payment_intent"],
            reason=given.get("reason"),
            metadata=given.get("metadata", {}),
            status="pending" if self.refunds_take_time else "succeeded",
        )
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        refund["balance_transaction"] = self.moved("refund", refund, -amount)["id"]
        self.happened("refund.created", refund)
        self.happened("charge.refunded", charge)
        return refund

    def _charged(self, given: Thing) -> Thing:
        """The charge a refund speaks of."""
        if given.get("charge"):
            return self.find("charge", given["charge"])
        if not given.get("payment_intent"):
            said = "One of the following params should be provided for this request: charge or "
            raise Refused(said + "payment_intent.", code="parameter_missing")
        intent = self.find("payment_intent", given["payment_intent"])
        return self.find("charge", intent["latest_charge"])

    def settle_refund(self, refund: Thing, status: str = "succeeded") -> Thing:
        """A refund that took time arrived, or failed and its money came back to us."""
        refund["status"] = status
        if status == "failed":
            charge = self.find("charge", refund["charge"])
            charge["amount_refunded"] -= refund["amount"]
            charge["refunded"] = False
            self.moved("refund_failure", refund, refund["amount"])
        self.happened("refund.failed" if status == "failed" else "refund.updated", refund)
        return refund

    def dispute(self, charge: Thing, fen: int | None = None) -> Thing:
        """Whoever paid says that they did not mean to: the bank takes the money back."""
        charge["disputed"] = True
        dispute = self.keep(
            "dispute",
            "dp",
            amount=fen or charge["amount"],
            currency=charge["currency"],
            charge=charge["id"],
            payment_intent=charge["payment_intent"],
            reason="fraudulent",
            status="needs_response",
            metadata={},
        )
        self.moved("adjustment", dispute, -dispute["amount"], category="dispute")
        self.happened("charge.dispute.created", dispute)
        self.happened("charge.dispute.funds_withdrawn", dispute)
        return dispute

    def close_dispute(self, dispute: Thing, status: str) -> Thing:
        """The bank decided: `won`, and the money comes back to us, or `lost`."""
        dispute["status"] = status
        if status == "won":
            self.find("charge", dispute["charge"])["disputed"] = False
            self.moved("adjustment", dispute, dispute["amount"], category="dispute_reversal")
            self.happened("charge.dispute.funds_reinstated", dispute)
        self.happened("charge.dispute.closed", dispute)
        return dispute

    # --- connect --------------------------------------------------------------------------

    def create_account(self, given: Thing) -> Thing:
        """A connected account of an organisation, still to be filled in at Stripe's pages."""
        facts = {name: given.get(name) for name in ("type", "country", "email", "metadata")}
        asked = given.get("capabilities") or {}
        return self.keep(
            "account",
            "acct",
            payouts_enabled=False,
            charges_enabled=False,
            details_submitted=False,
            capabilities={name: "inactive" for name, one in asked.items() if one["requested"]},
            **facts,
        )

    def create_account_link(self, given: Thing) -> Thing:
        """Where the organisation fills its account in: good for a few minutes."""
        account = self.find("account", given["account"])
        return {
            "object": "account_link",
            "created": self.now(),
            "expires_at": self.now() + 300,
            "url": f"{self.address}/onboarding/{account['id']}",
        }

    def onboard(self, account: Thing, *, ready: bool = True) -> Thing:
        """The organisation said who it is, and Stripe is content; or wants to know more."""
        state = "active" if ready else "inactive"
        account |= {"details_submitted": True, "payouts_enabled": ready}
        account["capabilities"] = dict.fromkeys(account["capabilities"], state)
        self.happened("account.updated", account)
        return account

    def create_transfer(self, given: Thing) -> Thing:
        """Money of ours goes to a connected account."""
        account = self.find("account", given["destination"])
        held = sum(line["net"] for line in self.things.get("balance_transaction", {}).values())
        if given.get("amount", 0) < 1:
            raise Refused("Invalid positive integer", param="amount")
        if account["capabilities"].get("transfers") != "active":
            said = (
                "Your destination account needs to have at least one of the following capabilities "
                "enabled: transfers, crypto_transfers, legacy_payments"
            )
            raise Refused(said, code="insufficient_capabilities_for_transfer")
        if given["amount"] > held:
            said = "You have insufficient available funds in your Stripe account."
            raise Refused(said, code="balance_insufficient")
        names = ("amount", "currency", "destination", "transfer_group")
        facts = {name: given.get(name) for name in names}
        more = {"metadata": given.get("metadata", {}), "reversed": False, "amount_reversed": 0}
        transfer = self.keep("transfer", "tr", **facts, **more)
        line = self.moved("transfer", transfer, -given["amount"])
        transfer["balance_transaction"] = line["id"]
        self.happened("transfer.created", transfer)
        return transfer

    def reverse_transfer(self, transfer: Thing, given: Thing) -> Thing:
        """A transfer is taken back, whole or in part."""
        left = transfer["amount"] - transfer["amount_reversed"]
        amount = given.get("amount", left)
        if not 0 < amount <= left:
            raise Refused(f"Transfer {transfer['id']} is already fully reversed.", param="amount")
        reversal = self.keep(
            "transfer_reversal",
            "trr",
            amount=amount,
            currency=transfer["currency"],
            transfer=transfer["id"],
            metadata=given.get("metadata", {}),
        )
        transfer["amount_reversed"] += amount
        transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
        self.moved("transfer_refund", reversal, amount, category="transfer_reversal")
        self.happened("transfer.reversed", transfer)
        return reversal
