"""What ranked proposals say, as arrays: made once a ranking stands, and read by every shelf."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet
from numpy.typing import NDArray

from bidding.evaluation.models import Ranking
from bidding.proposals.models import Proposal
from bidding.proposals.queries import with_asked
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.due.operations import handles
from marketplace.matching.postings import Postings, postings_of
from marketplace.matching.shelf_models import ShelfIndex

Array = NDArray[Any]


@dataclass(frozen=True)
class Block:
    """The proposals of one ranking, by position: columns, and pairs of (position, what it has)."""

    ids: Array
    categories: Array
    organisations: Array
    seats: Array
    asked: Array
    headcounts: Array
    need_of: Array
    needs: Array
    place_of: Array
    places: Array
    text: Postings
    audience: Postings


_POSTED = {field.name for field in fields(Postings)}
_TEXTS = ("text", "audience")


def packed(block: Block) -> bytes:
    """The block as the bytes a row keeps."""
    arrays = {f.name: getattr(block, f.name) for f in fields(Block) if f.name not in _TEXTS}
    for name in _TEXTS:
        arrays |= {f"{name}.{key}": getattr(getattr(block, name), key) for key in _POSTED}
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def unpacked(data: bytes) -> Block:
    """The block a row keeps."""
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        plain: dict[str, Any] = {name: file[name] for name in file.files if "." not in name}
        texts: dict[str, Any] = {
            name: Postings(**{key: file[f"{name}.{key}"] for key in _POSTED}) for name in _TEXTS
        }
    return Block(**plain, **texts)


def block_of(proposals: QuerySet[Proposal]) -> Block:
    """The block of these proposals, in the order of their ids (three queries).

    Neither an opened proposal's words nor its budget change any more.
    """
    rows: list[Any] = list(
        with_asked(proposals.order_by("pk")).values_list(
            "pk",
            "lot__category",
            "organisation",
            "organisation__district",
            "asked_fen",
            "headcount",
            "title",
            "summary",
            "audience",
            named=True,
        )
    )
    at = {row.pk: position for position, row in enumerate(rows)}
    need_of, needs = _pairs(at, Proposal.needs.through, proposals, "need_id", np.int64)
    place_of, places = _pairs(at, Proposal.districts.through, proposals, "district_id", "U9")
    return Block(
        ids=np.array(list(at), dtype=np.int64),
        categories=np.array([row.lot__category for row in rows], dtype="U40"),
        organisations=np.array([row.organisation for row in rows], dtype=np.int64),
        seats=np.array([row.organisation__district or "" for row in rows], dtype="U9"),
        asked=np.array([row.asked_fen for row in rows], dtype=np.int64),
        headcounts=np.array([row.headcount or 0 for row in rows], dtype=np.int64),
        need_of=need_of,
        needs=needs,
        place_of=place_of,
        places=places,
        # a word of the title counts twice: it says what the whole is about
        text=postings_of(f"{row.title}\n{row.title}\n{row.summary}" for row in rows),
        audience=postings_of(row.audience for row in rows),
    )


def _pairs(
    at: dict[int, int], table: Any, proposals: QuerySet[Proposal], column: str, kind: Any
) -> tuple[Array, Array]:
    rows = table.objects.filter(proposal__in=proposals.order_by().values("pk"))
    pairs = [(at[pk], value) for pk, value in rows.values_list("proposal_id", column) if pk in at]
    return (
        np.array([position for position, _ in pairs], dtype=np.int32),
        np.array([value for _, value in pairs], dtype=kind),
    )


def keep_index(ranking: Ranking) -> ShelfIndex:
    """Keep what the ranking's proposals say, so that no shelf has to read them all."""
    block = block_of(Proposal.objects.filter(place__ranking=ranking))
    kept = {"arrays": packed(block), "made_at": clock.now()}
    return ShelfIndex.objects.update_or_create(ranking=ranking, defaults=kept)[0]


@handles("proposals_ranked")
def _proposals_ranked(*, ranking: int) -> None:
    """A ranking stands: its proposals come to the shelf."""
    keep_index(Ranking.objects.get(pk=ranking))


def blocks_for(live: Iterable[int]) -> list[Block]:
    """What all these proposals say: from what is kept, and read now where nothing is yet."""
    on_shelf = Proposal.objects.filter(
        call=OuterRef("ranking__call"), state=ProposalState.RANKED, place__isnull=False
    )
    kept = ShelfIndex.objects.filter(Exists(on_shelf)).order_by("ranking")
    blocks = [unpacked(bytes(row)) for row in kept.values_list("arrays", flat=True)]
    known = np.concatenate([block.ids for block in blocks]) if blocks else np.zeros(0, np.int64)
    missing = np.setdiff1d(np.fromiter(live, dtype=np.int64), known)
    if len(missing):
        blocks.append(block_of(_these(missing.tolist())))
    return blocks


def _these(ids: list[int]) -> QuerySet[Proposal]:
    """Proposals on the shelf that no index knows yet; many are told by what the index lacks,
    since a database takes only so many numbers in one question."""
    if len(ids) <= 500:
        return Proposal.objects.filter(pk__in=ids)
    indexed = ShelfIndex.objects.filter(ranking=OuterRef("place__ranking"))
    return Proposal.objects.filter(
        ~Exists(indexed), state=ProposalState.RANKED, place__isnull=False
    )
