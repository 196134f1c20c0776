"""Orders are drawn once and for all, nobody is in two places, and the clock tells what is left."""

from __future__ import annotations

import datetime as dt

import pytest

from bidding.evaluation.running_order import (
    Rhythm,
    lots_drawn,
    misfits,
    order_in,
    overlap,
    slots_of,
)
from bidding.evaluation.stage_clock import Reading, elapsed, read

NINE = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
KEYS = ["A", "B", "C", "D"]


def test_where_everybody_is_free_the_order_is_that_of_the_seed():
    drawn = lots_drawn("s", KEYS)
    assert order_in("s", reversed(KEYS), lambda key, slot: True) == drawn
    assert {tuple(lots_drawn(seed, KEYS)) for seed in "abcdefgh"} != {tuple(drawn)}


def test_who_is_wanted_elsewhere_moves_and_an_order_is_found_whenever_there_is_one():
    first = lots_drawn("s", KEYS)[0]
    order = order_in("s", KEYS, lambda key, slot: key != first or slot == 3)
    assert (order[3], sorted(order)) == (first, KEYS)
    # only one way: D C B A
    order = order_in("s", KEYS, lambda key, slot: KEYS.index(key) <= 3 - slot)
    assert order == ["D", "C", "B", "A"]
    assert order_in("s", KEYS, lambda key, slot: key not in "AB" or slot == 0) is None
    assert misfits(["A", "B"], lambda key, slot: (key, slot) != ("B", 1)) == ["B"]


def test_slots_follow_each_other_with_their_breaks_and_a_rest():
    slots = slots_of(NINE, 3, Rhythm(talk=8, questions=5, between=2, rest_after=2, rest=30))
    begins = [f"{begins:%H:%M}-{ends:%H:%M}" for begins, ends in slots]
    assert begins == ["09:00-09:13", "09:15-09:28", "09:58-10:11"]
    assert not overlap(slots[0], (slots[0][1], slots[1][0]))
    assert overlap(slots[0], (NINE, NINE + dt.timedelta(minutes=1)))


@pytest.mark.parametrize(
    ("minutes", "reading"),
    [
        (0, Reading("talk", 480, True)),
        (8, Reading("questions", 300, True)),
        (13, Reading("over", 0, True)),
        (14.5, Reading("over", -90, True)),
    ],
)
def test_the_clock_is_read_from_what_is_stored(minutes, reading):
    now = NINE + dt.timedelta(minutes=minutes)
    gone = elapsed(NINE, now, held_at=None, held_seconds=0)
    assert read(gone, talk=8, questions=5, runs=True) == reading


def test_time_the_clock_was_held_does_not_count():
    now = NINE + dt.timedelta(minutes=10)
    held_at = NINE + dt.timedelta(minutes=4)
    assert elapsed(NINE, now, held_at=held_at, held_seconds=60) == 180
    assert elapsed(NINE, now, held_at=None, held_seconds=60) == 540
