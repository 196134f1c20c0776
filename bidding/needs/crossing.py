"""One question's answers by another's, by district or by industry: shares with their intervals."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bidding.needs import statistics
from bidding.needs.frames import texts_of, weighed_or_plain
from bidding.needs.models import Survey
from bidding.needs.queries import questions_of
from bidding.needs.statistics import Share
from bidding.needs.variables import Label, Variable, variables
from bidding.sampling.suppression import hidden_cells
from bidding.sampling.weighing import Weighed, share_sums
from foundation.errors import DomainError

ALL = "@all"
"""The column of everybody; no code looks like it."""


@dataclass(frozen=True)
class Cross:
    """A cross-table: `cells[row][column]` is the share of the column's people who said the row.

    `bases` are the people of each column (None: fewer than five), `totals` the same shares among
    the people of all columns together, `n` of them.
    """

    row: Variable
    by: Variable
    rows: list[Label]
    columns: list[Label]
    cells: list[list[Share]]
    bases: list[int | None]
    totals: list[Share]
    n: int
    is_weighted: bool = False

    @property
    def hides(self) -> bool:
        """Is any cell not shown?"""
        return any(share.suppressed for line in self.cells for share in line)


def cross_of(survey: Survey, row: str, by: str) -> Cross:
    """The answers to `row` among groups of `by`: codes of questions, "district", "industry".

    Cells of fewer than five people are hidden, and so many others that none can be worked out
    from the totals. Raises DomainError for codes that nothing can be grouped by.
    """
    return Crossing(survey).cross(row, by)


class Crossing:
    """Everything of a survey that can be crossed, loaded once."""

    def __init__(self, survey: Survey) -> None:
        questions = questions_of(survey)
        self.weighed, self.problem = weighed_or_plain(survey, texts_of(questions))
        self.known = [
            own
            for own in variables(questions)
            if own.question or len(self.weighed.frame.values(own.column)) > 1
        ]

    @property
    def rows(self) -> list[Variable]:
        """What may stand in the rows: questions about something, not about where."""
        return [own for own in self.known if own.column == own.code]

    def cross(self, row: str, by: str) -> Cross:
        """The table. Raises DomainError."""
        first, second = self._named(row, "row"), self._named(by, "by")
        if first.column == second.column:
            raise DomainError(_("Choose two different questions."), field="by")
        kept: dict[Any, Cross] = self.weighed.kept
        key = (first.code, second.code)
        if key not in kept:
            kept[key] = crossed(self.weighed, first, second)
        return kept[key]

    def _named(self, code: str, field: str) -> Variable:
        for own in self.known:
            if own.code == code or (own.question and own.question.kind == code):
                return own
        raise DomainError(
            _("Answers cannot be grouped by “%(code)s”.") % {"code": code}, field=field
        )


def crossed(weighed: Weighed, row: Variable, by: Variable) -> Cross:
    """The cross-table of the sheets that answered both."""
    people, bases, n = _counted(weighed, row, by)
    columns = [label for label in by.labels if by.question or bases[label.code]]
    rows = [label for label in row.labels if row.question or people[label.code, ALL]]
    across = [*(label.code for label in columns), ALL]
    table = [[people[r.code, c].total() for c in across] for r in rows]
    table.append([bases[c].total() for c in across])
    hidden = hidden_cells(table, sums_across=by.exclusive, sums_down=row.exclusive)
    last = len(rows)

    def share(r: int, c: int) -> Share:
        if (last, c) in hidden:
            return statistics.hidden(0)
        if (r, c) in hidden:
            return statistics.hidden(table[last][c])
        code = across[c]
        if not weighed.is_weighted:
            return statistics.shown(table[r][c], table[last][c])
        sums = share_sums(bases[code], people[rows[r].code, code])
        return statistics.estimated(table[r][c], weighed.sample.mean(sums))

    wide = range(len(columns))
    return Cross(
        row=row,
        by=by,
        rows=rows,
        columns=columns,
        cells=[[share(r, c) for c in wide] for r in range(last)],
        bases=[None if (last, c) in hidden else table[last][c] for c in wide],
        totals=[share(r, len(columns)) for r in range(last)],
        n=n,
        is_weighted=weighed.is_weighted,
    )


def _counted(
    weighed: Weighed, row: Variable, by: Variable
) -> tuple[defaultdict[tuple[str, str], Counter[int]], defaultdict[str, Counter[int]], int]:
    """People by (row, column) and by column, each by cell; and all who answered both.

    The column `ALL` holds everybody who stands in any.
    """
    people: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    bases: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for cell, (said, group), many in weighed.pairs(row.column, by.column):
        columns = [*by.lines(group), ALL]
        if said is None or len(columns) == 1:
            continue
        for column in columns:
            bases[column][cell] += many
        for line in row.lines(said):
            for column in columns:
                people[line, column][cell] += many
    return people, bases, bases[ALL].total()
