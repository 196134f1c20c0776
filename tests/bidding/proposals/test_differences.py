"""What was taken out of a text, and what was put in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.proposals.differences import MOST_WORDS, Piece, pieces


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("", "", []),
        ("一样", "一样", [("same", "一样")]),
        ("讲座10场", "讲座12场", [("same", "讲座"), ("gone", "10"), ("new", "12"), ("same", "场")]),
        ("", "新", [("new", "新")]),
        ("旧", "", [("gone", "旧")]),
    ],
)
def test_chinese_is_compared_sign_by_sign_and_numbers_whole(before, after, found):
    assert pieces(before, after) == [Piece(*one) for one in found]


@given(st.text("甲乙ab1 \n", max_size=30), st.text("甲乙ab1 \n", max_size=30))
def test_both_texts_are_in_the_pieces_whole(before, after):
    found = pieces(before, after)
    assert "".join(one.text for one in found if one.kind != "new") == before
    assert "".join(one.text for one in found if one.kind != "gone") == after


def test_a_very_long_text_is_compared_line_by_line():
    line = "职工" * MOST_WORDS
    assert pieces(line + "\n甲", line + "\n乙") == [
        Piece("same", line + "\n"),
        Piece("gone", "甲"),
        Piece("new", "乙"),
    ]
