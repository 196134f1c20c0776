"""Panels: sharing 1,000 proposals out among 200 judges, evenly, expertly, fairly."""

from __future__ import annotations

import random
import time

from bidding.evaluation.assignment import assign
from tests.benchmarks.figures import Figure


def measure(*, quick: bool) -> list[Figure]:
    """CPU seconds of one assignment, and whether its promises hold."""
    proposals, judges, each = (300, 60, 5) if quick else (1_000, 200, 5)
    chance = random.Random(5)
    knows = {
        judge: {
            c: chance.choice((1, 2, 3)) for c in chance.sample(range(7), chance.choice((1, 2, 3)))
        }
        for judge in range(judges)
    }
    category = {
        p: chance.choices(range(7), weights=(1, 2, 3, 1, 3, 4, 5))[0] for p in range(proposals)
    }
    value = {
        (judge, p): knows[judge][category[p]]
        for judge in range(judges)
        for p in range(proposals)
        if category[p] in knows[judge]
    }
    conflicts = {
        judge: chance.sample(range(proposals), chance.randrange(proposals // 50 + 1))
        for judge in range(judges)
    }
    began = time.process_time()
    found = assign(
        range(proposals), range(judges), each=each, value=value, conflicts=conflicts, seed="bench"
    )
    took = time.process_time() - began
    wrong = sum(p in conflicts[j] for p, mine in found.judges.items() for j in mine)
    wrong += sum(len(set(mine)) != each for mine in found.judges.values())
    name = f"{proposals:,} × {judges}, {each} each"
    return [
        Figure(f"{name}: CPU", took, "s", 2 if quick else 10),
        Figure("  loads differ by", max(found.load.values()) - min(found.load.values()), "", 1),
        Figure("  conflicts, or too few or doubled judges", wrong, "", 0),
        Figure(
            "  expertise kept when the worst were raised",
            found.total,
            "",
            0.98,
            found.best_total,
            at_least=True,
        ),
        Figure(
            "  the worst-served, against before",
            found.worst,
            "",
            1,
            found.worst_before,
            at_least=True,
        ),
    ]
