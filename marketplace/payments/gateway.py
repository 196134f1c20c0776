"""The one place that talks to Stripe; everything it says comes out in this house's own words."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError

if TYPE_CHECKING:
    import stripe

CURRENCY = "cny"
WAYS = ("card", "alipay", "wechat_pay")
MOST_FEN = 99_999_999
"""Stripe takes no larger amount at once."""
OPEN_FOR = dt.timedelta(hours=23)
"""How long a page to pay on stays open; Stripe allows less than 24 hours."""
SIGNED_WITHIN = 300
"""Seconds a signature is good for."""


class Unreachable(Exception):
    """Stripe did not answer, or not now: the same call may be made again."""


class Declined(DomainError):
    """Stripe answered no; asking again would bring the same answer."""


class Forged(Exception):
    """What came in is not signed by Stripe, or was signed too long ago."""


@dataclass(frozen=True)
class Page:
    """A page at Stripe's on which one sum is paid."""

    number: str
    url: str
    expires_at: dt.datetime
    status: str


@dataclass(frozen=True)
class Told:
    """An event, as Stripe told it."""

    number: str
    kind: str
    created_at: dt.datetime
    thing: dict[str, Any]


@dataclass(frozen=True)
class Movement:
    """A line of our balance at Stripe: `category` is what Stripe's own reports call it, `source`
    the thing that moved it, `belongs_to` the payment or transfer that one is part of, if known."""

    number: str
    category: str
    source: str
    belongs_to: str
    amount_fen: int
    fee_fen: int
    currency: str
    created_at: dt.datetime


def offered() -> bool:
    """Has this house an account at Stripe? Without one, unions pay by bank transfer only."""
    return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)


def connects() -> bool:
    """May organisations have accounts at Stripe under ours? A setting says in which country."""
    return offered() and bool(settings.STRIPE_CONNECT_COUNTRY)


def open_page(
    *,
    amount_fen: int,
    title: str,
    reference: str,
    key: str,
    expires_at: dt.datetime,
    back_to: str,
    language: str,
) -> Page:
    """Open a page to pay on; the same key gives the same page."""
    asked: Any = {
        "mode": "payment",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": CURRENCY,
                    "unit_amount": amount_fen,
                    "product_data": {"name": title},
                },
            }
        ],
        "allowed_payment_method_types": list(WAYS),
        "payment_method_options": {"wechat_pay": {"client": "web"}},
        "client_reference_id": reference,
        "metadata": {"reference": reference},
        "payment_intent_data": {"metadata": {"reference": reference}},
        "expires_at": int(expires_at.timestamp()),
        "success_url": back_to,
        "cancel_url": back_to,
        "locale": "zh" if language.startswith("zh") else "en",
    }
    return _page(_call("checkout.sessions.create", asked, key=key))


def close_page(number: str, *, key: str) -> None:
    """Nobody shall pay on this page any more; a page that is closed already stays so."""
    try:
        _call("checkout.sessions.expire", number, {}, key=key)
    except Declined:
        if page(number).status == "open":
            raise


def page(number: str) -> Page:
    """The page as it is now."""
    return _page(_call("checkout.sessions.retrieve", number))


def give_back(*, payment: str, amount_fen: int, reference: str, key: str) -> tuple[str, str]:
    """Send money of a payment back to whoever paid: (Stripe's number of it, how it stands).

    Stripe forgets keys after a day; so it is asked first whether it knows this reference.
    """
    for known in _all("refunds.list", {"payment_intent": payment, "limit": 100}):
        if (known.to_dict().get("metadata") or {}).get("reference") == reference:
            return str(known.id), str(known.status)
    asked: Any = {
        "payment_intent": payment,
        "amount": amount_fen,
        "reason": "requested_by_customer",
        "metadata": {"reference": reference},
    }
    refund = _call("refunds.create", asked, key=key)
    return str(refund.id), str(refund.status)


def open_account(*, reference: str, key: str) -> str:
    """Open an account for an organisation, which fills it in itself; the same key, the same one."""
    asked: Any = {
        "type": "express",
        "country": settings.STRIPE_CONNECT_COUNTRY,
        "capabilities": {"transfers": {"requested": True}},
        "metadata": {"reference": reference},
    }
    return str(_call("accounts.create", asked, key=key).id)


def onboarding_link(number: str, *, back_to: str) -> str:
    """Where the organisation fills its account in: good for minutes, and for once."""
    asked: Any = {
        "account": number,
        "type": "account_onboarding",
        "refresh_url": back_to,
        "return_url": back_to,
    }
    return str(_call("account_links.create", asked).url)


def account_ready(number: str) -> bool:
    """Can money be transferred to this account now?"""
    return is_ready(_call("accounts.retrieve", number).to_dict())


def is_ready(account: dict[str, Any]) -> bool:
    """What an account, as Stripe tells it, says of that."""
    can_take = (account.get("capabilities") or {}).get("transfers") == "active"
    return can_take and bool(account.get("payouts_enabled"))


def send_money(*, to: str, amount_fen: int, reference: str, key: str) -> str:
    """Transfer money to an organisation's account: Stripe's number of the transfer.

    Stripe forgets keys after a day; so it is asked first whether it knows this reference.
    """
    for known in _all("transfers.list", {"transfer_group": reference, "limit": 100}):
        return str(known.id)
    asked: Any = {
        "amount": amount_fen,
        "currency": CURRENCY,
        "destination": to,
        "transfer_group": reference,
        "metadata": {"reference": reference},
    }
    return str(_call("transfers.create", asked, key=key).id)


def take_back(number: str, *, key: str) -> None:
    """Take a whole transfer back; one that was taken back already stays so."""
    if not _call("transfers.retrieve", number).reversed:
        _call("transfers.reversals.create", number, {}, key=key)


def read_event(body: bytes, signature: str) -> Told:
    """What an incoming call says, if Stripe signed it with our secret, and just now."""
    import stripe  # takes 0.4 s of CPU: only where Stripe is used

    try:
        _signed(body.decode(), signature)
        event = stripe.Event.construct_from(json.loads(body), None)
        return _told(event)
    except (stripe.SignatureVerificationError, ValueError, KeyError, AttributeError) as why:
        raise Forged(str(why)) from why


def _signed(text: str, signature: str) -> None:
    """By one of our two endpoints: Stripe tells of connected accounts at one of their own."""
    import stripe  # as above

    secrets = [settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_CONNECT_WEBHOOK_SECRET]
    for secret in filter(None, secrets[1:]):
        try:
            stripe.WebhookSignature.verify_header(text, signature, secret, SIGNED_WITHIN)
        except stripe.SignatureVerificationError:
            continue
        return
    stripe.WebhookSignature.verify_header(text, signature, secrets[0], SIGNED_WITHIN)


def events_since(moment: dt.datetime) -> Iterator[tuple[Told, str]]:
    """Every event since then with its raw text, newest first: what a lost webhook would have
    brought."""
    asked: Any = {"created": {"gte": int(moment.timestamp())}, "limit": 100}
    for event in _all("events.list", asked):
        yield _told(event), str(event)


def movements_since(moment: dt.datetime) -> Iterator[Movement]:
    """Every line of our balance at Stripe since then, newest first."""
    asked: Any = {
        "created": {"gte": int(moment.timestamp())},
        "limit": 100,
        "expand": ["data.source"],
    }
    for line in _all("balance_transactions.list", asked):
        source = line.source
        whole = not isinstance(source, str) and source is not None
        yield Movement(
            number=line.id,
            category=line.reporting_category,
            source=(source.id if whole else source) or "",
            belongs_to=_above(source) if whole else "",
            amount_fen=line.amount,
            fee_fen=line.fee,
            currency=line.currency,
            created_at=_moment(line.created),
        )


def _above(source: Any) -> str:
    """The payment a charge, refund or dispute belongs to; the transfer a reversal takes back."""
    for name in ("payment_intent", "transfer"):
        found = getattr(source, name, None)
        if found:
            return str(getattr(found, "id", found))
    return ""


def _client() -> stripe.StripeClient:
    import stripe  # as above

    if not settings.STRIPE_SECRET_KEY:
        raise Declined(_("This house has no account at Stripe."))
    elsewhere = settings.STRIPE_API_BASE
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses={"api": elsewhere} if elsewhere else None,
        max_network_retries=1,
        http_client=stripe.RequestsClient(timeout=20),
    )


def _call(name: str, *given: Any, key: str = "") -> Any:
    """One call to Stripe; what goes wrong comes out as one of two kinds."""
    import stripe  # as above

    call: Any = _client().v1
    for part in name.split("."):
        call = getattr(call, part)
    try:
        return call(*given, options={"idempotency_key": key}) if key else call(*given)
    except (stripe.InvalidRequestError, stripe.CardError) as refusal:
        said = refusal.user_message or str(refusal)
        raise Declined(_("Stripe says: %(said)s") % {"said": said}) from refusal
    except stripe.StripeError as silence:
        # also a wrong key of ours: that is mended, and then asked again
        raise Unreachable(str(silence)) from silence


def _all(name: str, asked: Any) -> Iterator[Any]:
    """Every row of a list, page after page."""
    last = None
    while True:
        rows = _call(name, {**asked, **({"starting_after": last} if last else {})})
        yield from rows.data
        if not rows.has_more or not rows.data:
            return
        last = rows.data[-1].id


def _page(session: Any) -> Page:
    return Page(session.id, session.url or "", _moment(session.expires_at), session.status)


def _told(event: Any) -> Told:
    thing = event.data.object
    return Told(event.id, event.type, _moment(event.created), thing.to_dict())


def _moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
