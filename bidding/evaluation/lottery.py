"""Lots at the line where money ends: whom chance puts first, from a public draw nobody here steers.

Pure; anybody can compute it again. The proposals of one lot whose intervals cross its line keep
between them the places they hold, and take these in the order of SHA-256("seed:number of the
proposal"). The seed is SHA-256("fingerprint of the ranking's frozen inputs:issue:numbers"), the
numbers being those of a public draw that was named, with the moment at which it would be held,
before anybody could know them: written as digits, groups parted by one space.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Sequence

from bidding.evaluation.ranking import lot_of

LEAST_DIGITS = 3
"""Fewer digits than this are no draw."""


def normal(numbers: str) -> str:
    """The numbers of a draw as they enter the seed: “06，11+09” is “06 11 09”. Raises ValueError
    where there are too few digits."""
    groups = re.findall(r"[0-9]+", numbers)
    if sum(map(len, groups)) < LEAST_DIGITS:
        raise ValueError("these are no numbers of a draw")
    return " ".join(groups)


def seed_of(sha256: str, issue: str, numbers: str) -> str:
    """The seed from the ranking's fingerprint, the issue of the draw and its numbers."""
    return hashlib.sha256(f"{sha256}:{issue}:{normal(numbers)}".encode()).hexdigest()


def drawn(order: Sequence[str], groups: Sequence[Sequence[str]], seed: str) -> list[str]:
    """The order after the draw: each group takes its own places by lot, all others stay.

    Raises ValueError for a proposal that is not in the order, or in two groups.
    """
    after, seen = list(order), set[str]()
    for group in groups:
        if not set(group) <= set(order) or seen & set(group) or len(set(group)) < len(group):
            raise ValueError(f"{sorted(group)} are not proposals of this order, each once")
        seen |= set(group)
        places = sorted(order.index(key) for key in group)
        for place, key in zip(places, sorted(group, key=lambda k: lot_of(seed, k)), strict=True):
            after[place] = key
    return after


def main() -> int:
    """Draw again from the file that was named: rank and number of the proposal."""
    with open(sys.argv[1], encoding="utf-8") as file:
        facts = json.load(file)
    seed = seed_of(facts["ranking_sha256"], facts["issue"], facts["numbers"])
    for rank, key in enumerate(drawn(facts["order"], facts["groups"], seed), start=1):
        print(rank, key, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
