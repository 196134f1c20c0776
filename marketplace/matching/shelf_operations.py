"""What a union body's people do with their shelf: weigh it, and note on it for each other."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.proposals.models import Proposal
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError, Forbidden
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.permissions import allow
from marketplace.matching.fit import DEFAULTS
from marketplace.matching.rules import buying_for
from marketplace.matching.shelf_models import Note, Weights


@operation
def set_weights(buyer: Organisation, *, actor: Any, **weights: int) -> Weights:
    """A union body says how much each reason counts on its shelf; all its people see it so."""
    buyer = lock(buyer)
    allow(actor, "set_weights", buyer)
    chosen = {name: weights[name] for name in DEFAULTS}
    if not any(chosen.values()):
        raise DomainError(_("Some reason has to count: give at least one of them a weight."))
    row, _created = Weights.objects.update_or_create(
        buyer=buyer, defaults={**chosen, "set_by": actor, "set_at": clock.now()}
    )
    record(actor, "set_weights", buyer, **chosen)
    return row


@operation
def reset_weights(buyer: Organisation, *, actor: Any) -> Organisation:
    """Back to the weights everybody begins with."""
    buyer = lock(buyer)
    allow(actor, "reset_weights", buyer)
    Weights.objects.filter(buyer=buyer).delete()
    record(actor, "reset_weights", buyer)
    return buyer


@operation
def write_note(proposal: Proposal, *, buyer: Organisation, text: str, actor: Any) -> Note:
    """Note something on a proposal for one's colleagues. The trail says it of the union body, not
    of the proposal: its organisation does not learn that it is being talked about."""
    proposal = lock(proposal)
    allow(actor, "write_note", proposal)
    if buyer.pk not in buying_for(actor):
        raise Forbidden(_("You do not act for this union body."))
    note = Note.objects.create(
        buyer=buyer, proposal=proposal, text=text, written_by=actor, written_at=clock.now()
    )
    record(actor, "write_note", buyer, note=note.pk)
    return note


@operation
def strike_note(note: Note, *, actor: Any) -> Note:
    """Take one's own note off the page; it is kept, and shown no more."""
    note = lock(note, "buyer")
    allow(actor, "strike_note", note)
    note.struck_at = clock.now()
    note.save(update_fields=["struck_at"])
    record(actor, "strike_note", note.buyer, note=note.pk)
    return note
