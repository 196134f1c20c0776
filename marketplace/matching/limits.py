"""Floors and ceilings of groups, and proposals that exclude each other: what officers lay down."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.needs.models import Category
from bidding.proposals.models import Proposal
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.money import yuan
from foundation.operations import lock, operation
from foundation.organisations.models import District, Organisation
from foundation.permissions import allow
from marketplace.matching.limit_models import Exclusion, GroupLimit


@operation
def set_limit(
    call: Call,
    *,
    category: Category | None = None,
    district: District | None = None,
    organisation: Organisation | None = None,
    floor_fen: int | None = None,
    ceiling_fen: int | None = None,
    actor: Any,
) -> GroupLimit:
    """Say what a group gets at least or at most; saying it again replaces what was said.

    Plans computed before keep the limits they were computed with.
    """
    call = lock(call)
    allow(actor, "set_limit", call)
    group: dict[str, Any] = {
        "category": category,
        "district": district,
        "organisation": organisation,
    }
    if sum(one is not None for one in group.values()) != 1:
        raise DomainError(_("Choose one category, one district or one organisation."))
    if not floor_fen and ceiling_fen is None:
        raise DomainError(_("Say at least or at most how much."), field="floor_fen")
    floor = floor_fen or 0
    if ceiling_fen is not None and ceiling_fen < floor:
        raise DomainError(
            _("At most %(most)s contradicts at least %(least)s.")
            % {"most": yuan(ceiling_fen), "least": yuan(floor)},
            field="ceiling_fen",
        )
    limit, _made = GroupLimit.objects.update_or_create(
        call=call, **group, defaults={"floor_fen": floor, "ceiling_fen": ceiling_fen}
    )
    record(actor, "set_limit", call, group=limit.group, floor=floor, ceiling=ceiling_fen)
    return limit


@operation
def remove_limit(limit: GroupLimit, *, actor: Any) -> Call:
    """Take a limit back; plans computed with it keep it."""
    limit = lock(limit, "call")
    allow(actor, "remove_limit", limit)
    record(actor, "remove_limit", limit.call, group=limit.group)
    limit.delete()
    return limit.call


@operation
def set_exclusion(
    call: Call, *, first: Proposal, second: Proposal, reason: str, actor: Any
) -> Exclusion:
    """Say that of two proposals one at most may be funded, and why."""
    call = lock(call)
    allow(actor, "set_exclusion", call)
    if first == second:
        raise DomainError(_("Choose two different proposals."), field="second")
    first, second = sorted((first, second), key=lambda one: one.pk)
    try:
        with transaction.atomic():
            made = Exclusion.objects.create(call=call, first=first, second=second, reason=reason)
    except IntegrityError as there:
        raise Clash(_("These two exclude each other already."), field="second") from there
    record(actor, "set_exclusion", call, first=first.pk, second=second.pk, reason=reason)
    return made


@operation
def remove_exclusion(exclusion: Exclusion, *, actor: Any) -> Call:
    """Let two proposals be funded beside each other again."""
    exclusion = lock(exclusion, "call")
    allow(actor, "remove_exclusion", exclusion)
    facts = {"first": exclusion.first_id, "second": exclusion.second_id}
    record(actor, "remove_exclusion", exclusion.call, **facts)
    exclusion.delete()
    return exclusion.call
