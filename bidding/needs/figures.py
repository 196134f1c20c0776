"""Every figure of a survey: question by question, weighted where totals are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bidding.needs import statistics
from bidding.needs.models import Option, Question, QuestionKind
from bidding.needs.statistics import Share
from bidding.needs.variables import PLACES, variable
from bidding.sampling.estimates import Estimate
from bidding.sampling.frame import DISTRICT
from bidding.sampling.suppression import SMALLEST_CELL
from bidding.sampling.themes import Theme
from bidding.sampling.weighing import Weighed, number_sums, share_sums, shares_of


@dataclass(frozen=True)
class OptionResult:
    """One choice and the share of answers that took it (in a ranking: put it first).

    `mean` is a ranked choice's mean place, or a grid row's mean level; `mean_low` and `mean_high`
    are its 95 % interval.
    """

    option: Option
    count: int
    share: Share
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None


@dataclass
class QuestionResult:
    """What was answered to one question; `n` people answered it.

    `effective` is Kish's effective n of those people, None where nothing is weighted; `mean` is
    then weighted, `plain_mean` as counted. `themes` are what free answers speak of.
    """

    question: Question
    n: int
    options: list[OptionResult] = field(default_factory=list)
    levels: list[tuple[int, Share]] = field(default_factory=list)
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    plain_mean: float | None = None
    effective: float | None = None
    themes: list[Theme] = field(default_factory=list)

    @property
    def margin(self) -> float | None:
        """The widest plus or minus among what is shown; None when nothing is."""
        shares = [row.share for row in self.options] + [share for _level, share in self.levels]
        return max((share.margin for share in shares if share.margin is not None), default=None)

    @property
    def is_weighted(self) -> bool:
        """Are its shares weighted to known totals?"""
        return self.effective is not None


def figures(
    questions: Iterable[Question],
    weighed: Weighed,
    themes: Mapping[str, list[Theme]],
    district: str | None = None,
) -> list[QuestionResult]:
    """The results question by question, small cells suppressed; perhaps of one district's people.

    Free answers are counted; what they speak of comes with `themes`, by the question's code.
    """
    asked = [q for q in questions if q.kind != QuestionKind.SECTION]
    return [_result(q, weighed, themes.get(q.code), district) for q in asked]


def _pairs(weighed: Weighed, column: str, district: str | None) -> list[Any]:
    if district is None:
        return weighed.pairs(column)
    return [
        (cell, (said,), many)
        for cell, (said, place), many in weighed.pairs(column, DISTRICT)
        if place == district
    ]


def _result(
    question: Question,
    weighed: Weighed,
    themes: list[Theme] | None,
    district: str | None,
) -> QuestionResult:
    kind, column = question.kind, PLACES.get(question.kind, question.code)
    if kind == QuestionKind.TEXT:
        answered = sum(theme.people for theme in themes or () if not theme.word)
        spoken = [theme for theme in themes or () if theme.word]
        return QuestionResult(question, answered, themes=spoken)
    pairs = _pairs(weighed, column, district)
    n = sum(many for _cell, (said,), many in pairs if said is not None)
    result = QuestionResult(question, n)
    if kind in PLACES or not result.n:
        result.options = [OptionResult(o, 0, statistics.hidden(0)) for o in question.options.all()]
        return result
    if kind == QuestionKind.GRID:
        result.options = [_grid_row(o, pairs, weighed, result.n) for o in question.options.all()]
    elif kind == QuestionKind.NUMBER:
        _put_mean(result, pairs, weighed)
    else:
        _put_shares(result, pairs, weighed)
    if kind == QuestionKind.SCALE:
        _put_mean(result, pairs, weighed)
    if weighed.is_weighted and result.n >= SMALLEST_CELL:
        people = number_sums((cell, 1, many) for cell, (said,), many in pairs if said is not None)
        result.effective = weighed.sample.kish(people)
    return result


def _put_shares(result: QuestionResult, pairs: list[Any], weighed: Weighed) -> None:
    """The share of each choice or level, of those who answered the question."""
    own = variable(result.question)
    assert own is not None
    answered, said = shares_of(pairs, own.lines)
    counts = {label.code: sum(said[label.code].values()) for label in own.labels}
    small = statistics.hidden_keys(counts, result.n, exclusive=own.exclusive)
    found = {
        code: statistics.hidden(result.n)
        if code in small
        else share_of(weighed, answered, said[code])
        for code in counts
    }
    if result.question.kind == QuestionKind.SCALE:
        result.levels = [(int(code), share) for code, share in found.items()]
        return
    ranks = result.question.kind == QuestionKind.RANKING
    for option in result.question.options.all():
        mean = _place(option, pairs, weighed) if ranks else None
        count, share = counts[option.code], found[option.code]
        result.options.append(OptionResult(option, count, share, *_three(mean)))


def share_of(weighed: Weighed, answered: dict[int, int], took: dict[int, int]) -> Share:
    """The share of those who took a line among those who answered."""
    count, n = sum(took.values()), sum(answered.values())
    if not weighed.is_weighted:
        return statistics.shown(count, n)
    return statistics.estimated(count, weighed.sample.mean(share_sums(answered, took)))


def _mean(weighed: Weighed, numbers: list[tuple[int, float, int]]) -> Estimate | None:
    """The mean of (cell, number, how many); None below five people."""
    if sum(many for _cell, _number, many in numbers) < SMALLEST_CELL:
        return None
    return weighed.sample.mean(number_sums(numbers))


def _place(option: Option, pairs: list[Any], weighed: Weighed) -> Estimate | None:
    """A ranked choice's mean place among those who gave it one."""
    numbers = [
        (cell, said.index(option.code) + 1, many)
        for cell, (said,), many in pairs
        if said and option.code in said
    ]
    return _mean(weighed, numbers)


def _grid_row(option: Option, pairs: list[Any], weighed: Weighed, n: int) -> OptionResult:
    """A statement's mean level among those who judged it."""
    mean = grid_mean(option.code, pairs, weighed)
    return OptionResult(option, 0, statistics.hidden(n), *_three(mean))


def _three(mean: Estimate | None) -> tuple[float | None, float | None, float | None]:
    """A mean and the ends of its interval."""
    return (mean.value, *mean.interval) if mean else (None, None, None)


def grid_mean(row: str, pairs: list[Any], weighed: Weighed) -> Estimate | None:
    """The mean level of a grid's row."""
    return _mean(
        weighed, [(cell, said[row], many) for cell, (said,), many in pairs if said and row in said]
    )


def _put_mean(result: QuestionResult, pairs: list[Any], weighed: Weighed) -> None:
    """The mean of a number or a scale, with its interval."""
    numbers = [(cell, said, many) for cell, (said,), many in pairs if said is not None]
    if (mean := _mean(weighed, numbers)) is None:
        return
    result.mean, (result.mean_low, result.mean_high) = mean.value, mean.interval
    if weighed.is_weighted:
        result.plain_mean = sum(number * many for _c, number, many in numbers) / mean.n
