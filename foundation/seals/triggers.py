"""A room's own laws in the database: triggers on either kind of it, laid down and looked for.

What a law says is its room's; how it comes into the database, and whether it still stands there as
it was written, is the same for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Function = tuple[str, str, str]
"""A function in PL/pgSQL: (parameters, what it returns, body)."""


def for_triggers(bodies: Mapping[str, str]) -> dict[str, Function]:
    """Functions that triggers execute, by name: they take nothing and return a trigger."""
    return {name: ("", "trigger", body) for name, body in bodies.items()}


@dataclass(frozen=True)
class Laws:
    """The triggers of a room: {name: its words after `CREATE TRIGGER name`} for each database."""

    functions: Mapping[str, Function]
    triggers: Mapping[str, str]
    sqlite: Mapping[str, str]

    def lay_down(self, editor: Any, more: Mapping[str, Function] | None = None) -> None:
        """Create them (on PostgreSQL their functions first, and `more` that no trigger calls)."""
        postgres = editor.connection.vendor == "postgresql"
        for name, (parameters, returns, body) in self._all(more) if postgres else ():
            editor.execute(
                f"CREATE FUNCTION {name}({parameters}) RETURNS {returns} LANGUAGE plpgsql "
                f"AS $${body} $$",
                params=None,  # a % in it is its own
            )
        for name, words in (self.triggers if postgres else self.sqlite).items():
            editor.execute(f"CREATE TRIGGER {name} {words}", params=None)

    def take_up(self, editor: Any, more: Mapping[str, Function] | None = None) -> None:
        """Drop them again (only migrations going backwards do this)."""
        if editor.connection.vendor != "postgresql":
            for name in self.sqlite:
                editor.execute(f"DROP TRIGGER {name}", params=None)
            return
        for name, words in self.triggers.items():
            table = words.split(" ON ", 1)[1].split(" ", 1)[0]
            editor.execute(f"DROP TRIGGER {name} ON {table}", params=None)
        for name, _function in self._all(more):
            editor.execute(f"DROP FUNCTION {name}", params=None)

    def missing(self, connection: Any) -> list[str]:
        """Which are gone, switched off or hollowed out, by name."""
        if connection.vendor == "postgresql":
            wanted, there = set(self.triggers), self._on_postgresql(connection)
        else:
            wanted, there = set(self.sqlite), self._on_sqlite(connection)
        return sorted(wanted - there)

    def _all(self, more: Mapping[str, Function] | None) -> list[tuple[str, Function]]:
        return [*self.functions.items(), *(more or {}).items()]

    def _on_postgresql(self, connection: Any) -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT t.tgname, p.proname, p.prosrc FROM pg_trigger t "
                "JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgenabled IN ('O', 'A')"
            )
            return {
                trigger
                for trigger, function, body in cursor.fetchall()
                if function in self.functions
                and self.functions[function][2].split() == body.split()
            }

    def _on_sqlite(self, connection: Any) -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return {
                name
                for name, words in cursor.fetchall()
                if name in self.sqlite
                and words.split() == f"CREATE TRIGGER {name} {self.sqlite[name]}".split()
            }
