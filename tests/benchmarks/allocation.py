"""Sharing money out: the optimiser against its proven bound and the best simple rule."""

from __future__ import annotations

import random
import resource
import time

from marketplace.matching.allocation import Candidate, Envelope, Limit, Problem, Promise
from marketplace.matching.checker import faults, missed
from marketplace.matching.optimum import Found, allocate
from tests.benchmarks.figures import Figure

YUAN = 100
MB = 1024


def contest(count: int, buyers: int, *, chance: int = 1) -> Problem:
    """A contest as the platform lets it be: every promise is covered by its buyer's money, seven
    lots each carry about half of what is asked in them, categories and districts have floors."""
    rng = random.Random(chance)
    asked = [rng.randrange(30, 301) * 1000 * YUAN for _ in range(count)]
    lots = [rng.randrange(7) for _ in range(count)]
    districts = [rng.randrange(36 if count >= 500 else 9) for _ in range(count)]
    pockets = {f"buyer:{buyer}": 0 for buyer in range(buyers)}
    promises: list[list[Promise]] = [[] for _ in range(count)]
    pledge = 0
    for one in range(count):
        for buyer in rng.sample(range(buyers), rng.choice((0, 1, 1, 2, 2, 3, 4))):
            pledge += 1
            amount = asked[one] * rng.choice((20, 30, 50)) // 100
            promises[one].append(Promise(pledge, buyer, f"buyer:{buyer}", amount))
            pockets[f"buyer:{buyer}"] += amount
    pockets["seed"] = max(sum(asked) * 45 // 100 - sum(pockets.values()) // 2, 0)
    values = sorted((rng.randrange(600_000, 960_000) for _ in range(count)), reverse=True)
    candidates = tuple(
        Candidate(
            proposal=one + 1,
            rank=one + 1,
            lot=lots[one],
            asked=asked[one],
            least=asked[one] * rng.choice((80, 100)) // 100,
            promises=tuple(promises[one]),
            value=values[one],
            groups=(
                f"category:{lots[one]}",
                f"district:{districts[one]}",
                f"organisation:{rng.randrange(max(count // 2, 1))}",
            ),
        )
        for one in range(count)
    )
    wanted: dict[str, int] = {}
    for candidate in candidates:
        for group in candidate.groups:
            wanted[group] = wanted.get(group, 0) + candidate.asked
    floors = {"category": 25, "district": 15}
    limits = [
        Limit(group, floor=sum_ * floors[group.split(":")[0]] // 100)
        for group, sum_ in sorted(wanted.items())
        if group.split(":")[0] in floors
    ]
    limits += [
        Limit(group, ceiling=600_000 * YUAN)
        for group in sorted(wanted)
        if group.startswith("organisation")
    ]
    envelopes = {
        lot: Envelope(wanted.get(f"category:{lot}", 0) * rng.randrange(40, 70) // 100, 10**12)
        for lot in range(7)
    }
    return Problem(candidates, envelopes, pockets, "seed", tuple(limits))


def measure(*, quick: bool) -> list[Figure]:
    """Seconds, gap, and what simple rules lose."""
    figures = _sized(74, 35, seconds=3, gap=0.0)
    if not quick:
        figures += _sized(1_000, 300, seconds=60, gap=0.1)
        figures += _sized(10_000, 300, seconds=90, gap=2)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    return [*figures, Figure("memory of this process", most, "MB", 1536)]


def _sized(count: int, buyers: int, *, seconds: float, gap: float) -> list[Figure]:
    problem = contest(count, buyers)
    began = time.process_time()
    found: Found = allocate(problem)
    took = time.process_time() - began
    assert found.plan is not None
    wrong = len(faults(problem, found.plan)) + len(missed(problem, found.plan))
    name = f"{count:,} × {buyers}"
    return [
        Figure(f"{name}: CPU", took, "s", seconds),
        Figure("  gap to the proven bound", 100 * found.gap, "%", gap),
        Figure("  faults the checker finds", wrong, "", 0),
        Figure(
            "  value against the best simple plan that holds the floors",
            float(found.worth),
            "",
            1,
            float(found.greedy) or float(found.worth),
            at_least=True,
        ),
    ]
