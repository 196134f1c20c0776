"""The terms of an agreement: how the amount falls into tranches, and which milestone opens which.

Pure: no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

SIGNING, MIDTERM, FINAL = "signing", "midterm", "final"
PERCENT = {SIGNING: 50, MIDTERM: 40, FINAL: 10}
"""How the amounts are filled in when nobody says otherwise; what binds is the amounts."""


def gates_of(milestones: Sequence[dict[str, Any]]) -> list[str]:
    """The gate each milestone opens, in their order: the last is final; the one due nearest to
    half-time among those before it is mid-term."""
    days = [dt.date.fromisoformat(milestone["due_on"]) for milestone in milestones]
    gates = ["" for _day in days]
    if not days:
        return gates
    gates[-1] = FINAL
    if len(days) > 1:
        half = days[0] + (days[-1] - days[0]) / 2
        middle = min(range(len(days) - 1), key=lambda place: (abs(days[place] - half), -place))
        gates[middle] = MIDTERM
    return gates


def amounts_of(amount_fen: int, gates: Sequence[str]) -> dict[str, int]:
    """{gate: fen} by the usual percentages, exact to the fen; without a mid-term its part is
    owed at signing's side of half and half."""
    if MIDTERM not in gates:
        final = amount_fen // 2
        return _positive({SIGNING: amount_fen - final, FINAL: final})
    midterm = amount_fen * PERCENT[MIDTERM] // 100
    final = amount_fen * PERCENT[FINAL] // 100
    return _positive({SIGNING: amount_fen - midterm - final, MIDTERM: midterm, FINAL: final})


def _positive(amounts: dict[str, int]) -> dict[str, int]:
    return {gate: amount for gate, amount in amounts.items() if amount > 0}
