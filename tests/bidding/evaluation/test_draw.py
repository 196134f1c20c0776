"""The draw: the same for everybody, and every proposal keeps its quorum."""

from __future__ import annotations

import hashlib
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidding.evaluation.draw import draw, order_of, quorum, seed_of


def test_the_seed_is_sha256_over_the_sorted_fingerprints():
    assert seed_of(["b", "a"]) == hashlib.sha256(b"a\nb\n").hexdigest() == seed_of(["a", "b"])


def test_the_order_is_by_sha256_of_seed_and_expert():
    expected = sorted(range(9), key=lambda n: hashlib.sha256(f"s:{n}".encode()).hexdigest())
    assert order_of("s", range(9)) == expected


def test_whoever_is_bound_to_every_proposal_is_not_drawn():
    first = order_of("s", [1, 2, 3, 4])[0]
    drawn = draw("s", [1, 2, 3, 4], 3, proposals=[7, 8], conflicts={first: [7, 8]})
    assert first not in drawn
    assert len(drawn) == 3


def test_a_second_conflict_on_the_same_proposal_is_passed_over():
    order = order_of("s", [1, 2, 3, 4])
    conflicts = {order[0]: [7], order[1]: [7]}
    drawn = draw("s", order, 3, proposals=[7, 8], conflicts=conflicts)
    assert drawn == [order[0], order[2], order[3]]


def test_a_substitute_is_the_next_in_the_order():
    order = order_of("s", range(1, 7))
    seated = {order[0]: [], order[1]: []}
    drawn = draw("s", order, 3, proposals=[7], conflicts={}, seated=seated)
    assert drawn == [order[2]]


def test_too_few_experts_fill_what_they_can():
    assert len(draw("s", [1, 2], 3, proposals=[7], conflicts={})) == 2


# a busy machine is no fault of the code
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

proposals = st.lists(st.integers(1, 6), min_size=1, max_size=6, unique=True)
barred = st.dictionaries(st.integers(1, 20), st.lists(st.integers(1, 6), max_size=6), max_size=20)


@UNHURRIED
@given(st.text(min_size=1), st.sampled_from([3, 5, 7]), proposals, barred)
def test_every_proposal_keeps_its_quorum_and_the_draw_is_the_same_again(seed, size, asked, bars):
    experts = list(range(1, 21))
    drawn = draw(seed, experts, size, proposals=asked, conflicts=bars)
    again = draw(seed, reversed(experts), size, proposals=asked[::-1], conflicts=bars)
    assert drawn == again
    assert len(set(drawn)) == len(drawn) <= size
    taken = Counter(p for expert in drawn for p in set(bars.get(expert, ())))
    if len(drawn) == size:
        assert all(size - taken[proposal] >= quorum(size) for proposal in asked)
    assert not any(set(asked) <= set(bars.get(expert, ())) for expert in drawn)


def test_over_many_seeds_everybody_is_drawn_about_as_often():
    counts = Counter(
        expert
        for n in range(2000)
        for expert in draw(str(n), range(10), 3, proposals=[1], conflicts={})
    )
    assert len(counts) == 10
    assert all(500 < count < 700 for count in counts.values())
