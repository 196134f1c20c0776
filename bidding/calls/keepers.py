"""Keepers of keys: an officer makes a key of their own under a passphrase only they know."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bidding.calls.key_models import KeeperKey
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.operations import operation
from foundation.permissions import allow
from foundation.vault.boxes import (
    SALT_BYTES,
    Damaged,
    key_from_words,
    key_pair,
    lock_up,
    take_out,
)

SHORTEST_PASSPHRASE = 12


@operation
def make_keeper_key(*, passphrase: str, actor: Any) -> KeeperKey:
    """Make the officer's own key; one made before keeps its shares and gets no more."""
    allow(actor, "make_keeper_key")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise DomainError(
            _("A passphrase has at least %(least)d characters.") % {"least": SHORTEST_PASSPHRASE},
            field="passphrase",
        )
    private, public = key_pair()
    salt = os.urandom(SALT_BYTES)
    log_n = settings.SCRYPT_LOG_N
    locked = lock_up(key_from_words(passphrase, salt, log_n), private, _about(actor.pk))
    KeeperKey.objects.filter(person=actor, replaced_at=None).update(replaced_at=clock.now())
    try:
        with transaction.atomic():
            made = KeeperKey.objects.create(
                person=actor,
                public=public,
                private_locked=locked,
                salt=salt,
                log_n=log_n,
                made_at=clock.now(),
            )
    except IntegrityError as twice:
        raise Clash(_("Your key was made a moment ago.")) from twice
    record(actor, "make_keeper_key", made)
    return made


def _about(person_id: int) -> str:
    return f"keeper:{person_id}"


def unlock(key: KeeperKey, passphrase: str) -> bytes:
    """The private half, for who knows the passphrase."""
    words = key_from_words(passphrase, bytes(key.salt), key.log_n)
    try:
        return take_out(words, bytes(key.private_locked), _about(key.person_id))
    except Damaged as wrong:
        raise DomainError(
            _("This is not the passphrase of your key."), field="passphrase"
        ) from wrong
