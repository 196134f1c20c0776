"""Who keeps the key of a call: it is made at publication and released after the closing."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from bidding.calls.key_models import CallKey
from bidding.calls.models import Call
from foundation import clock
from foundation.vault.boxes import key_pair
from foundation.vault.keys import keep_key, key_of


def lay_key(call: Call) -> CallKey:
    """Make the call's keys: the private half goes to the key store."""
    private, public = key_pair()
    row = CallKey.objects.create(call=call, public=public, made_at=clock.now())
    keep_key(str(row), private)
    return row


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


def private_half_of(call: Call) -> bytes:
    """What opens the envelopes of this call; only an opening asks for it."""
    return key_of(f"call:{call.pk}")
