"""What pages say of plans: their worth beside the bound, pairs, who gains and who loses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bidding.proposals.models import Proposal
from foundation.organisations.models import Organisation
from marketplace.matching.models import AllocationRun, Match
from marketplace.matching.problems import names_of
from marketplace.matching.queries import Result

POINTS = 10_000
"""A score is kept in so many parts of a point."""


@dataclass(frozen=True)
class PlanFacts:
    """A plan in figures; worths are points (of score, or of score × people)."""

    left_fen: int
    worth: float
    bound: float | None
    share: float | None
    greedy: float | None
    missed: list[dict[str, Any]]

    @property
    def proven(self) -> bool:
        """Is no plan worth more?"""
        return self.share is not None and self.share >= 100


def facts_of(run: AllocationRun) -> PlanFacts | None:
    """The figures of a run that has a plan; of one that has none, the floors out of reach."""
    result = run.result
    search = run.search
    short = result.get("missed") or search.get("unreachable") or []
    names = names_of(one["group"] for one in short) if short else {}
    missed = [{**one, "name": names.get(one["group"], one["group"])} for one in short]
    if not result.get("plan"):
        return PlanFacts(0, 0, None, None, None, missed) if missed else None
    worth, bound = result["worth"], search.get("bound")
    share = None
    if bound is not None:
        open_ = max(bound - worth, 0) / max(bound, 1)
        share = 100.0 if open_ < 1e-6 else 100 * (1 - open_)
    return PlanFacts(
        left_fen=result["plan"]["left"].get(run.inputs["seed"], 0),
        worth=worth / POINTS,
        bound=bound / POINTS if bound is not None else None,
        share=share,
        greedy=search["greedy"] / POINTS if search.get("greedy") else None,
        missed=missed,
    )


@dataclass(frozen=True)
class ShownPair:
    """A union and a proposal that would both rather have each other."""

    buyer: Organisation
    proposal: Proposal
    instead: Proposal
    moved: int


def pairs_of(run: AllocationRun, results: Sequence[Result]) -> list[ShownPair]:
    """The blocking pairs of a plan with their names (one query)."""
    pairs = run.result.get("pairs") or []
    if not pairs:
        return []
    proposals = {result.proposal.pk: result.proposal for result in results}
    buyers = Organisation.objects.in_bulk({pair["buyer"] for pair in pairs})
    return [
        ShownPair(
            buyers[pair["buyer"]],
            proposals[pair["proposal"]],
            proposals[pair["instead"]],
            pair["moved"],
        )
        for pair in pairs
    ]


# --- side by side ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """One plan of a comparison."""

    run: AllocationRun
    facts: PlanFacts | None
    granted: dict[int, int]
    people: int

    @property
    def funded(self) -> int:
        """How many it funds."""
        return len(self.granted)

    @property
    def granted_fen(self) -> int:
        """What it gives in all."""
        return sum(self.granted.values())


@dataclass(frozen=True)
class Gain:
    """What a proposal gets more (or less) in a plan than in the first; a bar of a picture."""

    proposal: Proposal
    fen: int
    start: float
    width: float


@dataclass(frozen=True)
class Comparison:
    """Plans beside each other: a row for each proposal, and a picture for each plan but the
    first."""

    columns: list[Column]
    rows: list[tuple[Proposal, list[int]]]
    pictures: list[tuple[Column, list[Gain]]]


def comparison_of(runs: Sequence[AllocationRun]) -> Comparison:
    """The plans side by side (two queries)."""
    matches = Match.objects.filter(run__in=runs).select_related(
        "proposal__organisation", "proposal__place"
    )
    proposals: dict[int, Proposal] = {}
    granted: dict[int, dict[int, int]] = {run.pk: {} for run in runs}
    for match in matches:
        proposals[match.proposal_id] = match.proposal
        if match.amount_fen:
            mine = granted[match.run_id]
            mine[match.proposal_id] = mine.get(match.proposal_id, 0) + match.amount_fen
    ordered = sorted(proposals.values(), key=lambda one: (one.place.rank, one.pk))
    columns = [
        Column(
            run,
            facts_of(run),
            granted[run.pk],
            sum(proposals[pk].headcount or 0 for pk in granted[run.pk]),
        )
        for run in runs
    ]
    rows = [(one, [column.granted.get(one.pk, 0) for column in columns]) for one in ordered]
    pictures = [(column, gains(ordered, columns[0], column)) for column in columns[1:]]
    return Comparison(columns, rows, pictures)


def gains(proposals: Sequence[Proposal], first: Column, other: Column) -> list[Gain]:
    """Who gains (to the right of the middle) and who loses (to the left), by rank."""
    changed = [
        (one, other.granted.get(one.pk, 0) - first.granted.get(one.pk, 0)) for one in proposals
    ]
    changed = [(one, fen) for one, fen in changed if fen]
    top = max((abs(fen) for _one, fen in changed), default=0)
    found = []
    for one, fen in changed:
        width = round(48 * abs(fen) / top, 2)
        found.append(Gain(one, fen, 50 if fen > 0 else round(50 - width, 2), width))
    return found
