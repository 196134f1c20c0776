"""Rankings: how many of the truly best a policy finds, with harsh judges and with an attacker."""

from __future__ import annotations

import random
from collections.abc import Callable
from statistics import fmean

from bidding.evaluation.ranking import panel_scores
from tests.benchmarks.figures import Figure

PROPOSALS, WINNERS = 74, 23
Rows = dict[str, dict[int, float]]


def measure(*, quick: bool) -> list[Figure]:
    """Recall of the true winners by each policy, beside the plain mean on the same scores."""
    worlds = 20 if quick else 100
    uneven = recalls(worlds, judges=15, each=5, leniency=9)
    attacked = recalls(worlds, judges=15, each=5, leniency=4, attackers=3, marks=(90, 50))
    board = recalls(worlds, judges=7, each=7, leniency=4, attackers=1, marks=(100, 0))
    calm = recalls(worlds, judges=7, each=7, leniency=4)
    return [
        _beside("paper review, harsh and lenient judges: adjusted", uneven, "adjusted", 1.05),
        _beside("paper review, one attacker in five: adjusted", attacked, "adjusted", 1.05),
        _beside("live board, one attacker: trimmed mean", board, "trimmed", 1.10),
        _beside("live board, nobody attacks: trimmed mean", calm, "trimmed", 0.97),
    ]


def _beside(what: str, found: dict[str, float], policy: str, target: float) -> Figure:
    return Figure(what, found[policy], "", target, found["mean"], at_least=True)


def recalls(
    worlds: int,
    *,
    judges: int,
    each: int,
    leniency: float,
    attackers: int = 0,
    marks: tuple[int, int] = (100, 0),
) -> dict[str, float]:
    """Policy → the share of the truly best that it finds, over many seeded worlds."""
    found: dict[str, list[float]] = {"mean": [], "median": [], "trimmed": [], "adjusted": []}
    for world in range(worlds):
        chance = random.Random(f"{world}:{judges}:{each}:{leniency}:{attackers}")
        worths = {f"{n:03d}": chance.gauss(70, 8) for n in range(PROPOSALS)}
        rows = _judged(chance, worths, judges, each, leniency)
        if attackers:
            _attack(chance, rows, judges, attackers, marks)
        best = _first(worths.__getitem__, worths)
        totals = {
            key: {judge: round(min(max(value, 0), 100) * 10_000) for judge, value in mine.items()}
            for key, mine in rows.items()
        }
        for policy, shares in found.items():
            scores = panel_scores(policy, totals)
            shares.append(len(best & _first(scores.__getitem__, worths)) / WINNERS)
    return {policy: fmean(shares) for policy, shares in found.items()}


def _first(value: Callable[[str], float], keys: dict[str, float]) -> set[str]:
    return set(sorted(keys, key=lambda key: (-value(key), key))[:WINNERS])


def _judged(
    chance: random.Random, worths: dict[str, float], judges: int, each: int, leniency: float
) -> Rows:
    """Every proposal by `each` judges with as even a load as can be."""
    offsets = [chance.gauss(0, leniency) for _judge in range(judges)]
    load, rows = [0] * judges, {}
    for key, worth in worths.items():
        mine = sorted(range(judges), key=lambda judge: (load[judge], chance.random()))[:each]
        for judge in mine:
            load[judge] += 1
        rows[key] = {judge: worth + offsets[judge] + chance.gauss(0, 6) for judge in mine}
    return rows


def _attack(
    chance: random.Random, rows: Rows, judges: int, attackers: int, marks: tuple[int, int]
) -> None:
    """Some judges give a fifth of the proposals the one mark and all others the other."""
    bad = set(chance.sample(range(judges), attackers))
    friends = set(chance.sample(sorted(rows), len(rows) // 5))
    for key, mine in rows.items():
        for judge in bad & mine.keys():
            mine[judge] = marks[0] if key in friends else marks[1]
