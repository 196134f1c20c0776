"""What is shared out, and how a sharing is written down: the problem, the plan, their plain facts.

Pure: no database, no clock, no chance. Amounts are fen. The policies that make plans stand in
`turns` (by rank), `shares` (equal shares) and `optimum` (the greatest value); `checker` trusts
none of them. Everything is written down in one order, whatever order it came in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

RULES = 2
"""The version of the rules; it is part of every run's frozen inputs."""

RANK, RANK_STOP, PART_FUND = "rank", "rank-stop", "part-fund"
BEST, EQUAL_SHARES, BY_HAND = "best", "equal-shares", "by-hand"
POLICIES = (RANK, RANK_STOP, PART_FUND, BEST, EQUAL_SHARES)

CEILING, LOT, MONEY, LIMIT = "ceiling", "lot", "money", "limit"
EXCLUDED, STOPPED, BUYER, FLOOR, HAND = "excluded", "stopped", "buyer", "floor", "hand"


@dataclass(frozen=True)
class Promise:
    """A buyer pays up to `amount` fen of this proposal out of one pocket."""

    pledge: int
    buyer: int
    pocket: str
    amount: int


@dataclass(frozen=True)
class Candidate:
    """A ranked proposal: what it asked, the least it accepts, its declared value if it gets all
    it asked for, the groups limits speak of (`category:3`, `district:…`), who promised what."""

    proposal: int
    rank: int
    lot: int
    asked: int
    least: int
    promises: tuple[Promise, ...] = ()
    value: int = 0
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Envelope:
    """A lot: the money it may take in all, and for one proposal."""

    ceiling: int
    proposal_ceiling: int


@dataclass(frozen=True)
class Limit:
    """All proposals of a group together get at least `floor`, and at most `ceiling` if there is
    one. A proposal of several groups (districts) counts wholly in each."""

    group: str
    floor: int = 0
    ceiling: int | None = None


@dataclass(frozen=True)
class Problem:
    """Everything the computation knows; `pockets` holds what each pocket has, seed included.

    Of each tuple in `exclusions` at most one proposal is funded. With `needs_buyer`, seed money
    goes only to proposals that some buyer promised money for.
    """

    candidates: tuple[Candidate, ...]
    lots: Mapping[int, Envelope]
    pockets: Mapping[str, int]
    seed: str
    limits: tuple[Limit, ...] = ()
    exclusions: tuple[tuple[int, ...], ...] = ()
    needs_buyer: bool = False

    def by_rank(self) -> list[Candidate]:
        """The candidates, best first; equal ranks by number."""
        return sorted(self.candidates, key=lambda c: (c.rank, c.proposal))

    def most(self, candidate: Candidate) -> int:
        """The most one proposal may get: what it asks, or its lot's ceiling for one."""
        return min(candidate.asked, self.lots[candidate.lot].proposal_ceiling)

    def rivals(self) -> dict[int, set[int]]:
        """{proposal: those it cannot be funded beside}."""
        found: dict[int, set[int]] = {}
        for group in self.exclusions:
            for one in group:
                found.setdefault(one, set()).update(other for other in group if other != one)
        return found


@dataclass(frozen=True)
class Line:
    """So many fen for one proposal out of one pocket (`pledge` and `buyer` where promised)."""

    proposal: int
    pocket: str
    amount: int
    pledge: int | None = None
    buyer: int | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a proposal got nothing: `have` fen could be had where `needed` were the least.

    `group` names the limit that bound, `other` the proposal that stood in its way.
    """

    proposal: int
    reason: str
    have: int
    needed: int
    group: str = ""
    other: int | None = None


@dataclass(frozen=True)
class Plan:
    """Who gets what from where, who does not and why, and what is left in each pocket."""

    lines: tuple[Line, ...]
    refusals: tuple[Refusal, ...]
    left: Mapping[str, int]

    def granted(self) -> dict[int, int]:
        """{proposal: fen} of everything granted."""
        sums: Counter[int] = Counter()
        for line in self.lines:
            sums[line.proposal] += line.amount
        return dict(sums)


def worth(problem: Problem, plan: Plan) -> Fraction:
    """The declared value of a plan: a proposal that gets a part counts for that part, exactly."""
    granted = plan.granted()
    return sum(
        (
            Fraction(candidate.value * granted[candidate.proposal], candidate.asked)
            for candidate in problem.candidates
            if granted.get(candidate.proposal)
        ),
        Fraction(0),
    )


Grants = Mapping[tuple[int, int | None], int]
"""{(proposal, pledge or None for seed money): fen}."""


def lines_of(problem: Problem, grants: Grants) -> tuple[Line, ...]:
    """Grants as lines: by rank, promises in the order they were made, seed money last."""
    found = []
    for candidate in problem.by_rank():
        for promise in sorted(candidate.promises, key=lambda p: p.pledge):
            if amount := grants.get((candidate.proposal, promise.pledge), 0):
                found.append(
                    Line(candidate.proposal, promise.pocket, amount, promise.pledge, promise.buyer)
                )
        if amount := grants.get((candidate.proposal, None), 0):
            found.append(Line(candidate.proposal, problem.seed, amount))
    return tuple(found)


def left_after(problem: Problem, lines: Iterable[Line]) -> dict[str, int]:
    """What each pocket still holds after these lines."""
    left = dict(problem.pockets)
    for line in lines:
        left[line.pocket] -= line.amount
    return left


# --- plain facts ----------------------------------------------------------------------------


def problem_as_facts(problem: Problem) -> dict[str, Any]:
    """The problem as plain JSON, the same text for the same problem: what is frozen and hashed."""
    return {
        "rules": RULES,
        "seed": problem.seed,
        "needs_buyer": problem.needs_buyer,
        "pockets": dict(sorted(problem.pockets.items())),
        "lots": {str(lot): asdict(envelope) for lot, envelope in sorted(problem.lots.items())},
        "limits": [asdict(one) for one in sorted(problem.limits, key=lambda one: one.group)],
        "exclusions": sorted(sorted(group) for group in problem.exclusions),
        "candidates": [
            {
                **asdict(candidate),
                "groups": sorted(candidate.groups),
                "promises": [
                    asdict(promise)
                    for promise in sorted(candidate.promises, key=lambda p: p.pledge)
                ],
            }
            for candidate in problem.by_rank()
        ],
    }


def problem_from_facts(facts: Mapping[str, Any]) -> Problem:
    """The problem again, from the frozen inputs of a run (or a published file)."""
    return Problem(
        candidates=tuple(
            Candidate(
                **{
                    **candidate,
                    "groups": tuple(candidate["groups"]),
                    "promises": tuple(Promise(**promise) for promise in candidate["promises"]),
                }
            )
            for candidate in facts["candidates"]
        ),
        lots={int(lot): Envelope(**envelope) for lot, envelope in facts["lots"].items()},
        pockets=dict(facts["pockets"]),
        seed=facts["seed"],
        limits=tuple(Limit(**one) for one in facts["limits"]),
        exclusions=tuple(tuple(group) for group in facts["exclusions"]),
        needs_buyer=facts["needs_buyer"],
    )


def in_order(problem: Problem) -> Problem:
    """The same problem with its parts in one order, so that no solver sees another."""
    return replace(
        problem_from_facts(problem_as_facts(problem)), lots=dict(sorted(problem.lots.items()))
    )


def plan_as_facts(plan: Plan) -> dict[str, Any]:
    """The plan as plain JSON."""
    return {
        "lines": [asdict(line) for line in plan.lines],
        "refusals": [asdict(refusal) for refusal in plan.refusals],
        "left": dict(sorted(plan.left.items())),
    }


def plan_from_facts(facts: Mapping[str, Any]) -> Plan:
    """The plan again, from a run's frozen result (or a published file)."""
    return Plan(
        lines=tuple(Line(**line) for line in facts["lines"]),
        refusals=tuple(Refusal(**refusal) for refusal in facts["refusals"]),
        left=dict(facts["left"]),
    )
