"""Recomputing every constraint of a plan, whoever made it: nothing a policy says is trusted.

Pure, and on purpose without anything the policies are made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from marketplace.matching.allocation import (
    PART_FUND,
    RANK,
    RANK_STOP,
    Candidate,
    Line,
    Plan,
    Problem,
)


@dataclass(frozen=True)
class Missed:
    """A group that gets `gets` fen, less than its floor."""

    group: str
    gets: int
    floor: int


def faults(problem: Problem, plan: Plan, policy: str = "") -> list[str]:
    """What is wrong with a plan; an empty list when nothing is. Floors are told by `missed`."""
    return [
        *_faults_of_lines(problem, plan),
        *_faults_of_sums(problem, plan),
        *_faults_of_sizes(problem, plan),
        *_faults_of_choice(problem, plan),
        *_faults_of_refusals(problem, plan, policy),
    ]


def missed(problem: Problem, plan: Plan) -> list[Missed]:
    """The floors a plan does not reach: it can be looked at, and not be confirmed."""
    got = _by_group(problem, plan)
    return [
        Missed(one.group, got[one.group], one.floor)
        for one in sorted(problem.limits, key=lambda one: one.group)
        if got[one.group] < one.floor
    ]


def _by_group(problem: Problem, plan: Plan) -> Counter[str]:
    """{group: fen of the proposals that belong to it}."""
    granted = plan.granted()
    sums: Counter[str] = Counter()
    for candidate in problem.candidates:
        for group in set(candidate.groups):
            sums[group] += granted.get(candidate.proposal, 0)
    return sums


def _faults_of_lines(problem: Problem, plan: Plan) -> Iterator[str]:
    """Every line is positive and stands on the seed or on a promise of that very proposal."""
    promises = {
        (candidate.proposal, promise.pledge): promise
        for candidate in problem.candidates
        for promise in candidate.promises
    }
    promised = {proposal for proposal, _pledge in promises}
    used: set[tuple[int, int | None]] = set()
    for line in plan.lines:
        name = f"proposal {line.proposal} from {line.pocket}"
        if line.amount <= 0:
            yield f"{name}: {line.amount} is not an amount"
        if (line.proposal, line.pledge) in used:
            yield f"{name}: promise {line.pledge} used twice"
        used.add((line.proposal, line.pledge))
        if line.pledge is None:
            if line.pocket != problem.seed or line.buyer is not None:
                yield f"{name}: nobody promised this"
            if problem.needs_buyer and line.proposal not in promised:
                yield f"{name}: seed money without a buyer's promise"
            continue
        promise = promises.get((line.proposal, line.pledge))
        if promise is None or (promise.pocket, promise.buyer) != (line.pocket, line.buyer):
            yield f"{name}: no such promise as {line.pledge}"
        elif line.amount > promise.amount:
            yield f"{name}: more than was promised"


def _faults_of_sums(problem: Problem, plan: Plan) -> Iterator[str]:
    """No pocket, lot, group or proposal gets or gives more than it may; what is left adds up."""
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
    for pocket in sorted(set(out) - set(problem.pockets)):
        yield f"there is no pocket {pocket}"
    for lot, envelope in problem.lots.items():
        if lots[lot] > envelope.ceiling:
            yield f"lot {lot} takes {lots[lot]} of {envelope.ceiling}"
    got = _by_group(problem, plan)
    for one in problem.limits:
        if one.ceiling is not None and got[one.group] > one.ceiling:
            yield f"{one.group} takes {got[one.group]} of {one.ceiling}"


def _faults_of_sizes(problem: Problem, plan: Plan) -> Iterator[str]:
    """Nobody gets less than the least it accepts, or more than it asked for or may get."""
    candidates = {candidate.proposal: candidate for candidate in problem.candidates}
    for proposal, granted in plan.granted().items():
        candidate = candidates.get(proposal)
        if candidate is None:
            yield f"proposal {proposal} is not in the contest"
        elif not candidate.least <= granted <= candidate.asked:
            yield f"proposal {proposal} gets {granted}, not {candidate.least} to {candidate.asked}"
        elif granted > problem.lots[candidate.lot].proposal_ceiling:
            yield f"proposal {proposal} gets more than one proposal may"


def _faults_of_choice(problem: Problem, plan: Plan) -> Iterator[str]:
    """Everybody is granted or refused, once; of those that exclude each other, one at most."""
    granted = plan.granted()
    outcomes = Counter([*granted, *[refusal.proposal for refusal in plan.refusals]])
    for candidate in problem.candidates:
        if outcomes[candidate.proposal] != 1:
            yield f"proposal {candidate.proposal} has {outcomes[candidate.proposal]} outcomes"
    for group in problem.exclusions:
        beside = sorted(one for one in set(group) if granted.get(one))
        if len(beside) > 1:
            yield f"proposals {beside} exclude each other"


def _faults_of_refusals(problem: Problem, plan: Plan, policy: str) -> Iterator[str]:
    """By rank, nobody is refused whom what was left at its turn would carry."""
    if policy not in (RANK, PART_FUND, RANK_STOP):
        return
    of: dict[int, list[Line]] = {}
    for line in plan.lines:
        of.setdefault(line.proposal, []).append(line)
    spent: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    before: set[int] = set()
    stopped = False
    for candidate in problem.by_rank():
        mine = of.get(candidate.proposal)
        if mine and stopped:
            yield f"proposal {candidate.proposal} is funded after the sharing had stopped"
        if mine is None and not stopped:
            could = _could(problem, candidate, spent, taken, before)
            if could >= max(candidate.least if policy == PART_FUND else candidate.asked, 1):
                yield f"proposal {candidate.proposal} was refused, though {could} were there"
            stopped = policy == RANK_STOP
        for line in mine or ():
            before.add(candidate.proposal)
            spent[line.pocket] += line.amount
            for where in {f"lot {candidate.lot}", *candidate.groups}:
                taken[where] += line.amount


def _could(
    problem: Problem,
    candidate: Candidate,
    spent: Counter[str],
    taken: Counter[str],
    before: set[int],
) -> int:
    """What there was for a candidate after those `before` it had their turns."""
    for group in problem.exclusions:
        if candidate.proposal in group and before & set(group):
            return 0
    envelope = problem.lots[candidate.lot]
    rooms = [candidate.asked, envelope.proposal_ceiling]
    rooms.append(envelope.ceiling - taken[f"lot {candidate.lot}"])
    for limit in problem.limits:
        if limit.ceiling is not None and limit.group in candidate.groups:
            rooms.append(limit.ceiling - taken[limit.group])
    seed = candidate.asked if candidate.promises or not problem.needs_buyer else 0
    reach: Counter[str] = Counter({problem.seed: seed})
    for promise in candidate.promises:
        reach[promise.pocket] += promise.amount
    money = sum(
        min(most, problem.pockets[pocket] - spent[pocket]) for pocket, most in reach.items()
    )
    return min(money, *rooms)
