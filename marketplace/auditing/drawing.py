"""Drawing a sample: random, yet the same for everybody who draws again from the same seed.

The population is a list of identifiers such as `journals:17`, in the order of their numbers, one
a line (UTF-8, each line ended by a line feed). Its fingerprint is SHA-256 of exactly that text.
Its members stand in the order of SHA-256("seed:identifier") as hex digits; the first n are drawn.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    """What a draw came to: the members in the order of the draw, and what they were drawn from."""

    members: list[str]
    population: int
    sha256: str


def place_of(seed: str, identifier: str) -> str:
    """Where an identifier stands in the draw: 64 hex digits, the smallest first."""
    return hashlib.sha256(f"{seed}:{identifier}".encode()).hexdigest()


def draw(seed: str, identifiers: Iterable[str], size: int) -> Drawn:
    """The first `size` members in the order of the seed, in one pass and little memory."""
    digest = hashlib.sha256()
    count = 0

    def counted() -> Iterator[str]:
        nonlocal count
        for identifier in identifiers:
            digest.update(identifier.encode() + b"\n")
            count += 1
            yield identifier

    members = heapq.nsmallest(size, counted(), key=lambda one: (place_of(seed, one), one))
    return Drawn(members, count, digest.hexdigest())


def command_of(seed: str, file: str, size: int) -> str:
    """The same draw as one line of shell, for who trusts no page of ours.

    The seed is digits, letters and hyphens (sampling refuses others), so nothing of it is quoted.
    """
    place = f"printf '%s' \"{seed}:$id\" | sha256sum | cut -c1-64"
    each = f'while read -r id; do printf \'%s  %s\\n\' "$({place})" "$id"; done'
    return f"{each} < {file} | sort | head -n {size}"
