"""The reference on a transfer: found however it was typed, and never by mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments.reference import MOST, number_of, numbers_in, reference_of


@given(st.integers(1, MOST))
def test_every_number_has_its_reference(number):
    assert number_of(reference_of(number)) == number


@pytest.mark.parametrize(
    "typed",
    [
        "GR 0000 1747", "gr00001747", "ＧＲ００００１７４７", "GR-0000-1747", "缴款GR0000 1747浦东",
        "GR 0000 1747 20260101",
    ],
)  # fmt: skip
def test_it_is_found_however_it_was_typed(typed):
    assert numbers_in(typed) == [17]


@given(st.integers(1, MOST), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_no_reference(number, place, slip):
    digits = reference_of(number)[2:].replace(" ", "")
    wrong = digits[:place] + str((int(digits[place]) + slip) % 10) + digits[place + 1 :]
    assert numbers_in(f"GR{wrong}") == []


@given(st.integers(1, MOST), st.integers(0, 6))
def test_two_digits_swapped_are_no_reference(number, place):
    digits = list(reference_of(number)[2:].replace(" ", ""))
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    assert numbers_in(f"GR{''.join(digits)}") in ([], [number])


@pytest.mark.parametrize(
    "text", ["", "GR", "GR 0000 1748", "GR000017471", "XGR00001747", "00001747"]
)
def test_nothing_else_is_a_reference(text):
    assert numbers_in(text) == []


def test_several_are_several():
    assert numbers_in("GR00001747 和 GR00001844") == [17, 18]
    assert number_of("GR00001747 和 GR00001844") is None


@pytest.mark.parametrize("number", [0, -1, MOST + 1])
def test_there_is_no_reference_for_what_is_no_number(number):
    with pytest.raises(ValueError, match="no reference"):
        reference_of(number)
