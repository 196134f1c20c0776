"""Who comes on stage when: the same for everybody who draws again, and nobody in two places.

Proposals stand in the order of SHA-256("seed:number of the proposal"). Each slot takes the first
that is free at its time; where an organisation or a judge is wanted on another stage then, others
move as little as it takes (augmenting paths), so that an order is found whenever there is one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rhythm:
    """How the time of a roadshow is cut: minutes for each turn, between turns, and for a rest
    after every `rest_after` turns (0: none)."""

    talk: int
    questions: int
    between: int
    rest_after: int = 0
    rest: int = 0


Slot = tuple[dt.datetime, dt.datetime]


def slots_of(begins_at: dt.datetime, count: int, rhythm: Rhythm) -> list[Slot]:
    """(beginning, end) of each of `count` turns."""
    found, at = [], begins_at
    for number in range(1, count + 1):
        ends = at + dt.timedelta(minutes=rhythm.talk + rhythm.questions)
        found.append((at, ends))
        rests = rhythm.rest_after and number % rhythm.rest_after == 0
        at = ends + dt.timedelta(minutes=rhythm.rest if rests else rhythm.between)
    return found


def overlap(one: Slot, other: Slot) -> bool:
    """Do the two share any moment?"""
    return one[0] < other[1] and other[0] < one[1]


def seed_of(panel_seed: str, part: str) -> str:
    """The seed of a roadshow: SHA-256("seed of the panel:roadshow:part of the call"), so it was
    fixed when the envelopes were opened and nobody can draw until it fits."""
    return hashlib.sha256(f"{panel_seed}:roadshow:{part}".encode()).hexdigest()


def lots_drawn(seed: str, keys: Iterable[str]) -> list[str]:
    """The proposals' numbers in the order of the draw."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest())


def order_in(seed: str, keys: Iterable[str], fits: Callable[[str, int], bool]) -> list[str] | None:
    """The keys, one for each slot, where `fits(key, slot)` allows; None when none is possible."""
    drawn = lots_drawn(seed, keys)
    place: dict[str, int] = {}

    def take(slot: int, passed: set[str]) -> bool:
        for free in (True, False):
            for key in drawn:
                if (key not in place) is free and key not in passed and fits(key, slot):
                    passed.add(key)
                    if free or take(place[key], passed):
                        place[key] = slot
                        return True
        return False

    if not all(take(slot, set()) for slot in range(len(drawn))):
        return None
    return sorted(place, key=place.__getitem__)


def misfits(order: Sequence[str], fits: Callable[[str, int], bool]) -> list[str]:
    """The keys that are wanted elsewhere in the slot this order gives them."""
    return [key for slot, key in enumerate(order) if not fits(key, slot)]
