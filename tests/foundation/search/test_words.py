"""Chinese by pairs, everything else by words: what is kept, asked for and marked."""

import pytest

from foundation.search.words import (
    LONGEST_QUERY,
    MOST_TERMS,
    fit,
    marked,
    pieces_of,
    terms_of,
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("法律援助", "法律 律援 援助 助"),
        ("法", "法"),
        ("2014年职工需求", "2014 年职 职工 工需 需求 求"),
        ("Legal aid, café", "legal aid cafe"),
        ("ＧＳ－2026－01", "gs 2026 01"),
        ("", ""),
        ("!!! … —", ""),
    ],
)
def test_pieces(text, pieces):
    assert pieces_of(text) == pieces


def test_terms_follow_the_pieces():
    assert [(t.pieces, t.is_beginning) for t in terms_of("法律援助 Legal 费")] == [
        (("法律", "律援", "援助"), False),
        (("legal",), True),
        (("费",), True),
    ]


@pytest.mark.parametrize("query", ["", "   ", '"*^:()', "\0", "🙂", "' OR 1=1 --"[:2]])
def test_nothing_asked_is_nothing(query):
    assert terms_of(query) == []


def test_huge_queries_are_cut():
    assert len(terms_of("a b c d e f g h i j k l")) == MOST_TERMS
    assert sum(len(t.text) for t in terms_of("援" * 10_000)) == LONGEST_QUERY


def test_what_was_found_is_marked_where_it_stands():
    text = "在街镇设立援助站，" * 20 + "免费的法律援助，Legal aid."
    parts = marked(text, terms_of("法律援助 leg"))
    assert [words for words, is_it in parts if is_it] == ["法律援助", "Leg"]
    assert parts[0][0].startswith("…")
    assert marked("<b>illegal</b>", terms_of("legal")) == [("<b>illegal</b>", False)]
    assert marked("服务\nlegal aid\n别的", terms_of("aid")) == [
        *(("服务 · legal ", False), ("aid", True))
    ]
    assert marked("x" * 200, [])[0][0].endswith("…")


def test_the_more_of_a_title_was_asked_for_the_better_it_fits():
    terms = terms_of("暑托班")
    fits = [fit(pieces_of(t), terms) for t in ("暑托班", "职工子女暑托班开班", "别的")]
    assert fits == sorted(fits, reverse=True)
    assert fits[-1] == 1.0
    assert fit(pieces_of("Legal aid"), terms_of("leg")) > 1
    assert fit(pieces_of("Illegal"), terms_of("leg")) == 1
