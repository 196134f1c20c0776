"""Delivering signed webhooks over HTTP, as badly as asked."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

Send = Callable[[str, bytes, dict[str, str]], int]
"""Address, body, headers → the status of the answer (0: there was none)."""


def over_http(address: str, body: bytes, headers: dict[str, str]) -> int:
    """Deliver for real."""
    asked = urllib.request.Request(address, body, headers, method="POST")
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


def signature(body: bytes, secret: str, moment: int) -> str:
    """The header `Stripe-Signature` of a body signed at this moment."""
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={signed.hexdigest()}"


class Postman:
    """Takes events in, brings them to the endpoint, and tries again what was not taken.

    `copies` brings everything so many times, `shuffled` in no order, `lost` loses the first few
    deliveries on the way; `secret` and `age` let it sign wrongly or too long ago.
    """

    def __init__(self, address: str, secret: str, send: Send = over_http) -> None:
        self.address = address
        self.secret = secret
        self.send = send
        self.copies, self.shuffled, self.lost, self.age = 1, False, 0, 0
        self.waiting: list[dict[str, Any]] = []
        self.answers: list[tuple[str, int]] = []
        self.dice = random.Random(7)

    def take(self, event: dict[str, Any]) -> None:
        """An event to be delivered."""
        self.waiting.append(event)

    def deliver(self) -> list[int]:
        """One round: bring everything that waits; what is not taken with a 2xx waits on."""
        going = [event for event in self.waiting for _copy in range(self.copies)]
        if self.shuffled:
            self.dice.shuffle(going)
        before, taken = len(self.answers), set()
        for event in going:
            if self._bring(event):
                taken.add(event["id"])
        self.waiting = [event for event in self.waiting if event["id"] not in taken]
        return [status for _event, status in self.answers[before:]]

    def deliver_all(self, rounds: int = 20) -> None:
        """Round after round, until everything was taken."""
        while self.waiting and rounds:
            self.deliver()
            rounds -= 1
        if self.waiting:
            raise AssertionError(f"never taken: {[event['type'] for event in self.waiting]}")

    def _bring(self, event: dict[str, Any]) -> bool:
        status = 0
        if self.lost:
            self.lost -= 1
        elif self.address:
            body = json.dumps(event, indent=2, ensure_ascii=False).encode()
            signed = signature(body, self.secret, int(time.time()) - self.age)
            headers = {"Content-Type": "application/json", "Stripe-Signature": signed}
            status = self.send(self.address, body, headers)
        self.answers.append((event["type"], status))
        return 200 <= status < 300
