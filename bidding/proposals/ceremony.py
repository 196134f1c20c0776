"""The opening of a call whose key officers keep: each gives their share, the last one opens."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.custody import receive_share, shares_missing
from bidding.calls.keepers import unlock
from bidding.calls.key_models import KeyShare
from bidding.calls.models import Call
from bidding.proposals.opening import open_envelopes
from foundation.audit.operations import record
from foundation.errors import Clash
from foundation.operations import lock, operation
from foundation.permissions import allow


@operation
def give_share(call: Call, *, passphrase: str, actor: Any) -> Call:
    """A keeper gives their share of the call's key; with the last one needed, all opens."""
    call = lock(call)
    allow(actor, "give_share", call)
    share = KeyShare.objects.select_related("key", "keeper").get(
        key__call=call, keeper__person=actor
    )
    if share.given_at:
        raise Clash(_("You have given your share already. Another keeper gives theirs."))
    receive_share(share, unlock(share.keeper, passphrase))
    share.save(update_fields=["given", "given_at"])
    missing = shares_missing(call)
    record(actor, "give_share", call, missing=missing)
    return call if missing else open_envelopes(call, actor=actor)
