"""Databases for tests: copied from a template that is laid once for each state of the migrations.

Each xdist worker has a copy of its own. After a test that commits (`transaction=True`, a live
server) the copy is put back to the template's rows; flushing would lose Wagtail's root page and
is refused by the append-only tables.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from psycopg import sql

from foundation.management import groundwork

Restore = Callable[[], None]


@contextmanager
def test_database() -> Iterator[Restore]:
    """Point Django at a fresh database; gives the function that puts its first rows back."""
    name = settings.DATABASES["default"]["NAME"]
    make = _postgres if connection.vendor == "postgresql" else _sqlite
    with make() as restore:
        yield restore
    _point_at(name)


def _point_at(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()  # the other database numbered its kinds in another order


@contextmanager
def _sqlite() -> Iterator[Restore]:
    folder = Path(settings.VAR_DIR) / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / f"{groundwork.migrations_digest()}.db"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for old in folder.glob("*.db*"):
                old.unlink()
            unfinished = template.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _point_at(str(unfinished))
            groundwork.lay(connection)
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connections.close_all()
            unfinished.rename(template)
    with tempfile.TemporaryDirectory(prefix="gongchuang-test-") as copies:
        copy = Path(copies) / "test.db"
        shutil.copyfile(template, copy)
        _point_at(str(copy))

        def restore() -> None:
            with sqlite3.connect(template) as source, sqlite3.connect(copy, timeout=20) as target:
                source.backup(target)
            source.close()
            target.close()

        yield restore
        connections.close_all()


@contextmanager
def _postgres() -> Iterator[Restore]:
    template = f"gongchuang_template_{groundwork.migrations_digest()}"
    ours = f"test_{settings.DATABASES['default']['NAME']}"
    copy = f"{ours}_{os.getpid()}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(7071)")
        names = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
        for name in names:
            busy = "SELECT 1 FROM pg_stat_activity WHERE datname = %s"
            left_behind = name.startswith(ours) and not server.execute(busy, [name]).fetchone()
            if left_behind or name == f"{template}_unfinished":
                _drop(server, name)
        if template not in names:
            unfinished = sql.Identifier(f"{template}_unfinished")
            server.execute(sql.SQL("CREATE DATABASE {}").format(unfinished))
            _point_at(f"{template}_unfinished")
            groundwork.lay(connection)
            connections.close_all()
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    unfinished, sql.Identifier(template)
                )
            )
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(copy), sql.Identifier(template)
            )
        )
        _point_at(copy)
        connection.ensure_connection()  # so that another run does not take it for left behind
    yield _Rows().put_back
    connections.close_all()
    with _server() as server:
        _drop(server, copy)


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    """The server's own database, outside any transaction."""
    known = connection.get_connection_params()
    at = {key: known[key] for key in ("host", "port", "user", "password") if key in known}
    with psycopg.connect(**at, dbname="postgres", autocommit=True) as server:
        yield server


def _drop(server: psycopg.Connection[Any], name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


class _Rows:
    """The rows a PostgreSQL database held at first, to be put back with its triggers asleep."""

    def __init__(self) -> None:
        self.tables = connection.introspection.table_names()
        self.rows: dict[str, bytes] = {}
        with connection.cursor() as cursor:
            for table in self.tables:
                with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                    rows = b"".join(bytes(part) for part in copy)
                if rows:
                    self.rows[table] = rows
            cursor.execute(
                "SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences"
            )
            self.sequences: dict[str, int | None] = dict(cursor.fetchall())

    def put_back(self) -> None:
        """Delete everything, copy the first rows in, set the sequences back."""
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            try:
                cursor.execute(";".join(f'DELETE FROM "{table}"' for table in self.tables))
                for table, rows in self.rows.items():
                    with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                        copy.write(rows)
                cursor.execute(
                    """SELECT setval(sequence::regclass, coalesce(last, 1), last IS NOT NULL)
                    FROM unnest(%s::text[], %s::bigint[]) AS first (sequence, last)""",
                    [list(self.sequences), list(self.sequences.values())],
                )
            finally:
                cursor.execute("SET session_replication_role = origin")
        ContentType.objects.clear_cache()
