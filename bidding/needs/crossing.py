"""One question's answers by another's, by district or by industry: shares with their intervals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bidding.needs import statistics
from bidding.needs.frames import frame_of_survey
from bidding.needs.models import Survey
from bidding.needs.queries import questions_of
from bidding.needs.statistics import Share
from bidding.needs.variables import Label, Variable, variables
from bidding.sampling.frame import Frame
from bidding.sampling.suppression import hidden_cells
from foundation.errors import DomainError


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

    @property
    def hides(self) -> bool:
        """Is any cell not shown?"""
        return any(share.suppressed for line in self.cells for share in line)


def cross_of(survey: Survey, row: str, by: str) -> Cross:
    """The answers to `row` among groups of `by`: codes of questions, "district", "industry".

    Cells of fewer than five people are hidden, and so many others that none can be worked out
    from the totals. Raises DomainError for codes that nothing can be grouped by.
    """
    known = variables(questions_of(survey))
    return crossed(frame_of_survey(survey), _named(known, row, "row"), _named(known, by, "by"))


def _named(known: list[Variable], code: str, field: str) -> Variable:
    for own in known:
        if own.code == code or (own.question and own.question.kind == code):
            return own
    raise DomainError(_("Answers cannot be grouped by “%(code)s”.") % {"code": code}, field=field)


def crossed(frame: Frame, row: Variable, by: Variable) -> Cross:
    """The cross-table of a frame's sheets that answered both."""
    if row.column == by.column:
        raise DomainError(_("Choose two different questions."), field="by")
    people, bases, totals, n = _counted(frame, row, by)
    columns = [label for label in by.labels if by.question or bases[label.code]]
    rows = [label for label in row.labels if row.question or totals[label.code]]
    table = [[people[r.code, c.code] for c in columns] + [totals[r.code]] for r in rows]
    table.append([bases[c.code] for c in columns] + [n])
    hidden = hidden_cells(table, sums_across=by.exclusive, sums_down=row.exclusive)

    def share(r: int, c: int) -> Share:
        if (r, c) in hidden or (len(rows), c) in hidden:
            return statistics.hidden(0 if (len(rows), c) in hidden else table[-1][c])
        return statistics.shown(table[r][c], table[-1][c])

    return Cross(
        row=row,
        by=by,
        rows=rows,
        columns=columns,
        cells=[[share(r, c) for c in range(len(columns))] for r in range(len(rows))],
        bases=[None if (len(rows), c) in hidden else count for c, count in enumerate(table[-1])][
            :-1
        ],
        totals=[share(r, len(columns)) for r in range(len(rows))],
        n=n,
    )


def _counted(
    frame: Frame, row: Variable, by: Variable
) -> tuple[Counter[Any], Counter[Any], Counter[Any], int]:
    """People by (row, column), by column, by row, and all who answered both."""
    people: Counter[Any] = Counter()
    bases: Counter[Any] = Counter()
    totals: Counter[Any] = Counter()
    n = 0
    for (said, group), many in frame.counts(row.column, by.column):
        columns = list(by.lines(group))
        if said is None or not columns:
            continue
        n += many
        for column in columns:
            bases[column] += many
        for line in row.lines(said):
            totals[line] += many
            for column in columns:
                people[line, column] += many
    return people, bases, totals, n
