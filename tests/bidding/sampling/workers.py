"""A small made-up sample of workers, and the same as R reads it: nobody's data but ours.

Written by a rule (no chance), so that Python and R have exactly the same rows.
"""

from __future__ import annotations

PLACES = ("east", "west", "north")
TRADES = ("C", "F", "G", "I")
TOTALS = {
    "place": {"east": 5200, "west": 3100, "north": 1700},
    "trade": {"C": 4000, "F": 2500, "G": 1500, "I": 2000},
}
ROWS = [
    (
        PLACES[(i * 7 // 3) % 5 % 3],
        TRADES[(i * i + i // 4) % 7 % 4],
        1 if (i * 11) % 17 < 6 + (i * 7 // 3) % 5 else 0,
        (i * 13) % 29 + 20,
        i % 6 != 0,
    )
    for i in range(1, 121)
]
"""(place, trade, wants advice, hours a week, answered the question about hours)."""


def as_csv() -> str:
    """The sample as R reads it."""
    lines = [f"{p},{t},{w},{h},{int(a)}" for p, t, w, h, a in ROWS]
    return "place,trade,wants,hours,answered\n" + "\n".join(lines) + "\n"
