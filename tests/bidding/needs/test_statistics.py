"""Shares, intervals and suppression, against published figures."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidding.needs import statistics


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        # R: prop.test(count, n, correct = FALSE)$conf.int
        (15, 148, 0.0624, 0.1605),
        (81, 263, 0.2553, 0.3662),
        (0, 20, 0.0, 0.1611),
        (20, 20, 0.8389, 1.0),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_equals_what_r_prints(count, n, low, high):
    assert tuple(round(end, 4) for end in statistics.wilson(count, n)) == (low, high)


def test_wilson_refuses_what_is_no_share():
    for count, n in ((1, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="no share"):
            statistics.wilson(count, n)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_inside_zero_and_one(pair):
    count, n = pair
    low, high = statistics.wilson(count, n)
    assert 0 <= low <= count / n <= high <= 1


def test_eighteen_answers_leave_twenty_one_points_either_way():
    assert round(statistics.widest_margin(18), 2) == 0.21


def test_cells_below_five_are_not_shown():
    found = statistics.shares({"a": 40, "b": 4, "c": 3}, 47, exclusive=True)
    assert found["a"].count == 40
    assert round(found["a"].share, 4) == 0.8511
    assert (found["b"].count, found["b"].share, found["b"].margin) == (None, None, None)
    assert found["c"].suppressed


def test_one_hidden_cell_of_a_single_choice_hides_the_next_smallest():
    found = statistics.shares({"a": 40, "b": 9, "c": 3}, 52, exclusive=True)
    assert [key for key in found if found[key].suppressed] == ["b", "c"]


def test_in_several_choices_one_hidden_cell_gives_nothing_away():
    found = statistics.shares({"a": 40, "b": 9, "c": 3}, 45, exclusive=False)
    assert [key for key in found if found[key].suppressed] == ["c"]


def test_below_five_answers_nothing_is_shown():
    found = statistics.shares({"a": 4, "b": 0}, 4, exclusive=True)
    assert all(share.suppressed for share in found.values())
    assert statistics.mean_of({5: 4}) is None


def test_means_and_people_and_urgency():
    assert statistics.mean_of({1: 2, 5: 8}) == 4.2
    assert statistics.people_behind(0.375, 10_000) == 3750
    assert [statistics.urgency_of(low) for low in (0.6, 0.5, 0.36, 0.2, 0.19, 0.05)] == [
        5,
        5,
        4,
        3,
        2,
        1,
    ]
