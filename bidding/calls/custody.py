"""Who keeps the key of a call: it is made at publication and released after the closing."""

from __future__ import annotations

from contextlib import suppress
from itertools import combinations
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bidding.calls.key_models import CallKey, KeeperKey, KeyShare
from bidding.calls.models import Call, Custody
from foundation import clock
from foundation.errors import DomainError
from foundation.people.models import Person, Role
from foundation.people.queries import holders_of
from foundation.vault import keyring, shares
from foundation.vault.boxes import (
    KEY_BYTES,
    Damaged,
    key_pair,
    public_half,
    receive,
    send_to,
)
from foundation.vault.keys import keep_key, key_of

SHARES_NEEDED = 2
"""Officers who open together."""

FEWEST_KEEPERS = 3
"""Officers who hold a share at least: one may forget, leave or be ill."""


def keepers() -> QuerySet[KeeperKey]:
    """The officers who have made a key of their own, by name."""
    return (
        KeeperKey.objects.filter(
            replaced_at=None,
            person__is_active=True,
            person__appointments__role=Role.OFFICER,
            person__appointments__ended_at=None,
        )
        .select_related("person")
        .distinct()
        .order_by("person__name", "pk")
    )


def lay_key(call: Call) -> CallKey:
    """Make the call's keys: the private half goes to the key store, or in shares to the keepers,
    and then nobody has it until two of them give theirs."""
    private, public = key_pair()
    if call.custody == Custody.TIME:
        row = CallKey.objects.create(call=call, public=public, made_at=clock.now())
        keep_key(str(row), private)
        return row
    among = list(keepers())
    if len(among) < FEWEST_KEEPERS:
        raise DomainError(too_few(len(among)))
    row = CallKey.objects.create(
        call=call, public=public, needed=SHARES_NEEDED, made_at=clock.now()
    )
    parts = shares.split(private, need=SHARES_NEEDED, among=len(among))
    KeyShare.objects.bulk_create(
        KeyShare(
            key=row,
            keeper=keeper,
            point=point,
            sealed=send_to(bytes(keeper.public), parts[point], about_share(row, keeper)),
        )
        for point, keeper in enumerate(among, start=1)
    )
    return row


def too_few(count: int) -> Any:
    """Why a call whose key officers keep cannot be published."""
    return _(
        "Its key is kept by officers, %(needed)d of whom open together: at least %(fewest)d must "
        "have made a key of their own; %(count)d have."
    ) % {"needed": SHARES_NEEDED, "fewest": FEWEST_KEEPERS, "count": count}


def about_share(key: CallKey, keeper: KeeperKey) -> str:
    """What a share is bound to: this call, this keeper's key."""
    return f"share:{key.call_id}:{keeper.pk}"


def public_half_of(call: Call) -> bytes:
    """What envelopes for this call are sealed for; made now if nobody published it here."""
    found = CallKey.objects.filter(call=call).first()
    if found is None:
        try:
            with transaction.atomic():
                found = lay_key(call)
        except IntegrityError:  # somebody hands in at the same time
            found = CallKey.objects.get(call=call)
    return bytes(found.public)


def shares_missing(call: Call) -> int:
    """How many shares have to be given yet before the call's key is whole; one more where those
    that were given do not make it."""
    key = CallKey.objects.filter(call=call).first()
    if key is None or not key.needed:
        return 0
    given = key.shares.exclude(given_at=None).count()
    if given < key.needed:
        return key.needed - given
    return 0 if _put_together(key) else 1


def keepers_to_ask(call: Call) -> QuerySet[Person]:
    """The officers who hold a share of the call's key and have not given it."""
    return (
        holders_of(Role.OFFICER)
        .filter(keeper_keys__shares__key__call=call, keeper_keys__shares__given_at=None)
        .distinct()
    )


def receive_share(share: KeyShare, keeper_private: bytes) -> None:
    """Take a keeper's share out of its box; it waits, wrapped, for the others. Not saved yet."""
    about = about_share(share.key, share.keeper)
    try:
        part = receive(keeper_private, bytes(share.sealed), about)
        if len(part) != KEY_BYTES:
            raise Damaged(about)
    except Damaged as fault:
        raise DomainError(
            _("Your share of this call's key was damaged. The others still open it together.")
        ) from fault
    share.given = keyring.wrap(part, about)
    share.given_at = clock.now()


def private_half_of(call: Call) -> bytes:
    """What opens the envelopes of this call; only an opening asks for it."""
    key = CallKey.objects.get(call=call)
    if not key.needed:
        return key_of(str(key))
    private = _put_together(key)
    if not private:
        raise DomainError(_("The shares that were given do not make this call's key."))
    return private


def _put_together(key: CallKey) -> bytes:
    """The private half, from any of the shares given that make it; else nothing.

    One that was put there by somebody else, or cannot be had from the key store any more, keeps
    nothing shut: the next keeper's makes up for it.
    """
    parts: dict[int, bytes] = {}
    for share in key.shares.exclude(given_at=None).select_related("keeper"):
        with suppress(keyring.KeyLost):
            parts[share.point] = keyring.unwrap(bytes(share.given), about_share(key, share.keeper))
    for points in combinations(parts, key.needed):
        private = shares.restore({point: parts[point] for point in points})
        if public_half(private) == bytes(key.public):
            return private
    return b""


def forget_shares(call: Call) -> None:
    """The envelopes are open: what was given is not needed any more."""
    KeyShare.objects.filter(key__call=call).update(given=b"")
