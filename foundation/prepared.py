"""Queries that are composed once and asked many times: what the ORM spends on each is saved.

Composing a query and writing its SQL costs the ORM some ten times what SQLite takes to answer by a
key. Where an operation asks the same question with another number each time, a `Prepared` keeps the
SQL and how its rows become objects; only the numbers change.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=models.Model)

_STANDS_FOR = -2_071_907_000
"""Numbers no row has; each marks the place of a value in the SQL."""


class Prepared(Generic[M]):
    """`Prepared(lambda a, b: rows.filter(x=a, y=b))`; called with two numbers it gives a list.

    What is composed takes whole numbers only (keys), each as it is, and selects whole rows, with
    `select_related` and `select_for_update` as may be.
    """

    def __init__(self, compose: Callable[..., models.QuerySet[M]]) -> None:
        self._compose = compose
        self._mine = threading.local()  # as connections are: SQL is a database's, and so are they

    def __call__(self, *values: int) -> list[M]:
        """The rows for these numbers, asked of the database now."""
        asked = self._asked()
        if asked.locks and not asked.connection.in_atomic_block:
            return list(self._compose(*values))  # Django's own words for what is wrong
        return asked.of(values)

    def _asked(self) -> _Asked:
        connection = connections[DEFAULT_DB_ALIAS]
        asked: _Asked | None = getattr(self._mine, "asked", None)
        if asked is None or asked.connection is not connection:
            asked = self._mine.asked = _Asked(self._compose, connection)
        return asked


class _Asked:
    """The query as one connection is asked it; to the ORM it is a query that compiles at once."""

    values_select = ()
    annotation_col_map: dict[str, int] | None = None

    def __init__(self, compose: Callable[..., models.QuerySet[Any]], connection: Any) -> None:
        marks = [
            _STANDS_FOR - place for place, _ in enumerate(inspect.signature(compose).parameters)
        ]
        self._rows = compose(*marks)
        compiler = self._rows.query.get_compiler(connection=connection)
        self.locks = bool(self._rows.query.select_for_update)
        # what compiles also looks whether a lock is asked for inside a transaction; here, later
        before, connection.in_atomic_block = connection.in_atomic_block, True
        try:
            self._sql, parameters = compiler.as_sql()
        finally:
            connection.in_atomic_block = before
        self._parameters = [
            (marks.index(part) if part in marks else None, part) for part in parameters
        ]
        self.connection = connection
        self.select, self.klass_info = compiler.select, compiler.klass_info
        expressions = [expression for expression, _sql, _alias in compiler.select]
        self._converters = list(compiler.get_converters(expressions).items())
        self._values: tuple[int, ...] = ()
        self._rows.query = self  # type: ignore[assignment]  # it stands for one, see above

    def of(self, values: tuple[int, ...]) -> list[Any]:
        """The rows for these numbers."""
        self._values = values
        return list(ModelIterable(self._rows))

    def get_compiler(self, using: str) -> _Asked:
        """What writes the SQL: it is written."""
        return self

    def execute_sql(self, **how: Any) -> Any:
        """Ask the database."""
        parameters = [
            part if place is None else self._values[place] for place, part in self._parameters
        ]
        with self.connection.cursor() as cursor:
            cursor.execute(self._sql, parameters)
            return cursor.fetchall()

    def results_iter(self, rows: Any) -> Iterator[list[Any]]:
        """The rows as the fields' values."""
        for row in map(list, rows):
            for place, (converters, expression) in self._converters:
                for convert in converters:
                    row[place] = convert(row[place], expression, self.connection)
            yield row
