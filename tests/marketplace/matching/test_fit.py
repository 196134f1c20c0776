"""The points of a shelf, without a database."""

import math

import numpy as np
import pytest

from marketplace.matching import fit
from marketplace.matching.postings import K1, bm25, covered, postings_of, words_of

TEXTS = ["职工心理关爱讲座", "职工法律援助", "Yoga class for workers", "法律援助法律咨询"]


def asked(text, weight=1.0):
    return dict.fromkeys(words_of(text), weight)


def test_bm25_is_robertsons_formula_to_the_last_digit():
    scores = bm25([postings_of(TEXTS)], asked("心理"))
    # 职工心理关爱讲座 has seven pairs; of 4 texts one has 心理; mean length (7 + 5 + 4 + 7) / 4
    rare = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    norm = K1 * (0.25 + 0.75 * 7 / 5.75)
    assert scores[0] == pytest.approx(rare * (K1 + 1) / (1 + norm), abs=1e-12)
    assert list(scores[1:]) == [0, 0, 0]


def test_a_rare_word_and_a_repeated_one_count_more_and_case_does_not():
    scores = bm25([postings_of(TEXTS)], asked("法律"))
    assert scores[3] > scores[1] > 0
    assert bm25([postings_of(TEXTS)], asked("YOGA"))[2] > 0
    both = bm25([postings_of(TEXTS)], asked("职工心理"))
    assert both[0] > both[1] > 0  # 心理 is in one text, 职工 in two


def test_texts_kept_in_several_lots_score_as_in_one():
    whole = bm25([postings_of(TEXTS)], asked("职工法律援助心理", 0.5))
    parts = bm25(
        [postings_of(TEXTS[:1]), postings_of([]), postings_of(TEXTS[1:])],
        asked("职工法律援助心理", 0.5),
    )
    assert parts == pytest.approx(whole, abs=1e-12)
    assert list(
        covered([postings_of(TEXTS[:1]), postings_of(TEXTS[1:])], ["法律援助", "讲座"])
    ) == [
        1.0,
        1.0,
        0.0,
        1.0,
    ]


def test_nothing_asked_and_nothing_there_are_no_error():
    assert list(bm25([], asked("职工"))) == []
    assert list(bm25([postings_of(["", ""])], asked("职工"))) == [0, 0]
    assert list(bm25([postings_of(TEXTS)], {})) == [0, 0, 0, 0]
    assert list(covered([postings_of(["职工"])], ["", "。"])) == [0]


def test_points_make_a_hundred_whatever_the_weights_and_zero_counts_nothing():
    whole = {name: np.ones(1) for name in fit.DEFAULTS}
    assert sum(fit.DEFAULTS.values()) == 100
    given = fit.points(whole, fit.DEFAULTS)
    assert {name: float(points[0]) for name, points in given.items()} == fit.DEFAULTS
    only = fit.points(whole, {**dict.fromkeys(fit.DEFAULTS, 0), fit.TEXT: 7})
    assert float(only[fit.TEXT][0]) == 100
    assert sum(float(points[0]) for points in only.values()) == 100
    with pytest.raises(ValueError, match="some weight"):
        fit.points(whole, dict.fromkeys(fit.DEFAULTS, 0))


def test_each_reason_is_a_share_that_never_puts_anything_out():
    assert list(fit.against_best(np.array([0.0, 5, 10]))) == [0, 0.5, 1]
    assert list(fit.against_best(np.zeros(2))) == [0, 0]
    works, none, office = (
        np.array([1, 0, 0, 0, 1]),
        np.array([0, 1, 0, 1, 0]),
        np.array([0, 0, 1, 1, 1]),
    )
    assert fit.of_place(works, none, office) == pytest.approx([0.75, 0.4, 0.25, 0.65, 1.0])
    assert list(fit.of_price(np.array([100, 50, 200, 0]), 100)) == [1, 1, 0.5, 1]
    assert list(fit.of_price(np.array([100]), -5)) == [0]
    assert list(fit.of_record([None, 92.5])) == [0.5, 0.925]


def test_equal_fits_stand_by_rank_and_then_by_age():
    total = np.array([50.0, 70.00001, 70.00002, 70.0])
    ranks, ids = np.array([1, 2, 1, 1]), np.array([9, 8, 7, 6])
    assert list(fit.order_of(total, ranks, ids)) == [3, 2, 1, 0]
