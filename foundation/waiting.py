"""What waits for a person: each room says what to look for; one query finds all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Expression
from django.db.models.functions import Cast

from foundation.http import Waiting


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one thing that waits, wherever it was found."""

    look: int
    pk: int
    title: str
    of: str
    key: str
    count: int
    at: dt.datetime | None
    on: dt.date | None


@dataclass(frozen=True)
class Look:
    """One sort of thing that may wait: where to look, which columns to bring, how to say it.

    `most` keeps a long queue from filling the desk: the first so many, in the rows' own order.
    Rows that are summed up (`values().annotate()`) have no key of their own: `most=0`.
    """

    rows: QuerySet[Any]
    say: Callable[[Row], Waiting]
    title: str | None = None
    of: str | None = None
    key: str | None = None
    count: str | None = None
    at: str | None = None
    on: str | None = None
    most: int = 20


_TYPES: dict[str, type[models.Field[Any, Any]]] = {
    "pk": models.BigIntegerField,
    "title": models.TextField,
    "of": models.TextField,
    "key": models.TextField,
    "count": models.BigIntegerField,
    "at": models.DateTimeField,
    "on": models.DateField,
}


def find(looks: Iterable[Look]) -> list[Waiting]:
    """All that waits, in one query, in the order of the looks."""
    looks = list(looks)
    if not looks:
        return []
    parts = [_columns(number, look) for number, look in enumerate(looks)]
    whole = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    rows = sorted((Row(*values) for values in whole), key=lambda row: row.look)
    return [looks[row.look].say(row) for row in rows]


def _columns(number: int, look: Look) -> QuerySet[Any]:
    """The look's rows, told in the columns that all looks share."""
    rows = look.rows
    if look.most:
        rows = look.rows.model._default_manager.filter(pk__in=look.rows.values("pk")[: look.most])
    told = {f"waits_{name}": _source(look, name) for name in _TYPES}
    rows = rows.order_by().annotate(waits_look=Value(number), **told)
    return rows.values_list("waits_look", *told)


def _source(look: Look, name: str) -> Expression | F:
    """The look's column of that name, of the type all looks share; times as they are stored."""
    column = ("pk" if look.most else None) if name == "pk" else getattr(look, name)
    if column and name in ("at", "on"):
        return F(column)
    return Cast(F(column) if column else Value(None), _TYPES[name]())
