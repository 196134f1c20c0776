"""Money: what is typed, what is shown, and sharing without losing a fen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.money import LARGEST_FEN, capitals, fen_from_text, plain_yuan, pro_rata, wan, yuan

fens = st.integers(0, LARGEST_FEN)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,300.5", 130050),
        ("¥1,300,000.00", 130000000),
        ("￥ 0.01", 1),
        ("0", 0),
        (" 12 ", 1200),
    ],
)
def test_amounts_as_people_type_them(text, fen):
    assert fen_from_text(text) == fen


@pytest.mark.parametrize(
    "text", ["", "1.234", "-1", "1e3", "十", "1.", ".5", "NaN", "1 000", "１２"]
)
def test_anything_but_a_plain_amount_is_refused(text):
    with pytest.raises(ValueError, match="not an amount"):
        fen_from_text(text)


def test_more_than_the_book_takes_is_refused():
    assert fen_from_text(plain_yuan(LARGEST_FEN)) == LARGEST_FEN
    with pytest.raises(ValueError, match="too large"):
        fen_from_text(plain_yuan(LARGEST_FEN + 1))


@given(fens)
def test_what_is_written_is_read_back(fen):
    assert fen_from_text(yuan(fen)) == fen
    assert fen_from_text(plain_yuan(fen)) == fen


@given(st.integers(1, LARGEST_FEN))
def test_below_zero_has_a_minus_in_front(fen):
    assert yuan(-fen) == "-" + yuan(fen)
    assert plain_yuan(-fen) == "-" + plain_yuan(fen)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (130000000, "130"),
        (130050000, "130.05"),
        (131000000, "131"),
        (10500000, "10.5"),
        (4999, "0"),
        (5000, "0.01"),
        (-130000000, "-130"),
        (123456789000000, "123,456,789"),
    ],
)
def test_ten_thousands_of_yuan(fen, words):
    assert wan(fen) == words


@given(st.lists(st.integers(0, 10**12), max_size=12), st.data())
def test_sharing_is_exact_and_takes_from_no_pocket_more_than_it_holds(rooms, data):
    amount = data.draw(st.integers(0, sum(rooms)))
    shares = pro_rata(amount, rooms)
    assert sum(shares) == amount
    assert all(0 <= share <= room for share, room in zip(shares, rooms, strict=True))
    total = sum(rooms) or 1
    assert all(share >= amount * room // total for share, room in zip(shares, rooms, strict=True))


@pytest.mark.parametrize(("amount", "rooms"), [(1, []), (-1, [5]), (6, [5]), (1, [3, -1])])
def test_what_the_pockets_do_not_hold_is_not_shared(amount, rooms):
    with pytest.raises(ValueError, match="cannot draw"):
        pro_rata(amount, rooms)


def test_the_rest_goes_to_the_first_pocket_with_room():
    assert pro_rata(10, [10, 10, 10]) == [4, 3, 3]
    assert pro_rata(2, [1, 1, 1]) == [1, 1, 0]


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (1_000, "壹拾元整"),
        (1_005, "壹拾元零伍分"),
        (1_050, "壹拾元零伍角整"),
        (1_150, "壹拾壹元伍角整"),
        (10_020_003, "壹拾万零贰佰元零叁分"),
        (130_000_050, "壹佰叁拾万元零伍角整"),
        (1_001_000, "壹万零壹拾元整"),
        (120_005, "壹仟贰佰元零伍分"),
        (1_000_000_100, "壹仟万零壹元整"),
        (10**15 + 100, "壹拾万亿零壹元整"),
        (10_100_000_000_000, "壹仟零壹拾亿元整"),
        (10_000_000_001_200, "壹仟亿零壹拾贰元整"),
        (-123_456, "负壹仟贰佰叁拾肆元伍角陆分"),
    ],
)
def test_amounts_in_the_words_of_chinese_papers(fen, words):
    assert capitals(fen) == words


@given(fens, fens)
def test_no_two_amounts_have_the_same_words(one, other):
    assert (capitals(one) == capitals(other)) is (one == other)
