"""The demo's people: made once, with a password everybody knows and a one-time code on show."""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bidding.evaluation.states import PanelState, SheetState
from foundation import clock
from foundation.people.models import Person

PASSWORD = "gongchuang-demo"
DOMAIN = "demo.gongchuang.example"


@dataclass(frozen=True)
class Persona:
    """One person of the demo's start page: who they are and what to try as them."""

    key: str
    post: Any
    tries: Any
    second_factor: bool = True


PERSONAS = (
    Persona("officer", _("Programme officer"), _("runs surveys, calls, screening and awards")),
    Persona("officer2", _("Second officer"), _("the colleague who takes over")),
    Persona("bidder", _("Social organisation"), _("writes a proposal and reports milestones")),
    Persona("bidder2", _("Another social organisation"), _("is in evaluation; sees no rival")),
    Persona("buyer", _("Union buyer"), _("pledges, signs, accepts milestones")),
    Persona("expert", _("Expert"), _("scores proposals, also on a phone")),
    Persona("fund", _("Fund manager"), _("appropriates, allocates, makes payout batches")),
    Persona("fund2", _("Second fund manager"), _("approves what the first one made")),
    Persona("auditor", _("Auditor"), _("reads everything, changes nothing")),
    Persona("editor", _("Editor"), _("writes pages in the studio"), second_factor=False),
    Persona("administrator", _("Administrator"), _("appoints people and invites them")),
)


def address_of(key: str) -> str:
    """The e-mail address a demo person signs in with."""
    return f"{key}@{DOMAIN}"


def secret_of(email: str) -> str:
    """The person's TOTP secret: made from the installation's own key, so no two demos share it."""
    digest = hashlib.sha256(f"demo totp {email} {settings.SECRET_KEY}".encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def code_now(email: str) -> str:
    """The one-time code that works at this moment."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret_of(email), counter))


def make_account(key: str, name: str, password_hash: str) -> Person:
    """An account with a verified address and its one-time-code device."""
    person = Person(email=address_of(key), name=name, password=password_hash, joined_at=clock.now())
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    totp.TOTP.activate(person, secret_of(person.email))
    return person


def _judge_with_work() -> str:
    """The address of a judge who has something to score: panels are drawn by lot, so whoever
    stands on the start page as the expert is looked for, not laid down."""
    return (
        Person.objects.filter(
            expert__seats__sheets__state=SheetState.DRAFT,
            expert__seats__panel__state=PanelState.SCORING,
            email__endswith=f"@{DOMAIN}",
        )
        .values_list("email", flat=True)
        .order_by("email")
        .first()
        or ""
    )


def personas_present() -> list[dict[str, Any]]:
    """The start page's rows: persona, person, and the code that works now (three queries)."""
    addresses = {address_of(persona.key): persona for persona in PERSONAS}
    if judge := _judge_with_work():
        addresses = {
            judge if persona.key == "expert" else email: persona
            for email, persona in addresses.items()
        }
    people = {p.email: p for p in Person.objects.filter(email__in=addresses)}
    protected = set(
        Authenticator.objects.filter(
            user__in=people.values(), type=Authenticator.Type.TOTP
        ).values_list("user_id", flat=True)
    )
    return [
        {
            "persona": persona,
            "person": people[email],
            "code": code_now(email) if people[email].pk in protected else "",
        }
        for email, persona in addresses.items()
        if email in people
    ]
