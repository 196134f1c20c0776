"""The HTTP side: addresses, keys, idempotency, lists, and the page on which one pays."""

from __future__ import annotations

import html
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import stripe.params as wanted
import stripe.params.checkout as wanted_at_checkout

from tests.stripe_standin.account import Account, Thing
from tests.stripe_standin.parameters import Refused, checked, read_form
from tests.stripe_standin.postman import Postman, Send, over_http

KEY = "sk_test_standin"
CREATE: dict[str, tuple[Any, str]] = {
    "/v1/checkout/sessions": (wanted_at_checkout.SessionCreateParams, "create_session"),
    "/v1/refunds": (wanted.RefundCreateParams, "create_refund"),
    "/v1/accounts": (wanted.AccountCreateParams, "create_account"),
    "/v1/transfers": (wanted.TransferCreateParams, "create_transfer"),
    "/v1/account_links": (wanted.AccountLinkCreateParams, "create_account_link"),
}
READ: dict[str, tuple[str, Any, Any]] = {
    "/v1/checkout/sessions": (
        "checkout.session",
        wanted_at_checkout.SessionListParams,
        wanted_at_checkout.SessionRetrieveParams,
    ),
    "/v1/payment_intents": (
        "payment_intent",
        wanted.PaymentIntentListParams,
        wanted.PaymentIntentRetrieveParams,
    ),
    "/v1/charges": ("charge", wanted.ChargeListParams, wanted.ChargeRetrieveParams),
    "/v1/refunds": ("refund", wanted.RefundListParams, wanted.RefundRetrieveParams),
    "/v1/disputes": ("dispute", wanted.DisputeListParams, wanted.DisputeRetrieveParams),
    "/v1/events": ("event", wanted.EventListParams, wanted.EventRetrieveParams),
    "/v1/transfers": ("transfer", wanted.TransferListParams, wanted.TransferRetrieveParams),
    "/v1/accounts": ("account", wanted.AccountListParams, wanted.AccountRetrieveParams),
    "/v1/balance_transactions": (
        "balance_transaction",
        wanted.BalanceTransactionListParams,
        wanted.BalanceTransactionRetrieveParams,
    ),
}
LISTED_BY = ("charge", "payment_intent", "type", "source", "transfer_group", "destination")
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Stripe’s stand-in</title>
<h1>{amount} {currency}</h1><p>{what}</p><form method="post">{ways}</form>
<p><a href="{cancel}">Back</a></p></html>"""
WAY = '<p><button name="way" value="{way}">Pay by {way}</button></p>'


class StandIn:
    """The stand-in as a test holds it: its address, the account behind it, and its postman."""

    def __init__(self, post: Postman) -> None:
        self.post = post
        self.account = Account(post.take)
        self.key = KEY
        self.lock = threading.RLock()
        self.answered: dict[str, tuple[tuple[str, str], int, Thing]] = {}
        self.requests: list[tuple[str, str]] = []
        self.down = 0

    @property
    def address(self) -> str:
        """Where it stands."""
        return self.account.address

    def answer(self, method: str, path: str, text: str, key: str) -> tuple[int, Thing, bool]:
        """(status, body, whether it is an answer given before) of a request to the API."""
        with self.lock:
            self.requests.append((method, path))
            if self.down:
                self.down -= 1
                raise Refused("Try again later.", kind="api_error", status=500)
            if method != "POST" or not key:
                return 200, self._do(method, path, text), False
            return self._once(path, text, key)

    def _once(self, path: str, text: str, key: str) -> tuple[int, Thing, bool]:
        """Stripe's rule: a key answers once; what never began to be done is not remembered."""
        if key in self.answered:
            asked, status, body = self.answered[key]
            if asked != (path, text):
                raise Refused(
                    f"Keys for idempotent requests can only be used with the same parameters they "
                    f"were first used with. Try using a key other than '{key}'.",
                    kind="idempotency_error",
                )
            return status, body, True
        do = self._prepared(path, text)
        try:
            status, body = 200, do()
        except Refused as refusal:
            status, body = refusal.status, refusal.body
        body = json.loads(json.dumps(body))
        self.answered[key] = (path, text), status, body
        return status, body, False

    def _do(self, method: str, path: str, text: str) -> Thing:
        return self._prepared(path, text)() if method == "POST" else self._read(path, text)

    def _prepared(self, path: str, text: str) -> Any:
        """What a POST will do, its parameters checked."""
        expiring = re.fullmatch(r"/v1/checkout/sessions/(\w+)/expire", path)
        if expiring:
            checked(read_form(text), wanted_at_checkout.SessionExpireParams)
            session = self.account.find("checkout.session", expiring.group(1))
            return lambda: self.account.expire(session)
        taking_back = re.fullmatch(r"/v1/transfers/(\w+)/reversals", path)
        if taking_back:
            asked = checked(read_form(text), wanted.TransferReversalCreateParams)
            transfer = self.account.find("transfer", taking_back.group(1))
            return lambda: self.account.reverse_transfer(transfer, asked)
        if path not in CREATE:
            raise Refused(f"Unrecognized request URL (POST: {path}).", status=404)
        shape, name = CREATE[path]
        given = checked(read_form(text), shape)
        return lambda: getattr(self.account, name)(given)

    def _read(self, path: str, text: str) -> Thing:
        if path in READ:
            kind, shape, _one = READ[path]
            return self._list(path, kind, checked(read_form(text), shape))
        above, _slash, number = path.rpartition("/")
        if above not in READ:
            raise Refused(f"Unrecognized request URL (GET: {path}).", status=404)
        kind, _many, shape = READ[above]
        given = checked(read_form(text), shape)
        return self._opened(self.account.find(kind, number), given.get("expand", []))

    def _list(self, path: str, kind: str, given: Thing) -> Thing:
        """Newest first, a page at a time, as Stripe lists."""
        rows = sorted(self.account.things.get(kind, {}).values(), key=lambda row: row["id"])[::-1]
        since = given.get("created") or {}
        since = since if isinstance(since, dict) else {"gte": since, "lte": since}
        rows = [row for row in rows if since.get("gte", 0) <= row["created"]]
        rows = [row for row in rows if row["created"] <= since.get("lte", row["created"])]
        for name in LISTED_BY:
            rows = [row for row in rows if given.get(name) in (None, row.get(name))]
        if given.get("starting_after"):
            last = self.account.find(kind, given["starting_after"])
            rows = [row for row in rows if row["id"] < last["id"]]
        limit = given.get("limit", 10)
        if not 1 <= limit <= 100:
            raise Refused("This value must be between 1 and 100.", param="limit")
        names = [name.removeprefix("data.") for name in given.get("expand", [])]
        data = [self._opened(row, names) for row in rows[:limit]]
        return {"object": "list", "url": path, "has_more": len(rows) > limit, "data": data}

    def _opened(self, thing: Thing, names: list[str]) -> Thing:
        """The thing with what was asked to stand whole inside it."""
        everything = {
            number: row for rows in self.account.things.values() for number, row in rows.items()
        }
        return {**thing, **{n: everything.get(thing[n], thing[n]) for n in names if n in thing}}


ONBOARDING = """<!doctype html><html lang="en"><title>Stripe's stand-in</title>
<h1>Who are you?</h1><form method="post"><button>Fill in and agree</button></form></html>"""


class Door(BaseHTTPRequestHandler):
    """One request."""

    standin: StandIn
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Read something, or open the page to pay on."""
        asked = urlsplit(self.path)
        if asked.path.startswith("/pay/"):
            self._page(asked.path.removeprefix("/pay/"))
        elif asked.path.startswith("/onboarding/"):
            self._send(200, ONBOARDING.encode(), "text/html; charset=utf-8")
        else:
            self._api("GET", asked.path, asked.query)

    def do_POST(self) -> None:
        """Do something, or pay."""
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path = urlsplit(self.path).path
        if path.startswith("/pay/"):
            self._pay(path.removeprefix("/pay/"), parse_qs(text).get("way", ["card"])[0])
        elif path.startswith("/onboarding/"):
            self._onboard(path.removeprefix("/onboarding/"))
        else:
            self._api("POST", path, text)

    def _api(self, method: str, path: str, text: str) -> None:
        replayed = False
        try:
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                said = "Invalid API Key provided: sk_****"
                raise Refused(said, kind="invalid_request_error", status=401)
            key = self.headers.get("Idempotency-Key") or ""
            status, body, replayed = self.standin.answer(method, path, text, key)
        except Refused as refusal:
            status, body = refusal.status, refusal.body
        more = {"Idempotent-Replayed": "true"} if replayed else {}
        self._send(status, json.dumps(body).encode(), "application/json", more)

    def _page(self, number: str) -> None:
        try:
            session = self.standin.account.find("checkout.session", number)
        except Refused as refusal:
            return self._send(404, str(refusal).encode(), "text/plain")
        ways = [WAY.format(way=way) for way in session["payment_method_types"]]
        page = PAGE.format(
            amount=f"{session['amount_total'] / 100:.2f}",
            currency=session["currency"].upper(),
            what=html.escape(session["client_reference_id"] or ""),
            ways="".join(ways) if session["status"] == "open" else session["status"],
            cancel=html.escape(session["cancel_url"] or "#"),
        )
        return self._send(200, page.encode(), "text/html; charset=utf-8")

    def _pay(self, number: str, way: str) -> None:
        try:
            with self.standin.lock:
                session = self.standin.account.find("checkout.session", number)
                self.standin.account.pay(session, way)
        except Refused as refusal:
            return self._send(refusal.status, str(refusal).encode(), "text/plain")
        to = session["success_url"].replace("{CHECKOUT_SESSION_ID}", number)
        return self._send(303, b"", "text/plain", {"Location": to})

    def _onboard(self, number: str) -> None:
        """Somebody filled in who they are: their account can be paid."""
        try:
            with self.standin.lock:
                account = self.standin.account
                account.onboard(account.find("account", number))
        except Refused as refusal:
            return self._send(refusal.status, str(refusal).encode(), "text/plain")
        return self._send(200, b"filled in: go back to the platform", "text/plain")

    def _send(
        self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Request-Id", "req_standin")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""


@contextmanager
def standing_in(
    webhook: str = "",
    secret: str = "whsec_standin",
    *,
    port: int = 0,
    send: Send = over_http,
) -> Iterator[StandIn]:
    """Stripe's stand-in, for as long as the block lasts."""
    standin = StandIn(Postman(webhook, secret, send))
    door = type("OpenDoor", (Door,), {"standin": standin})
    server = ThreadingHTTPServer(("127.0.0.1", port), door)
    server.daemon_threads = True
    standin.account.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield standin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
