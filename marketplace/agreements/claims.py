"""Money paid under an agreement that has to come back: claimed, arrived, or given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import officers_of
from foundation.permissions import allow
from marketplace.agreements import kinds, rules
from marketplace.agreements.models import Agreement
from marketplace.ledger.models import Journal
from marketplace.ledger.operations import Line, post
from marketplace.ledger.returns import claim_lines, recover_lines, waive_lines

__all__ = ["kinds", "rules"]

Lines = Callable[[Any, Any, Any, int], list[Line]]


@operation
def claim_back(
    agreement: Agreement, *, amount_fen: int, reason: str, actor: Any, once: str = ""
) -> Journal:
    """Claim back what was paid, from every pocket alike; it is owed to the fund until it arrives.

    `once` makes a doubled click one act, here as below.
    """
    said = amount_fen, reason, once
    return _move(agreement, "claim_back", claim_lines, said, actor=actor)


@operation
def recover_claim(
    agreement: Agreement, *, amount_fen: int, reason: str, actor: Any, once: str = ""
) -> Journal:
    """Claimed money has arrived: each fen goes home to the pocket it came from."""
    said = amount_fen, reason, once
    return _move(agreement, "recover_claim", recover_lines, said, actor=actor)


@operation
def waive_claim(
    agreement: Agreement, *, amount_fen: int, reason: str, actor: Any, once: str = ""
) -> Journal:
    """Give a claim up, in part or whole: that money counts as spent again."""
    said = amount_fen, reason, once
    return _move(agreement, "waive_claim", waive_lines, said, actor=actor)


_KINDS = {"claim_back": "claim", "recover_claim": "recover", "waive_claim": "waive"}


def _move(
    agreement: Agreement, verb: str, lines: Lines, said: tuple[int, str, str], *, actor: Any
) -> Journal:
    amount_fen, reason, once = said
    agreement = lock(agreement)
    allow(actor, verb, agreement)
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    key = f"{verb}:{agreement.pk}:{once}" if once else _next_key(verb, agreement)
    done = Journal.objects.filter(key=key).first()
    if done is not None:
        return done
    journal = _post(agreement, (verb, key), lines, (amount_fen, reason), actor)
    record(actor, verb, agreement, amount_fen=amount_fen, reason=reason)
    return journal


def claim_too_much(agreement: Agreement, amount_fen: int, *, reason: str, actor: Any) -> Journal:
    """What was paid beyond what the work came to is claimed back; called inside the operation
    that ends the agreement, its row locked."""
    key = _next_key("claim_back", agreement)
    return _post(agreement, ("claim_back", key), claim_lines, (amount_fen, reason), actor)


def _post(
    agreement: Agreement, once: tuple[str, str], lines: Lines, said: tuple[int, str], actor: Any
) -> Journal:
    (verb, key), (amount_fen, reason) = once, said
    fund, debtor = agreement.award.fund, agreement.award.proposal.organisation
    journal = post(
        key=key,
        kind=_KINDS[verb],
        lines=lines(fund, debtor, agreement, amount_fen),
        reference=f"agreement:{agreement.pk}",
        actor=actor,
        fund=fund,
        memo=reason[:200],
    )
    tell(
        officers_of(debtor),
        verb,
        url=path_to("agreements:agreement", agreement.pk),
        agreement=str(agreement),
        amount_fen=amount_fen,
        reason=reason,
    )
    return journal


def _next_key(verb: str, agreement: Agreement) -> str:
    """A key of its own for an act without a form (the agreement is locked)."""
    before = Journal.objects.filter(reference=f"agreement:{agreement.pk}", kind=_KINDS[verb])
    return f"{verb}:{agreement.pk}:{before.count() + 1}"
