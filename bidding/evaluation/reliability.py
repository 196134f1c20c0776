"""What stands beside a ranking: severity, agreement, stability, and scores that stand out.

Pure: worked out once from the frozen inputs, seeded by their hash, so that anybody gets the same.
Nothing here changes the official score.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

from bidding.evaluation.agreement import alpha, between, correlations, one_way
from bidding.evaluation.leniency import Fit, fit
from bidding.evaluation.price import price_parts
from bidding.evaluation.ranking import bonus_of, rank, totals_of
from bidding.evaluation.stability import (
    DRAWS,
    OUTLYING,
    redrawn,
    sureness,
    without_each_judge,
)

LEAVING_OUT = 20_000
"""Judges times totals up to which each judge is left out in turn; beyond, one judge moves little
and the ranking would take minutes."""

Facts = dict[str, Any]


def reliability(inputs: Mapping[str, Any], *, seed: str) -> Facts:
    """Everything shown beside the ranking of `inputs`, as plain data; scores of the full 100."""
    totals = totals_of(inputs)
    given = [
        (key, judge, value / 10_000)
        for key, mine in totals.items()
        for judge, value in mine.items()
    ]
    fitted = fit(given)
    official = {row.key: row for row in rank(inputs)}
    judges = {judge for _key, judge, _value in given}
    few = len(judges) * len(given) <= LEAVING_OUT
    without = without_each_judge(inputs) if few and len(judges) > 1 else {}
    prices = price_parts(inputs)
    extra = {
        one["key"]: float(bonus_of(inputs.get("bonus"), one) + prices.get(one["key"], 0)) / 10_000
        for one in inputs["proposals"]
    }
    redraws = redrawn(inputs["policy"], fitted, extra=extra, seed=seed)
    ranks = {key: row.rank for key, row in official.items()}
    return {
        "judges": _judges(fitted, given),
        "noise": round(fitted.noise, 2),
        "leniency": round(fitted.leniency, 2),
        **_agreement(totals, seed),
        "places": {
            key: {
                "low": round(sure.low, 2),
                "high": round(sure.high, 2),
                "expected": round(sure.expected, 1),
                "best": sure.best,
                "worst": sure.worst,
                "without_best": sure.without_best,
                "without_worst": sure.without_worst,
            }
            for key, sure in sureness(redraws, without, ranks).items()
        },
        "left_out": bool(without),
        "draws": min(map(len, redraws.values()), default=0),
        "outliers": _outliers(fitted),
    }


def _judges(fitted: Fit, given: list[tuple[str, Any, float]]) -> list[Facts]:
    rows = []
    for judge, offset in fitted.offsets.items():
        low, high = fitted.interval(judge)
        rows.append(
            {
                "judge": judge,
                "offset": round(offset, 2),
                "low": round(low, 2),
                "high": round(high, 2),
                "sheets": sum(one == judge for _key, one, _value in given),
                "stands_out": low > 0 or high < 0,
            }
        )
    return rows


def _outliers(fitted: Fit) -> list[Facts]:
    far = [one for one in fitted.residuals if abs(one.standing) >= OUTLYING]
    far.sort(key=lambda one: (-abs(one.standing), one.proposal, one.judge))
    return [
        {
            "proposal": one.proposal,
            "judge": one.judge,
            "total": round(one.value, 2),
            "expected": round(one.value - one.residual, 2),
            "standing": round(one.standing, 1),
        }
        for one in far
    ]


def _agreement(totals: Mapping[str, Mapping[Any, int]], seed: str) -> Facts:
    """ICC and alpha with their intervals; the ICC's form follows from who judged what."""
    judges = sorted({judge for mine in totals.values() for judge in mine})
    whole = len(judges) > 1 and all(len(mine) == len(judges) for mine in totals.values())
    units = [[value / 10_000 for value in mine.values()] for _key, mine in sorted(totals.items())]
    if whole:
        table = [
            [mine[judge] / 10_000 for judge in judges] for _key, mine in sorted(totals.items())
        ]
        form, icc = "agreement", _or_nan(table, "agreement")
        together = _or_nan(table, "agreement_mean")
        limits = between(table, lambda rows: _or_nan(rows, "agreement"), seed=seed, draws=DRAWS)
    else:
        form, icc, together = "one_way", one_way(units), float("nan")
        limits = between(units, one_way, seed=seed, draws=DRAWS)
    return {
        "icc": {
            "form": form,
            "one": _plain(icc),
            "mean": _plain(together),
            "interval": _both(limits),
        },
        "alpha": {
            "value": _plain(alpha(units)),
            "interval": _both(between(units, alpha, seed=seed, draws=DRAWS)),
        },
    }


def _or_nan(table: Any, form: str) -> float:
    try:
        return float(getattr(correlations(table), form))
    except ValueError:
        return float("nan")


def _plain(value: float) -> float | None:
    return None if isnan(value) else round(value, 3)


def _both(limits: tuple[float, float] | None) -> list[float] | None:
    return [round(value, 3) for value in limits] if limits else None
