"""What is read out of addresses and hidden fields."""

import pytest

from foundation.http import number_in

NONE = ("", "-1", "1.5", " 7", "²", "٣", "７", "1_000", "9" * 19, "9" * 5000, "seven", "七")


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("0", 0), *((text, None) for text in NONE)],
)
def test_a_number_is_plain_digits_and_no_more_than_a_key_has(text, number):
    assert number_in(text) == number
