"""Putting things into the index, taking them out, and looking something up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction

from foundation.search.models import Findable
from foundation.search.tables import INDEX, TABLE
from foundation.search.words import LONGEST_TEXT, Term, fit, pieces_of, terms_of

AT_ONCE = 500
MOST_OF_A_KIND = 300
"""Ranked are the newest so many matches of each kind; whoever wants older ones says more."""


@dataclass(frozen=True)
class Said:
    """The words one thing is found by."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Hit:
    """A row of the index that has everything asked for; a greater rank fits better."""

    id: int
    kind: str
    rank: float


Statement = tuple[str, Callable[[str], list[str]]]
"""How one kind is looked through, and with which values."""


def put(kind: str, said: Mapping[str, Said]) -> None:
    """Have these things of a kind found by these words: {key: words}."""
    rows = [
        Findable(
            kind=kind,
            key=key,
            text=words.text[:LONGEST_TEXT],
            title_pieces=pieces_of(words.title),
            text_pieces=pieces_of(words.text),
        )
        for key, words in said.items()
    ]
    Findable.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["text", "title_pieces", "text_pieces"],
    )


def drop(kind: str, keys: Iterable[str]) -> None:
    """Have these things of a kind found no more."""
    wanted = list(keys)
    for start in range(0, len(wanted), AT_ONCE):
        Findable.objects.filter(kind=kind, key__in=wanted[start : start + AT_ONCE]).delete()


@transaction.atomic
def keep(kind: str, asked: Iterable[str], said: Mapping[str, Said]) -> None:
    """Of the things asked about, those with words are found by them, the others no more."""
    put(kind, said)
    drop(kind, [key for key in asked if key not in said])


def look_up(query: str, kinds: Iterable[str]) -> list[Hit]:
    """What has every word of the query: of each kind the newest matches (one statement)."""
    terms = terms_of(query)
    wanted = list(kinds)
    if not terms or not wanted:
        return []
    look = _on_postgres if connection.vendor == "postgresql" else _on_sqlite
    statement, values = look(terms)
    each = [f"SELECT * FROM ({statement}) AS of_{n}" for n in range(len(wanted))]
    with connection.cursor() as cursor:
        # raw: neither index is a thing the ORM knows
        cursor.execute(
            " UNION ALL ".join(each), [value for kind in wanted for value in values(kind)]
        )
        rows = cursor.fetchall()
    return [Hit(key, kind, fit(title, terms)) for key, kind, title in rows]


def _on_sqlite(terms: list[Term]) -> Statement:
    """FTS5: pieces in quotation marks are a phrase, an asterisk makes the last a beginning."""
    asked = " AND ".join(
        f'"{" ".join(term.pieces)}"' + ("*" if term.is_beginning else "") for term in terms
    )
    statement = (
        f"SELECT id, kind, title_pieces FROM {TABLE} WHERE id IN (SELECT rowid FROM {INDEX} "
        f"WHERE {INDEX} MATCH %s ORDER BY rowid DESC LIMIT {MOST_OF_A_KIND})"
    )
    return statement, lambda kind: [
        f'(kind : "kind{kind}") AND ({{title_pieces text_pieces}} : ({asked}))',
    ]


def _on_postgres(terms: list[Term]) -> Statement:
    """A query of titles (A) and texts (D); the kind has a weight of its own.

    `+ 0` keeps the planner off the primary key, which knows no words.
    """
    asked = " & ".join(
        f"'{term.pieces[0]}':*AD"
        if term.is_beginning
        else "(" + " <-> ".join(f"'{piece}':AD" for piece in term.pieces) + ")"
        for term in terms
    )
    statement = (
        f"SELECT id, kind, title_pieces FROM {TABLE} "
        f"WHERE words @@ to_tsquery('simple', %s) ORDER BY id + 0 DESC LIMIT {MOST_OF_A_KIND}"
    )
    return statement, lambda kind: [f"kind{kind}:B & {asked}"]
