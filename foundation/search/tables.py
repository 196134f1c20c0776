"""The index beside the rows: FTS5 kept by triggers on SQLite, a stored vector on PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunPython

TABLE = "foundation_findable"
INDEX = "foundation_findable_words"
COLUMNS = "kind, title_pieces, text_pieces"
_NEW = "new.id, 'kind' || new.kind, new.title_pieces, new.text_pieces"
_OLD = "'delete', old.id, 'kind' || old.kind, old.title_pieces, old.text_pieces"

SQLITE = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5("
    f"{COLUMNS}, content='', tokenize='unicode61', prefix='1 2 3')",
    f"CREATE TRIGGER {TABLE}_found AFTER INSERT ON {TABLE} "
    f"BEGIN INSERT INTO {INDEX}(rowid, {COLUMNS}) VALUES ({_NEW}); END",
    f"CREATE TRIGGER {TABLE}_lost AFTER DELETE ON {TABLE} "
    f"BEGIN INSERT INTO {INDEX}({INDEX}, rowid, {COLUMNS}) VALUES ({_OLD}); END",
    f"CREATE TRIGGER {TABLE}_said AFTER UPDATE ON {TABLE} "
    f"BEGIN INSERT INTO {INDEX}({INDEX}, rowid, {COLUMNS}) VALUES ({_OLD}); "
    f"INSERT INTO {INDEX}(rowid, {COLUMNS}) VALUES ({_NEW}); END",
)
POSTGRES = (
    f"ALTER TABLE {TABLE} ADD COLUMN words tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple', 'kind' || kind), 'B') "
    "|| setweight(to_tsvector('simple', title_pieces), 'A') "
    "|| setweight(to_tsvector('simple', text_pieces), 'D')) STORED",
    f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)",
)


class SearchIndex(RunPython):
    """A migration step that makes the index."""

    def __init__(self) -> None:
        def forwards(apps: Any, editor: Any) -> None:
            is_postgres = editor.connection.vendor == "postgresql"
            for statement in POSTGRES if is_postgres else SQLITE:
                editor.execute(statement, params=None)

        def backwards(apps: Any, editor: Any) -> None:
            if editor.connection.vendor == "postgresql":
                editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN words")
                return
            for name in ("found", "lost", "said"):
                editor.execute(f"DROP TRIGGER {TABLE}_{name}")
            editor.execute(f"DROP TABLE {INDEX}")

        super().__init__(forwards, backwards)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a squashed migration writes this step down."""
        return (type(self).__name__, [], {})
