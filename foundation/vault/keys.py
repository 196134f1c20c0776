"""Keys by what they are for: made when first needed, unwrapped when used, never kept in clear."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from foundation import clock
from foundation.vault import keyring
from foundation.vault.boxes import new_key
from foundation.vault.models import Key


def own_key(name: str) -> bytes:
    """The key of this name; made now if there is none yet."""
    known = Key.objects.filter(name=name).values_list("wrapped", flat=True).first()
    return _unwrapped(name, known) if known else keep_key(name, new_key())


def keep_key(name: str, key: bytes) -> bytes:
    """Keep `key` under this name; who was first wins, and theirs is the answer."""
    row, _made = Key.objects.get_or_create(
        name=name, defaults={"wrapped": keyring.wrap(key, name), "made_at": clock.now()}
    )
    return _unwrapped(name, row.wrapped)


def key_of(name: str) -> bytes:
    """The key of this name; KeyLost when there is none or the key store does not open it."""
    known = Key.objects.filter(name=name).values_list("wrapped", flat=True).first()
    if known is None:
        raise keyring.KeyLost
    return _unwrapped(name, known)


def keys_of(names: Iterable[str]) -> dict[str, bytes]:
    """Those of the named keys that can be had, in one query."""
    found = {}
    for name, wrapped in Key.objects.filter(name__in=set(names)).values_list("name", "wrapped"):
        try:
            found[name] = _unwrapped(name, wrapped)
        except keyring.KeyLost:
            continue
    return found


def _unwrapped(name: str, wrapped: bytes | memoryview) -> bytes:
    return keyring.unwrap(bytes(wrapped), name)


def rewrap(*, forget_lost: bool = False) -> tuple[int, list[str]]:
    """Wrap every key anew under the newest master key: (how many, names of those that are lost).

    Lost ones stay as they are, or are forgotten if one says so: what was sealed under them is
    gone for good, and their owners get new ones.
    """
    done, lost = 0, []
    with transaction.atomic():
        for row in Key.objects.select_for_update().order_by("pk"):
            try:
                key = _unwrapped(row.name, row.wrapped)
            except keyring.KeyLost:
                lost.append(row.name)
                continue
            if not keyring.is_newest(bytes(row.wrapped)):
                row.wrapped = keyring.wrap(key, row.name)
                row.save(update_fields=["wrapped"])
                done += 1
        if forget_lost:
            Key.objects.filter(name__in=lost).delete()
    return done, lost
