"""Database triggers that refuse to change what may only be appended, on both databases."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunPython

_POSTGRES = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def guard(schema_editor: Any, table: str) -> None:
    """Refuse UPDATE, DELETE (and TRUNCATE, where there is one) on `table`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRES, params=None)  # its % is PL/pgSQL's own
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    # INSERT OR REPLACE deletes the old row without asking any DELETE trigger
    schema_editor.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def unguard(schema_editor: Any, table: str) -> None:
    """Take the refusals away again (only migrations going backwards do this)."""
    if schema_editor.connection.vendor == "postgresql":
        for name in ("append_only", "no_truncate"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
        return
    for verb in ("update", "delete", "replace"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


def missing_guards(connection: Any, table: str) -> list[str]:
    """Which refusals of `table` are gone, switched off or hollowed out: a sentence each."""
    if connection.vendor == "postgresql":
        return _missing_on_postgresql(connection, table)
    wanted = {f"{table}_no_{verb}" for verb in ("update", "delete", "replace")}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        there = {name for name, sql in cursor.fetchall() if "RAISE(ABORT" in sql}
    return [f"{table} lacks its guard {name}" for name in sorted(wanted - there)]


def _missing_on_postgresql(connection: Any, table: str) -> list[str]:
    wanted = {f"{table}_append_only", f"{table}_no_truncate"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgrelid = %s::regclass AND t.tgenabled IN ('O', 'A') "
            "AND p.proname = 'refuse_change' AND p.prosrc = %s",
            [table, _POSTGRES.split("$$")[1]],
        )
        there = {name for (name,) in cursor.fetchall()}
    return [f"{table} lacks its guard {name}" for name in sorted(wanted - there)]


class AppendOnly(RunPython):
    """A migration step that makes the named tables append-only."""

    def __init__(self, *tables: str) -> None:
        self.tables = tables

        def forwards(apps: Any, editor: Any) -> None:
            for table in tables:
                guard(editor, table)

        def backwards(apps: Any, editor: Any) -> None:
            for table in tables:
                unguard(editor, table)

        super().__init__(forwards, backwards)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a squashed migration writes this step down."""
        return (type(self).__name__, list(self.tables), {})
