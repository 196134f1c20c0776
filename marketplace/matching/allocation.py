"""Sharing the money out: the policy `rank`, and a checker that trusts nothing the policy says.

Pure: no database, no clock, no chance. The same problem gives the same plan in whatever order its
parts are listed. Proposals are taken by rank; each gets what it asked for, or as much as there is
if that is not less than the least it accepts; its buyers' promises pay first, in the order they
were made, and the seed money pays the rest. One that does not fit is skipped, with the reason and
the number that was missing, and the next one is tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

POLICY = "rank"
RULES = 1
"""The version of the rules above; it is part of every run's frozen inputs."""

CEILING, LOT, MONEY = "ceiling", "lot", "money"


@dataclass(frozen=True)
class Promise:
    """A buyer pays up to `amount` fen of this proposal out of one pocket."""

    pledge: int
    buyer: int
    pocket: str
    amount: int


@dataclass(frozen=True)
class Candidate:
    """A ranked proposal: what it asked, the least it accepts, and who promised what."""

    proposal: int
    rank: int
    lot: int
    asked: int
    least: int
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True)
class Envelope:
    """A lot: the money it may take in all, and for one proposal."""

    ceiling: int
    proposal_ceiling: int


@dataclass(frozen=True)
class Problem:
    """Everything the computation knows; `pockets` holds what each pocket has, seed included."""

    candidates: tuple[Candidate, ...]
    lots: Mapping[int, Envelope]
    pockets: Mapping[str, int]
    seed: str


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
    """Why a proposal got nothing: `have` fen could be had where `needed` were the least."""

    proposal: int
    reason: str
    have: int
    needed: int


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


def allocate(problem: Problem) -> Plan:
    """The plan by the policy `rank`."""
    left = dict(problem.pockets)
    room = {lot: envelope.ceiling for lot, envelope in problem.lots.items()}
    lines: list[Line] = []
    refusals: list[Refusal] = []
    for candidate in sorted(problem.candidates, key=lambda c: c.rank):
        drawn = list(_draw(candidate, problem, left, room[candidate.lot]))
        granted = sum(line.amount for line in drawn)
        if granted < candidate.least or not granted:
            refusals.append(_refusal(candidate, problem, granted, room[candidate.lot]))
            continue
        lines += drawn
        room[candidate.lot] -= granted
        for line in drawn:
            left[line.pocket] -= line.amount
    return Plan(tuple(lines), tuple(refusals), left)


def _draw(
    candidate: Candidate, problem: Problem, left: Mapping[str, int], room: int
) -> Iterator[Line]:
    """What this candidate could have now: promises first, in the order made, then the seed."""
    wanted = min(candidate.asked, room, problem.lots[candidate.lot].proposal_ceiling)
    taken: Counter[str] = Counter()
    for promise in sorted(candidate.promises, key=lambda p: p.pledge):
        amount = min(promise.amount, left[promise.pocket] - taken[promise.pocket], wanted)
        if amount > 0:
            wanted -= amount
            taken[promise.pocket] += amount
            yield Line(candidate.proposal, promise.pocket, amount, promise.pledge, promise.buyer)
    amount = min(left[problem.seed] - taken[problem.seed], wanted)
    if amount > 0:
        yield Line(candidate.proposal, problem.seed, amount)


def _refusal(candidate: Candidate, problem: Problem, granted: int, room: int) -> Refusal:
    """The narrowest of the three limits: one proposal's ceiling, the lot's rest, the money."""
    ceiling = problem.lots[candidate.lot].proposal_ceiling
    needed = max(candidate.least, 1)
    if ceiling < needed:
        return Refusal(candidate.proposal, CEILING, ceiling, needed)
    if room < needed:
        return Refusal(candidate.proposal, LOT, room, needed)
    return Refusal(candidate.proposal, MONEY, granted, needed)


def faults(problem: Problem, plan: Plan) -> list[str]:
    """What is wrong with a plan, whoever made it; an empty list when nothing is."""
    return [
        *_faults_of_lines(problem, plan),
        *_faults_of_sums(problem, plan),
        *_faults_of_refusals(problem, plan),
    ]


def _faults_of_lines(problem: Problem, plan: Plan) -> Iterator[str]:
    """Every line is positive and stands on the seed or on a promise of that very proposal."""
    promises = {
        (candidate.proposal, promise.pledge): promise
        for candidate in problem.candidates
        for promise in candidate.promises
    }
    used: set[int] = set()
    for line in plan.lines:
        name = f"proposal {line.proposal} from {line.pocket}"
        if line.amount <= 0:
            yield f"{name}: {line.amount} is not an amount"
        if line.pledge is None:
            if line.pocket != problem.seed:
                yield f"{name}: nobody promised this"
            continue
        promise = promises.get((line.proposal, line.pledge))
        if promise is None or (promise.pocket, promise.buyer) != (line.pocket, line.buyer):
            yield f"{name}: no such promise as {line.pledge}"
        elif line.amount > promise.amount:
            yield f"{name}: more than was promised"
        if line.pledge in used:
            yield f"{name}: promise {line.pledge} used twice"
        used.add(line.pledge)


def _faults_of_sums(problem: Problem, plan: Plan) -> Iterator[str]:
    """No pocket, lot or proposal gets or gives more than it may; what is left adds up."""
    candidates = {candidate.proposal: candidate for candidate in problem.candidates}
    out: Counter[str] = Counter()
    lots: Counter[int] = Counter()
    for line in plan.lines:
        out[line.pocket] += line.amount
        if line.proposal in candidates:
            lots[candidates[line.proposal].lot] += line.amount
    for pocket, holds in problem.pockets.items():
        if out[pocket] > holds:
            yield f"pocket {pocket} gives {out[pocket]} of {holds}"
        if plan.left.get(pocket) != holds - out[pocket]:
            yield f"pocket {pocket} is not left with {holds - out[pocket]}"
    for lot, envelope in problem.lots.items():
        if lots[lot] > envelope.ceiling:
            yield f"lot {lot} takes {lots[lot]} of {envelope.ceiling}"
    for proposal, granted in plan.granted().items():
        candidate = candidates.get(proposal)
        if candidate is None:
            yield f"proposal {proposal} is not in the contest"
        elif not candidate.least <= granted <= candidate.asked:
            yield f"proposal {proposal} gets {granted}, not {candidate.least} to {candidate.asked}"
        elif granted > problem.lots[candidate.lot].proposal_ceiling:
            yield f"proposal {proposal} gets more than one proposal may"


def _faults_of_refusals(problem: Problem, plan: Plan) -> Iterator[str]:
    """Everybody is granted or refused, once; nobody is refused whom what was left would carry."""
    granted = plan.granted()
    outcomes = Counter([*granted, *[refusal.proposal for refusal in plan.refusals]])
    ranked = {candidate.proposal: candidate for candidate in problem.candidates}
    for candidate in problem.candidates:
        if outcomes[candidate.proposal] != 1:
            yield f"proposal {candidate.proposal} has {outcomes[candidate.proposal]} outcomes"
    for refusal in plan.refusals:
        candidate = ranked[refusal.proposal]
        before = [line for line in plan.lines if ranked[line.proposal].rank < candidate.rank]
        spent = Counter[str]()
        for line in before:
            spent[line.pocket] += line.amount
        room = problem.lots[candidate.lot].ceiling - sum(
            line.amount for line in before if ranked[line.proposal].lot == candidate.lot
        )
        reach = Counter[str]({problem.seed: candidate.asked})
        for promise in candidate.promises:
            reach[promise.pocket] += promise.amount
        money = sum(
            min(most, problem.pockets[pocket] - spent[pocket]) for pocket, most in reach.items()
        )
        could = min(money, room, candidate.asked, problem.lots[candidate.lot].proposal_ceiling)
        if could >= max(candidate.least, 1):
            yield f"proposal {refusal.proposal} was refused, though {could} were there"


def problem_as_facts(problem: Problem) -> dict[str, Any]:
    """The problem as plain JSON, the same text for the same problem: what is frozen and hashed."""
    return {
        "policy": POLICY,
        "rules": RULES,
        "seed": problem.seed,
        "pockets": dict(sorted(problem.pockets.items())),
        "lots": {str(lot): asdict(envelope) for lot, envelope in sorted(problem.lots.items())},
        "candidates": [
            {
                **asdict(candidate),
                "promises": [
                    asdict(promise)
                    for promise in sorted(candidate.promises, key=lambda p: p.pledge)
                ],
            }
            for candidate in sorted(problem.candidates, key=lambda c: c.rank)
        ],
    }


def problem_from_facts(facts: Mapping[str, Any]) -> Problem:
    """The problem again, from the frozen inputs of a run (or a published file)."""
    return Problem(
        candidates=tuple(
            Candidate(
                **{
                    **candidate,
                    "promises": tuple(Promise(**promise) for promise in candidate["promises"]),
                }
            )
            for candidate in facts["candidates"]
        ),
        lots={int(lot): Envelope(**envelope) for lot, envelope in facts["lots"].items()},
        pockets=dict(facts["pockets"]),
        seed=facts["seed"],
    )


def plan_as_facts(plan: Plan) -> dict[str, Any]:
    """The plan as plain JSON."""
    return {
        "lines": [asdict(line) for line in plan.lines],
        "refusals": [asdict(refusal) for refusal in plan.refusals],
        "left": dict(sorted(plan.left.items())),
    }
