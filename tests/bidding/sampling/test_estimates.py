"""Weights, means, totals and standard errors equal to what R's package `survey` prints.

R 4.2.2 and survey 4.1-1 printed the figures below for `workers.as_csv()`, saved as workers.csv:

    library(survey); options(digits = 8)
    x <- read.csv("workers.csv")
    d <- svydesign(ids = ~1, weights = ~I(10000 / nrow(x) + 0 * hours), data = x)
    place <- data.frame(place = c("east", "west", "north"), Freq = c(5200, 3100, 1700))
    trade <- data.frame(trade = c("C", "F", "G", "I"), Freq = c(4000, 2500, 1500, 2000))
    r <- rake(d, list(~place, ~trade), list(place, trade),
              control = list(maxit = 200, epsilon = 1e-8))
    svymean(~wants + hours, d); svymean(~wants + hours, r); svytotal(~wants, r)
    svytotal(~place + trade, r); svymean(~hours, subset(r, answered == 1))
    svyby(~wants, ~trade, r, svymean)
    range(weights(r)); sum(weights(r))^2 / sum(weights(r)^2)
"""

import csv
import io
import random
import shutil
import subprocess
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidding.sampling.estimates import Sample, wilson
from bidding.sampling.raking import EmptyLevels, rake, sums
from tests.bidding.sampling import workers


def cells_of(levels):
    cells = sorted(set(levels))
    return cells, [levels.count(cell) for cell in cells], [cells.index(cell) for cell in levels]


def sums_of(where, values, asked=None):
    """{cell: (people, Σ y, Σ y²)} of those who were asked."""
    found = defaultdict(lambda: [0, 0.0, 0.0])
    for i, (cell, value) in enumerate(zip(where, values, strict=True)):
        if asked is None or asked[i]:
            own = found[cell]
            own[0] += 1
            own[1] += value
            own[2] += value * value
    return {cell: tuple(own) for cell, own in found.items()}


LEVELS = [(workers.PLACES.index(r[0]), workers.TRADES.index(r[1])) for r in workers.ROWS]
CELLS, COUNTS, WHERE = cells_of(LEVELS)
MARGINS = [list(workers.TOTALS["place"].values()), list(workers.TOTALS["trade"].values())]
WANTS, HOURS = ([row[at] for row in workers.ROWS] for at in (2, 3))


def raked_sample():
    return Sample(CELLS, COUNTS, rake(CELLS, COUNTS, MARGINS).weights)


def printed(estimate):
    return f"{estimate.value:.6f} {estimate.error:.5f}"


def test_unweighted_means_equal_what_r_prints():
    sample = Sample([()], [120], [10_000 / 120])
    assert printed(sample.mean(sums_of([0] * 120, WANTS))) == "0.466667 0.04573"
    assert printed(sample.mean(sums_of([0] * 120, HOURS))) == "34.133333 0.76513"


def test_raked_means_and_totals_equal_what_r_prints():
    sample = raked_sample()
    assert printed(sample.mean(sums_of(WHERE, WANTS))) == "0.437508 0.04774"
    assert printed(sample.mean(sums_of(WHERE, HOURS))) == "33.997844 0.83195"
    asked = [row[4] for row in workers.ROWS]
    hours = sample.mean(sums_of(WHERE, HOURS, asked))
    assert (f"{hours.value:.4f}", f"{hours.error:.5f}") == ("33.9105", "0.92373")
    total = sample.total(sums_of(WHERE, WANTS))
    assert (f"{total.value:.2f}", f"{total.error:.3f}") == ("4375.08", "477.363")
    assert (round(min(sample.weights), 5), round(max(sample.weights), 5)) == (32.60488, 141.86029)
    assert round(sample.kish(), 4) == 100.9706


def test_raked_means_of_groups_equal_what_r_prints():
    sample = raked_sample()
    found = {
        trade: sample.mean(sums_of(WHERE, WANTS, [row[1] == trade for row in workers.ROWS]))
        for trade in workers.TRADES
    }
    assert {trade: round(own.value, 6) for trade, own in found.items()} == {
        "C": 0.352575,
        "F": 0.335475,
        "G": 0.603975,
        "I": 0.610064,
    }
    errors = [round(own.error, 6) for own in found.values()]
    assert errors == [0.084437, 0.081161, 0.086698, 0.117409]


def test_known_totals_do_not_vary():
    sample = raked_sample()
    east = sample.total(sums_of(WHERE, [row[0] == "east" for row in workers.ROWS]))
    assert (round(east.value, 4), round(east.error, 4), east.effective) == (5200, 0, 120)


def test_the_effective_n_is_never_more_than_n_and_holds_at_none_and_all():
    sample = raked_sample()
    shares = [sample.mean(sums_of(WHERE, values)) for values in (WANTS, [0] * 120, [1] * 120)]
    # R: 120 / deff(svymean(~wants, r, deff = "replace"))
    assert [round(own.effective, 2) for own in shares] == [108.9, 100.97, 100.97]
    assert [tuple(round(end, 4) for end in wilson(own.value, own.effective)) for own in shares] == [
        (0.348, 0.5312),
        (0.0, 0.0367),
        (0.9633, 1.0),
    ]


def test_a_cap_holds_and_the_report_says_how_far_the_margins_are_off():
    plain, capped = rake(CELLS, COUNTS, MARGINS), rake(CELLS, COUNTS, MARGINS, most=1.5)
    mean = 10_000 / 120
    assert plain.converged
    assert max(plain.weights) > 1.5 * mean
    assert max(capped.weights) <= 1.5 * mean * (1 + 1e-12)
    assert not capped.converged or capped.worst < 1e-6


def test_totals_without_a_sheet_are_named():
    with pytest.raises(EmptyLevels) as refused:
        rake(CELLS, COUNTS, [[5200, 3100, 1700, 400], [4000, 2500, 0, 3500]])
    assert refused.value.found == [(0, 3), (1, 2)]


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(1, 40), min_size=6, max_size=6),
    st.lists(st.integers(1, 9), min_size=5, max_size=5),
)
def test_every_margin_gets_its_totals(counts, goals):
    cells = [(a, b) for a in range(2) for b in range(3)]
    first, second = goals[:2], goals[2:5]
    totals = [[g / sum(first) for g in first], [g / sum(second) for g in second]]
    raked = rake(cells, counts, totals)
    for margin, wanted in enumerate(totals):
        assert sums(cells, counts, raked.weights, margin, len(wanted)) == pytest.approx(wanted)


R_LINES = """
suppressMessages(library(survey)); data(api)
d <- svydesign(ids = ~1, weights = ~pw, data = apisrs)
types <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))
wide <- data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))
r <- rake(d, list(~stype, ~sch.wide), list(types, wide), control = list(epsilon = 1e-9))
pair <- function(m) cat(sprintf("%.7g %.4f\\n", coef(m), SE(m)))
pair(svymean(~enroll, d)); pair(svymean(~enroll, r)); pair(svytotal(~enroll, r))
pair(svymean(~api00, subset(r, awards == "Yes"))); pair(svytotal(~stype, r))
cat("---\\n")
write.csv(apisrs[, c("stype", "sch.wide", "awards", "enroll", "api00", "pw")], row.names = FALSE)
"""


@pytest.fixture(scope="module")
def r_prints():
    """R's own figures for its own example of schools, and the schools."""
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed (apt-get install r-cran-survey)")
    run = subprocess.run([program, "-e", R_LINES], capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.skip(f"R lacks its package survey: {run.stderr[-200:]}")
    figures, _line, table = run.stdout.partition("---\n")
    return figures.splitlines(), list(csv.DictReader(io.StringIO(table)))


def test_r_itself_prints_the_same_for_its_own_example(r_prints):
    printed_by_r, schools = r_prints
    levels = [("EHM".index(s["stype"]), int(s["sch.wide"] == "Yes")) for s in schools]
    cells, counts, where = cells_of(levels)
    enrolled, score = ([float(s[name]) for s in schools] for name in ("enroll", "api00"))
    plain = Sample([()], [len(schools)], [float(schools[0]["pw"])])
    raked = Sample(cells, counts, rake(cells, counts, [[4421, 755, 1018], [1072, 5122]]).weights)
    ours = [
        plain.mean(sums_of([0] * len(schools), enrolled)),
        raked.mean(sums_of(where, enrolled)),
        raked.total(sums_of(where, enrolled)),
        raked.mean(sums_of(where, score, [s["awards"] == "Yes" for s in schools])),
        *(raked.total(sums_of(where, [s["stype"] == kind for s in schools])) for kind in "EHM"),
    ]
    for line, own in zip(printed_by_r, ours, strict=True):
        assert f"{own.value:.7g} {own.error:.4f}" == line.strip()


def test_the_error_of_a_product_is_what_drawing_the_sheets_again_shows():
    """A share × a severity that hang together: the delta method against 1,500 resamples."""
    chance = random.Random(7)
    sheets = []
    for _sheet in range(300):
        cell = chance.randrange(2)
        wants = float(chance.random() < 0.3 + 0.2 * cell)
        level = min(5, chance.randint(1, 4) + int(wants)) / 5
        sheets.append((cell, (wants, level if chance.random() < 0.8 else None)))
    weights = [1.0, 2.5]

    def product(drawn):
        counts = [sum(cell == one for cell, _pair in drawn) for one in (0, 1)]
        sample = Sample([(), ()], counts, weights)
        return sample, [(cell, pair, 1) for cell, pair in drawn]

    def value(drawn):
        means = []
        for side in (0, 1):
            said = [(weights[c], pair[side]) for c, pair in drawn if pair[side] is not None]
            means.append(sum(w * y for w, y in said) / sum(w for w, _y in said))
        return means[0] * means[1]

    sample, answers = product(sheets)
    found = sample.product(answers)
    assert found.value == pytest.approx(value(sheets), abs=1e-12)
    again = [value(chance.choices(sheets, k=300)) for _draw in range(1500)]
    middle = sum(again) / len(again)
    spread = (sum((one - middle) ** 2 for one in again) / (len(again) - 1)) ** 0.5
    assert found.error == pytest.approx(spread, rel=0.07)
    certain = [(cell, (pair[0], 0.8), 1) for cell, pair in sheets]
    share = sample.mean(sums_of([c for c, _p in sheets], [p[0] for _c, p in sheets]))
    assert sample.product(certain).error == pytest.approx(0.8 * share.error, rel=1e-9)
