"""Drawing a panel: random, yet the same for everybody who draws again from the same seed.

The seed is SHA-256 over the fingerprints of all receipts of the call, which were fixed when the
envelopes were opened, so nobody can draw until it fits. Experts stand in the order of
SHA-256("seed:expert"); whoever has a shell can compute it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence


def seed_of(fingerprints: Iterable[str]) -> str:
    """The seed: SHA-256 over the fingerprints, sorted, each followed by a line feed."""
    digest = hashlib.sha256()
    for fingerprint in sorted(fingerprints):
        digest.update(fingerprint.encode() + b"\n")
    return digest.hexdigest()


def order_of(seed: str, experts: Iterable[int]) -> list[int]:
    """The experts in the order of the draw."""
    return sorted(
        set(experts),
        key=lambda expert: (hashlib.sha256(f"{seed}:{expert}".encode()).hexdigest(), expert),
    )


def quorum(size: int) -> int:
    """How many judges without a conflict each proposal needs: more than half of the panel."""
    return size // 2 + 1


def draw(
    seed: str,
    experts: Iterable[int],
    size: int,
    *,
    proposals: Sequence[int],
    conflicts: Mapping[int, Iterable[int]],
    seated: Mapping[int, Iterable[int]] | None = None,
    needed: int | None = None,
) -> list[int]:
    """Who is drawn, in order, to fill a panel of `size` (fewer when the experts do not suffice).

    Experts are taken in the order of the draw. One is passed over who has a conflict with every
    proposal, or with whom some proposal would be left with fewer judges than the quorum.
    `conflicts` is expert → proposals; `seated` is the same for judges who already have a seat
    (a substitute is then drawn for what is free). `needed` is how many judges without a conflict
    each proposal must keep; the quorum unless said.
    """
    seated = dict(seated or {})
    room = {proposal: size - (needed or quorum(size)) for proposal in proposals}
    for theirs in seated.values():
        for proposal in set(theirs) & room.keys():
            room[proposal] -= 1
    drawn: list[int] = []
    for expert in order_of(seed, experts):
        if len(seated) + len(drawn) == size:
            break
        barred = set(conflicts.get(expert, ())) & room.keys()
        if expert in seated or (barred and len(barred) == len(room)):
            continue
        if all(room[proposal] > 0 for proposal in barred):
            drawn.append(expert)
            for proposal in barred:
                room[proposal] -= 1
    return drawn
