"""What is still to be had while money is shared out: rooms under every ceiling, money in pockets.

Pure. One object that greedy policies fill step by step, and that says of any proposal how much it
could get now and which limit is the narrowest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from marketplace.matching.allocation import (
    BUYER,
    CEILING,
    EXCLUDED,
    LIMIT,
    LOT,
    MONEY,
    Candidate,
    Line,
    Problem,
    Refusal,
)


class Room:
    """The state of a sharing: begun empty (or after some lines), filled by `take`."""

    def __init__(self, problem: Problem, lines: Iterable[Line] = ()) -> None:
        """Everything is there; then what `lines` grant is taken."""
        self.problem = problem
        self.left = dict(problem.pockets)
        self.lots = {lot: envelope.ceiling for lot, envelope in problem.lots.items()}
        self.limits = {one.group: one.ceiling for one in problem.limits if one.ceiling is not None}
        self.rivals = problem.rivals()
        self.funded: set[int] = set()
        self._candidates = {candidate.proposal: candidate for candidate in problem.candidates}
        self.take(lines)

    def take(self, lines: Iterable[Line], sign: int = 1) -> None:
        """Grant these lines (or give them back, with `sign` −1)."""
        for line in lines:
            candidate = self._candidates[line.proposal]
            amount = sign * line.amount
            self.left[line.pocket] -= amount
            self.lots[candidate.lot] -= amount
            for group in candidate.groups:
                if group in self.limits:
                    self.limits[group] -= amount
            (self.funded.add if sign > 0 else self.funded.discard)(line.proposal)

    def rooms(self, candidate: Candidate) -> list[tuple[int, str, str]]:
        """(fen, which limit, group) of everything but money that narrows what it may get."""
        found = [
            (self.problem.lots[candidate.lot].proposal_ceiling, CEILING, ""),
            (self.lots[candidate.lot], LOT, ""),
        ]
        found += [
            (self.limits[group], LIMIT, group)
            for group in sorted(candidate.groups)
            if group in self.limits
        ]
        return found

    def rival(self, candidate: Candidate) -> int | None:
        """A funded proposal beside which this one cannot be."""
        there = self.rivals.get(candidate.proposal, set()) & self.funded
        return min(there) if there else None

    def draw(self, candidate: Candidate, wanted: int | None = None) -> list[Line]:
        """What it could have now, up to `wanted`: promises in the order made, then the seed."""
        if self.rival(candidate) is not None:
            return []
        need = min([candidate.asked, *(room for room, _kind, _group in self.rooms(candidate))])
        need = need if wanted is None else min(need, wanted)
        taken: Counter[str] = Counter()
        lines = []
        for promise in sorted(candidate.promises, key=lambda p: p.pledge):
            there = self.left[promise.pocket] - taken[promise.pocket]
            amount = min(promise.amount, there, need)
            if amount > 0:
                need -= amount
                taken[promise.pocket] += amount
                lines.append(
                    Line(candidate.proposal, promise.pocket, amount, promise.pledge, promise.buyer)
                )
        seed = self.problem.seed
        amount = min(self.left[seed] - taken[seed], need)
        if amount > 0 and (candidate.promises or not self.problem.needs_buyer):
            lines.append(Line(candidate.proposal, seed, amount))
        return lines

    def refusal(self, candidate: Candidate, needed: int) -> Refusal:
        """Why it cannot have `needed` now: the first of the limits that is too narrow for it."""
        needed = max(needed, 1)
        rival = self.rival(candidate)
        if rival is not None:
            return Refusal(candidate.proposal, EXCLUDED, 0, needed, other=rival)
        if self.problem.needs_buyer and not candidate.promises:
            return Refusal(candidate.proposal, BUYER, 0, needed)
        for room, kind, group in self.rooms(candidate):
            if room < needed:
                return Refusal(candidate.proposal, kind, max(room, 0), needed, group=group)
        have = sum(line.amount for line in self.draw(candidate))
        return Refusal(candidate.proposal, MONEY, have, needed)
