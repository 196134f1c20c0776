"""What an invitation may offer: each purpose is described, accepted and taken back by its room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from foundation.people.models import Invitation, Person


@dataclass(frozen=True)
class Purpose:
    """How one kind of offer is said, taken up, and who may take it back or renew it."""

    name: str
    describe: Callable[[Invitation], Any]
    accept: Callable[[Invitation, Person], None]
    revoked_by: Callable[[Any, Invitation], bool]


PURPOSES: dict[str, Purpose] = {}


def purpose(
    name: str,
    *,
    describe: Callable[[Invitation], Any],
    accept: Callable[[Invitation, Person], None],
    revoked_by: Callable[[Any, Invitation], bool],
) -> Purpose:
    """Speak for the invitations of one purpose.

    `describe(invitation)` says what is offered, in the language that is active ("programme
    officer", "manager of 某某服务社"). `accept(invitation, person)` makes it so, in the
    transaction of the acceptance; it may refuse with a DomainError. `revoked_by(person,
    invitation)` says who may take it back or send it again.
    """
    if name in PURPOSES:
        raise ValueError(f"two purposes are called {name}")
    PURPOSES[name] = Purpose(name, describe, accept, revoked_by)
    return PURPOSES[name]


def offer_of(invitation: Invitation) -> str:
    """What the invitation offers, as a phrase in the language that is active."""
    return str(PURPOSES[invitation.purpose].describe(invitation))


def may_revoke(person: Any, invitation: Invitation) -> bool:
    """May the person take the invitation back or send it again?"""
    return bool(PURPOSES[invitation.purpose].revoked_by(person, invitation))
