"""Small cells are hidden, and nothing that is shown gives them away."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidding.sampling.suppression import bridges, hidden_cells


def test_what_is_large_enough_is_shown():
    assert hidden_cells([[5, 9], [12, 30]], sums_across=True, sums_down=True) == set()


def test_one_small_cell_takes_three_others_with_it_when_both_sums_are_known():
    table = [[3, 20, 30], [40, 8, 60], [70, 80, 9]]
    assert hidden_cells(table, sums_across=True, sums_down=True) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_where_no_sum_is_known_only_the_small_cell_is_hidden():
    assert hidden_cells([[3, 20], [9, 8]], sums_across=False, sums_down=False) == {(0, 0)}
    assert hidden_cells([[3, 20], [9, 8]], sums_across=True, sums_down=False) == {(0, 0), (0, 1)}


def test_hidden_cells_that_add_up_to_fewer_than_five_take_another_along():
    assert hidden_cells([[1, 1, 20, 30]], sums_across=True, sums_down=False) == {
        (0, 0),
        (0, 1),
        (0, 2),
    }


def test_a_cell_between_two_circles_can_be_worked_out():
    """Every line hides two or more, and still (2, 2) follows from the sums."""
    circles = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 1), (3, 2), (3, 3), (4, 2), (4, 3)}
    assert bridges(circles) == {(2, 1), (2, 2)}


tables = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(tables)
def test_every_hidden_cell_lies_on_a_circle_of_hidden_cells(table):
    hidden = hidden_cells(table, sums_across=True, sums_down=True)
    assert not bridges(hidden) or len(hidden) == 9
    for at in range(3):
        for line in ([(at, c) for c in range(3)], [(r, at) for r in range(3)]):
            inside = [table[r][c] for r, c in line if (r, c) in hidden]
            assert not inside or len(inside) == 3 or (len(inside) > 1 and sum(inside) >= 5)
