"""A buyer's shelf: every proposal that looks for money, in order of fit, each point with its
reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from numpy.typing import NDArray

from bidding.needs.queries import published_needs
from bidding.proposals.models import Proposal
from foundation.organisations.models import Organisation
from marketplace.matching import fit
from marketplace.matching.models import Pledge
from marketplace.matching.postings import bm25, covered, words_of
from marketplace.matching.queries import Purse
from marketplace.matching.shelf_index import Block, blocks_for
from marketplace.matching.shelf_models import Weights
from marketplace.matching.states import PledgeState

Floats = NDArray[np.float64]
Record = tuple[int, float]

RECORDS: list[Callable[[], Mapping[int, Record]]] = []
"""Who knows how organisations did what they were paid for: {organisation: (closed projects, mean
final score)}. What is delivered is known on the stairs above."""


@dataclass(frozen=True)
class Wish:
    """One need of a buyer's own workers, and how heavy it is: urgency × people."""

    title: str
    audience: str
    weight: float


@dataclass(frozen=True)
class Profile:
    """What a shelf is ordered by: all that is known of the buyer."""

    buyer: Organisation | None
    districts: frozenset[str]
    wishes: dict[int, Wish]
    taken: dict[str, int]
    free_fen: int
    weights: dict[str, int]
    own_weights: bool


def weights_of(buyer: Organisation | None) -> tuple[dict[str, int], bool]:
    """The weights of the buyer's shelf, and whether they are its own."""
    row: Weights | None = getattr(buyer, "shelf_weights", None)
    return (row.as_numbers(), True) if row else (dict(fit.DEFAULTS), False)


def profile_of(buyer: Organisation | None, purses: Iterable[Purse]) -> Profile:
    """What is known of the buyer (one query, none without one)."""
    weights, own = weights_of(buyer)
    if buyer is None:
        return Profile(None, frozenset(), {}, {}, 0, weights, own)
    districts, needs, taken = _known_of(buyer)
    wishes = {
        pk: Wish(title, audience, (1.0 if district else fit.EVERYWHERE) * urgency * people)
        for _kind, pk, title, audience, urgency, people, district in needs
        if district is None or district in districts
    }
    free = sum(max(purse.free_fen, 0) for purse in purses if purse.buyer == buyer)
    return Profile(buyer, districts, wishes, taken, free, weights, own)


def _known_of(buyer: Organisation) -> tuple[frozenset[str], list[Any], dict[str, int]]:
    """Where its workers are (its own district and those of the union bodies below it), every
    published need, and how many promises it made in each category: three tables asked at once."""
    union = getattr(buyer, "union", None)
    bodies = Q(union__path__startswith=union.path) if union is not None else Q(pk=buyer.pk)
    places = Organisation.objects.filter(bodies, district__isnull=False).order_by()
    promised = Pledge.objects.filter(
        buyer=buyer, state__in=[PledgeState.PROMISED, PledgeState.USED]
    ).order_by()
    none = {"words": Value(""), "first": Value(0), "second": Value(0)}
    needs = published_needs().order_by().annotate(told=Value("need"))
    rows = needs.values_list(
        "told", "pk", "title", "audience", "urgency", "headcount", "district"
    ).union(
        places.annotate(told=Value("place"), **none).values_list(
            "told", "pk", "words", "words", "first", "second", "district"
        ),
        promised.annotate(told=Value("took"), place=Value(None, CharField()), **none).values_list(
            "told", "pk", "proposal__lot__category", "words", "first", "second", "place"
        ),
        all=True,
    )
    known: dict[str, list[Any]] = {"need": [], "place": [], "took": []}
    for row in rows:
        known[row[0]].append(row)
    taken = Counter(category for _kind, _pk, category, *_ in known["took"])
    return frozenset(row[-1] for row in known["place"]), sorted(known["need"]), taken


@dataclass(frozen=True)
class Shelf:
    """Proposals by position (`order`: best first), with each reason's points and the facts."""

    profile: Profile
    ids: NDArray[np.int64]
    order: list[int]
    points: dict[str, Floats]
    total: Floats
    facts: dict[str, Any]

    def at(self, pk: int) -> int:
        """Where the proposal of this id stands in the arrays."""
        return int(np.flatnonzero(self.ids == pk)[0])


def shelf_for(rows: QuerySet[Proposal], profile: Profile, kept: Any = None) -> Shelf:
    """The shelf of these proposals, of which only the `kept` are shown: a constant number of
    queries, and arithmetic on arrays."""
    live = _live(rows, kept)
    ids = np.array([row[0] for row in live], dtype=np.int64)
    blocks = blocks_for(ids.tolist())
    known = np.concatenate([block.ids for block in blocks]) if blocks else ids[:0]
    by_id = np.argsort(known, kind="stable")
    at = by_id[np.searchsorted(known[by_id], ids)] if len(ids) else ids[:0]
    facts = {name: values[at] for name, values in _facts(blocks, profile).items()}
    scores = np.array([row[1] for row in live], dtype=np.float64) / 10_000
    records = _records()
    facts |= {
        "score": scores,
        "rank": np.array([row[2] for row in live], dtype=np.int64),
        "records": records,
    }
    shares = _shares(facts, profile, records)
    points = fit.points(shares, profile.weights)
    total = np.sum(list(points.values()), axis=0) if len(ids) else np.zeros(0)
    order = fit.order_of(total, facts["rank"], ids)
    shown = np.array([row[3] for row in live], dtype=bool)
    return Shelf(profile, ids, order[shown[order]].tolist(), points, total, facts)


def _live(rows: QuerySet[Proposal], kept: Any) -> list[Any]:
    """(id, score, rank, is it shown?) of what looks for money now, in one query."""
    shown: Any = Value(True)
    if kept is not None:
        shown = Case(When(pk__in=kept.order_by().values("pk"), then=True), default=False)
    found = rows.order_by().annotate(
        score=F("place__score_ten_thousandths"), rank=F("place__rank"), shown=shown
    )
    return list(found.values_list("pk", "score", "rank", "shown"))


def _records() -> dict[int, Record]:
    return {body: record for known in RECORDS for body, record in known().items()}


def _facts(blocks: list[Block], profile: Profile) -> dict[str, Any]:
    """What each proposal has of what the buyer looks for, before it is weighed."""
    if not blocks:
        names = ("needs", "weight", "here", "placed", "seat", "asked", "headcount", "text")
        return {name: np.zeros(0) for name in (*names, "audience", "category", "organisation")}
    wished = np.array(sorted(profile.wishes), dtype=np.int64)
    weights = np.array([profile.wishes[pk].weight for pk in wished.tolist()], dtype=np.float64)
    districts = sorted(profile.districts)
    each = []
    for block in blocks:
        size = len(block.ids)
        mine = np.isin(block.needs, wished)
        owners = block.need_of[mine]
        heavy = weights[np.searchsorted(wished, block.needs[mine])]
        here = block.place_of[np.isin(block.places, districts)]
        each.append(
            {
                "needs": np.bincount(owners, minlength=size),
                "weight": np.bincount(owners, heavy, minlength=size),
                "here": np.bincount(here, minlength=size),
                "placed": np.bincount(block.place_of, minlength=size),
                "seat": np.isin(block.seats, districts),
                "asked": block.asked,
                "headcount": block.headcounts,
                "category": block.categories,
                "organisation": block.organisations,
            }
        )
    facts = {name: np.concatenate([one[name] for one in each]) for name in each[0]}
    facts["text"] = bm25([block.text for block in blocks], _asked(profile))
    audiences = sorted({wish.audience for wish in profile.wishes.values()})
    facts["audience"] = covered([block.audience for block in blocks], audiences)
    return facts


MOST_WISHES = 60
"""Of a buyer's needs the heaviest so many are looked for in words."""


def _asked(profile: Profile) -> dict[int, float]:
    """The words of the needs, a word as heavy as the heaviest need that has it."""
    heaviest = sorted(profile.wishes.values(), key=lambda wish: (-wish.weight, wish.title))
    asked: dict[int, float] = {}
    for wish in heaviest[:MOST_WISHES]:
        for word in words_of(wish.title):
            asked.setdefault(word, wish.weight / heaviest[0].weight if wish.weight else 0.0)
    return asked


def _shares(
    facts: Mapping[str, Any], profile: Profile, records: Mapping[int, Record]
) -> dict[str, Floats]:
    """Each reason of each proposal, from 0 to 1."""
    most_taken = max(profile.taken.values(), default=0)
    bodies, which = np.unique(facts["organisation"], return_inverse=True)
    grades = fit.of_record(records.get(body, (0, None))[1] for body in bodies.tolist())
    codes, kind = np.unique(facts["category"], return_inverse=True)
    taken = np.array([profile.taken.get(code, 0) / (most_taken or 1) for code in codes.tolist()])
    size = len(facts["rank"])
    return {
        fit.NEEDS: fit.against_best(facts["weight"]),
        fit.PLACE: fit.of_place(facts["here"], facts["placed"] == 0, facts["seat"])
        if profile.districts
        else np.zeros(size),
        fit.AUDIENCE: facts["audience"],
        fit.HISTORY: taken[kind] if size else np.zeros(0),
        fit.TEXT: fit.against_best(facts["text"]),
        fit.PRICE: fit.of_price(facts["asked"], profile.free_fen),
        fit.RECORD: grades[which] if size else np.zeros(0),
        fit.SCORE: np.minimum(facts["score"] / 100, 1.0),
    }
