"""The way back in the flow picture: what returned from each stage, and where to."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.models import Fund, JournalKind, Place, Transfer

CAME_IN, GIVEN, PROMISED, BOUND, PAID = 0, 1, 2, 3, 5
"""Stages of the flow (as `flow_of` counts them) between which money returns."""

WAYS = {
    JournalKind.RELEASE: (PROMISED, _("released from awards")),
    JournalKind.UNENCUMBER: (BOUND, _("returned unspent from agreements")),
    JournalKind.RECOVER: (PAID, _("came back from organisations")),
}


def returns_of(fund: Fund | None = None) -> list[tuple[Any, int, int, int]]:
    """(what returned, fen, from which stage, to which) of one fund or of all (one query)."""
    back = Q(journal__kind__in=WAYS, debit__place__in=[*_PROMISES])
    undone = Q(journal__reverses__kind__in=WAYS, credit__place__in=[*_PROMISES])
    steps = Transfer.objects.filter(back | undone).order_by()
    if fund is not None:
        steps = steps.filter(debit__fund=fund)
    sums: dict[tuple[str, int], int] = {}
    rows = steps.values_list(
        "journal__kind", "journal__reverses__kind", "debit__place", "credit__place"
    )
    for kind, reversed_kind, origin, goal, fen in rows.annotate(Sum("amount_fen")):
        undoing = kind == JournalKind.REVERSE
        home = origin if undoing else goal
        key = reversed_kind if undoing else kind, GIVEN if home in _UNIONS else CAME_IN
        sums[key] = sums.get(key, 0) + (-fen if undoing else fen)
    return [
        (words, sums[kind, goal], stage, goal)
        for kind, (stage, words) in WAYS.items()
        for goal in (GIVEN, CAME_IN)
        if sums.get((kind, goal), 0) > 0
    ]


_PROMISES = (Place.RESERVED, Place.ENCUMBERED, Place.RECEIVABLE)
_UNIONS = (Place.BUYER, Place.OWN)
