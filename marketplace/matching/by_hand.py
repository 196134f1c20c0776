"""Changing a plan by hand: one proposal gets another sum, everything else stays as it is.

Pure. The sum is paid as always: promises in the order made, then the seed money, out of what the
rest of the plan leaves. What is not possible is refused with the limit that stands against it.
"""

from __future__ import annotations

from marketplace.matching.allocation import HAND, Line, Plan, Problem, Refusal
from marketplace.matching.room import Room


def changed(problem: Problem, plan: Plan, proposal: int, amount: int) -> Plan | Refusal:
    """The plan in which this proposal gets `amount` fen (0: nothing); or why it cannot."""
    candidate = next(one for one in problem.candidates if one.proposal == proposal)
    others = [line for line in plan.lines if line.proposal != proposal]
    refusals = [one for one in plan.refusals if one.proposal != proposal]
    room = Room(problem, others)
    if not amount:
        refusals.append(Refusal(proposal, HAND, 0, 0))
        return _ordered(problem, others, refusals, room)
    drawn = room.draw(candidate, amount)
    if sum(line.amount for line in drawn) < amount:
        return room.refusal(candidate, amount)
    room.take(drawn)
    return _ordered(problem, [*others, *drawn], refusals, room)


def _ordered(problem: Problem, lines: list[Line], refusals: list[Refusal], room: Room) -> Plan:
    turns = {c.proposal: turn for turn, c in enumerate(problem.by_rank())}
    return Plan(
        tuple(sorted(lines, key=lambda line: turns[line.proposal])),
        tuple(sorted(refusals, key=lambda one: turns[one.proposal])),
        dict(room.left),
    )
