"""The geometry of charts: exact places for plain numbers, nothing below zero, nothing past full."""

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.face import charts

amounts = st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=8)


def test_ceilings_are_round_and_not_below():
    assert [charts.nice_ceiling(v) for v in (0, 0.9, 1, 11, 61, 130, 450)] == [
        *(1, 1.0, 1, 12.0, 80, 160.0, 600)
    ]


def test_bars_are_shares_of_the_largest_or_of_the_whole_given():
    assert charts.shares([61, 47, 0]) == [100.0, 77.05, 0.0]
    assert charts.shares([25, 150, -3], 100) == [25.0, 100.0, 0.0]
    assert charts.shares([0, 0]) == [0.0, 0.0]


def test_stacked_parts_lie_end_to_end():
    assert charts.stack([30, 20, 50]) == [(0.0, 30.0), (30.0, 20.0), (50.0, 50.0)]
    assert charts.stack([1, 1], 4) == [(0.0, 25.0), (25.0, 25.0)]
    assert charts.stack([0, 0]) == [(0.0, 0.0), (0.0, 0.0)]


def test_a_missing_value_leaves_a_gap_in_the_line():
    points = charts.line([0, None, 50, 100], top=100, height=200)
    assert [p and (p.x, p.y) for p in points] == [
        *((12.5, 200.0), None, (62.5, 100.0), (87.5, 0.0))
    ]
    assert [(a.x, b.x) for a, b in charts.segments(points)] == [(62.5, 87.5)]


def test_flow_shows_what_goes_on_and_what_stays():
    stages, bands = charts.flow([500, 400, 100], height=100)
    assert [(s.height, s.on, s.stay) for s in stages] == [
        *((100.0, 80.0, 20.0), (80.0, 20.0, 60.0), (20.0, 20.0, 0.0))
    ]
    assert len(bands) == 2


# a busy machine is slow to draw numbers; that says nothing about charts
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(amounts)
def test_flow_never_grows_and_never_leaves_its_box(values):
    stages, _bands = charts.flow(values, height=100)
    heights = [s.height for s in stages]
    assert all(a >= b - 0.01 for a, b in itertools.pairwise(heights))
    assert all(0 <= s.stay <= 100 and s.on + s.stay <= s.height + 0.02 for s in stages)
    assert all(s.x + s.width <= 100.01 for s in stages)
