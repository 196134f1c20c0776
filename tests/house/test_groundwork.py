"""The schema laid at once is the schema that migrating step by step arrives at."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from foundation.management import groundwork
from tests import databases

VERSIONS = ("django_migrations", "sqlite_sequence")
POSTGRES = {
    "columns": """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
        coalesce(is_identity, ''), coalesce(collation_name, ''), coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """SELECT conrelid::regclass::text, contype::text, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": """SELECT tablename, regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON')
        FROM pg_indexes WHERE schemaname = 'public'""",
    "triggers": """SELECT tgrelid::regclass::text, tgname::text, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal""",
    "functions": """SELECT proname::text, prosrc FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace""",
}


def rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def sqlite_facts() -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for kind, name, text in rows("SELECT type, name, sql FROM sqlite_master"):
        if kind == "trigger":
            facts[name] = text
        elif kind == "table" and name not in VERSIONS and "_fts_" not in name:
            facts[name, "columns"] = sorted(row[1:] for row in rows(f'PRAGMA table_info("{name}")'))
            facts[name, "points to"] = sorted(
                row[2:5] for row in rows(f'PRAGMA foreign_key_list("{name}")')
            )
            facts[name, "indexes"] = sorted(
                (unique, partial, *(str(r[2]) for r in rows(f'PRAGMA index_info("{index}")')))
                for _n, index, unique, _origin, partial in rows(f'PRAGMA index_list("{name}")')
            )
            facts[name, "checks"] = sorted(re.findall(r'CONSTRAINT "(\w+)" CHECK', text))
    return facts


def facts() -> dict[Any, Any]:
    """Tables, columns, constraints, indexes, triggers and rows, without the order of columns."""
    if connection.vendor == "sqlite":
        found: dict[Any, Any] = sqlite_facts()
    else:
        found = {name: sorted(map(repr, rows(query))) for name, query in POSTGRES.items()}
    for table in connection.introspection.table_names():
        if table not in VERSIONS:
            found[table, "rows"] = rows(f'SELECT count(*) FROM "{table}"')
    found["migrations"] = sorted(rows("SELECT app, name FROM django_migrations"))
    rows_of_others = json.loads(groundwork.first_rows("default"))
    for row in rows_of_others:
        row["fields"].pop("translation_key", None)  # drawn by chance
    found["first rows"] = sorted(repr((row["model"], row["fields"])) for row in rows_of_others)
    return found


def migrate_step_by_step() -> None:
    """Other people's steps first: each of theirs would render our hundred tables again."""
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate([leaf for leaf in leaves if leaf[0] not in groundwork.FLOORS])
    call_command("migrate", verbosity=0)


@pytest.mark.slow
@pytest.mark.told_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_laying_the_schema_at_once_and_migrating_step_by_step_come_to_the_same(tmp_path):
    laid = facts()
    ours = connection.settings_dict["NAME"]
    other = str(tmp_path / "migrated.db") if connection.vendor == "sqlite" else f"{ours}_migrated"
    name = sql.Identifier(other)
    if connection.vendor == "postgresql":
        with databases._server() as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(name))
    try:
        databases._point_at(other)
        migrate_step_by_step()
        migrated = facts()
    finally:
        databases._point_at(ours)
        if connection.vendor == "postgresql":
            with databases._server() as server:
                databases._drop(server, other)
    different = {key for key in {*laid, *migrated} if laid.get(key) != migrated.get(key)}
    for key in sorted(different, key=str):
        a, b = laid.get(key), migrated.get(key)
        if isinstance(a, list) and isinstance(b, list):
            a, b = [x for x in a if x not in b], [x for x in b if x not in a]
        print(f"{key}\n  laid at once: {a}\n  step by step: {b}")
    assert different == set()
    # and this process knows no more how that other database numbered its kinds of rows
    for kind in ContentType.objects.all():
        assert ContentType.objects.get_for_id(kind.pk).model == kind.model


@pytest.mark.django_db
def test_the_models_have_their_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_database_that_holds_tables_is_left_alone():
    before = connection.introspection.table_names()
    with pytest.raises(CommandError, match="run migrate"):
        call_command("found_database")
    assert connection.introspection.table_names() == before
