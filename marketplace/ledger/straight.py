"""A statement sent to PostgreSQL and answered in one step, where every microsecond is waited for.

psycopg's cursors drive each statement through coroutines that may be interrupted: on the way of a
posting that costs the client more than all else it does. Here libpq's own call does it. Django's
cursor lies around it, so that errors, the log of queries and wrappers are what they always are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from types import SimpleNamespace
from typing import Any

from django.db import connection


@lru_cache(maxsize=100)
def _numbered(sql: str) -> bytes:
    """`%s` as PostgreSQL itself writes it: $1, $2 …"""
    numbers = count(1)
    first, *others = sql.split("%s")
    return "".join([first, *(f"${next(numbers)}{part}" for part in others)]).encode()


class Straight:
    """As much of a cursor as one statement with one row of texts for an answer needs."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.row: tuple[str | None, ...] | None = None
        self._query = SimpleNamespace(query=None)  # where Django's log of queries looks

    def execute(self, sql: str, params: Sequence[object] = ()) -> None:
        """Send it with its parameters beside it; wait for the answer."""
        # imported here: psycopg is there where it is the database
        from psycopg.errors import DataError, OperationalError, error_from_result
        from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

        self._query.query = sql.encode()
        server, values = self.server, [None if p is None else str(p).encode() for p in params]
        if any(value and b"\0" in value for value in values):
            # libpq would send what stands before it, and nobody would hear of the rest
            raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
        if not server.autocommit and server.info.transaction_status == TransactionStatus.IDLE:
            server.execute("SELECT 1")  # psycopg opens the transaction with its first statement
        with server.lock:
            answer = server.pgconn.exec_params(_numbered(sql), values)
        if server.pgconn.status == ConnStatus.BAD:  # it died while we waited
            raise OperationalError(answer.get_error_message(server.info.encoding))
        if answer.status != ExecStatus.TUPLES_OK:
            raise error_from_result(answer, server.info.encoding)
        found = (answer.get_value(0, column) for column in range(answer.nfields))
        self.row = tuple(v if v is None else v.decode() for v in found) if answer.ntuples else None

    def fetchone(self) -> tuple[str | None, ...] | None:
        """The row."""
        return self.row

    def close(self) -> None:
        """Nothing is held."""


def straight_cursor() -> Any:
    """Django's cursor around a straight one."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrap(Straight(connection.connection))  # type: ignore[arg-type]  # a part of a cursor
