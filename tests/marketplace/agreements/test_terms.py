"""How an amount falls into parts, and which milestone opens which."""

import pytest

from marketplace.agreements.terms import amounts_of, gates_of


def due(*days):
    return [{"due_on": day} for day in days]


@pytest.mark.parametrize(
    ("days", "gates"),
    [
        ([], []),
        (["2026-03-01"], ["final"]),
        (["2026-03-01", "2026-09-01"], ["midterm", "final"]),
        (["2026-01-01", "2026-05-01", "2026-09-01"], ["", "midterm", "final"]),
        (["2026-01-01", "2026-04-03", "2026-06-02", "2026-09-01"], ["", "midterm", "", "final"]),
    ],
)
def test_the_last_milestone_is_final_and_the_one_nearest_half_time_mid_term(days, gates):
    assert gates_of(due(*days)) == gates


@pytest.mark.parametrize(
    ("amount", "gates", "parts"),
    [
        (100, ["midterm", "final"], {"signing": 50, "midterm": 40, "final": 10}),
        (101, ["midterm", "final"], {"signing": 51, "midterm": 40, "final": 10}),
        (99, ["final"], {"signing": 50, "final": 49}),
        (1, ["midterm", "final"], {"signing": 1}),
    ],
)
def test_parts_are_exact_to_the_fen(amount, gates, parts):
    assert amounts_of(amount, gates) == parts
    assert sum(parts.values()) == amount
