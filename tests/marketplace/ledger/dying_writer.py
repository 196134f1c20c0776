"""A writer to be killed: a process of the platform that stops where it is told, and says so.

It is forked from the test's process (starting the platform anew costs seconds each time), but
works with the platform's own settings on a book of its own: what the tests' settings leave out
to be quick (waiting for the disk) is what is tried here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import runpy
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

CODE = "dying"
ACKNOWLEDGING = "before it writes the acknowledgement down"
COMMITTING = "before it commits"
PATIENCE = 30.0


class Writer:
    """A forked process at `work(said, go)`: it says lines on a pipe, and waits to be told to go on.

    The test reads every line it says: nothing here depends on how quick anybody is.
    """

    def __init__(self, databases: Any, work: Callable[[Pipe], None]):
        heard, says = os.pipe()
        waits, goes = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(heard)
            os.close(goes)
            _live(databases, work, Pipe(waits, says))
        os.close(says)
        os.close(waits)
        self.pipe = Pipe(heard, goes)

    def hear(self) -> str:
        """The next line it says; nothing when it has ended."""
        return self.pipe.hear()

    def go_on(self) -> None:
        """Let it go on from where it waits."""
        self.pipe.say("go")

    def kill(self, number: int | None = None) -> None:
        """kill -9 of the process (or of another one that works for it)."""
        os.kill(number or self.pid, signal.SIGKILL)
        if not number:
            self.end()

    def end(self) -> None:
        """Wait until it is gone."""
        os.waitpid(self.pid, 0)
        self.pid = 0
        self.pipe.close()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_refusal: object) -> None:
        if self.pid:
            self.kill()


class Pipe:
    """Lines, one way and the other."""

    def __init__(self, reads: int, writes: int):
        self.reads, self.writes = reads, writes

    def say(self, words: str) -> None:
        """One line; whoever hears it has all of it."""
        os.write(self.writes, f"{words}\n".encode())

    def hear(self) -> str:
        """The next line; nothing at the end."""
        line = b""
        while not line.endswith(b"\n"):
            if not select.select([self.reads], [], [], PATIENCE)[0]:
                raise AssertionError("nothing was heard of the other process")
            if not (part := os.read(self.reads, 1)):
                break
            line += part
        return line.decode().strip()

    def halt(self, where: str) -> None:
        """Say where one is, and stay there."""
        self.say(where)
        if not self.hear():  # the test is gone
            os._exit(1)

    def close(self) -> None:
        """Nobody speaks any more."""
        os.close(self.reads)
        os.close(self.writes)


def _live(databases: Any, work: Callable[[Pipe], None], pipe: Pipe) -> None:
    """The forked process: the platform on the book that `databases` names; never returns."""
    try:
        _settle(databases)
        work(pipe)
    except BaseException as refusal:  # said to the test, which decides
        with contextlib.suppress(OSError):
            pipe.say(f"refused: {type(refusal).__name__}: {refusal}".replace("\n", " "))
    finally:
        os._exit(0)


def settings_for(url: str) -> Any:
    """The platform's own settings of a database at `url`; the tests' stay as they are."""
    from marketplace import settings

    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = url
    try:
        return runpy.run_path(str(settings.__file__))["DATABASES"]
    finally:
        os.environ.pop("DATABASE_URL")
        if before is not None:
            os.environ["DATABASE_URL"] = before


def _settle(databases: Any) -> None:
    """Leave the test's database alone and open the platform's own way to another one."""
    from django.db import connections

    _KEPT.append(connections["default"])  # else its end would end the test's session
    connections.settings = connections.configure_settings(databases)
    connections["default"] = connections.create_connection("default")


_KEPT: list[Any] = []


def found(pipe: Pipe) -> None:
    """An empty database becomes a platform with one fund."""
    from django.db import connection

    from foundation.management import groundwork
    from marketplace.ledger.models import Fund

    # the search library's steps are chosen for a database when they are imported, and the
    # process we were forked from may have imported them for another
    for name in [name for name in sys.modules if "search.migrations" in name]:
        del sys.modules[name]
    groundwork.lay(connection)
    Fund.objects.create(
        code=CODE, name=CODE, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2099, 1, 1)
    )
    pipe.say("founded")


def check(pipe: Pipe) -> None:
    """What is wrong with the book: a line each, then the end."""
    from foundation.seals.operations import seal, verify
    from marketplace.ledger import book  # noqa: F401  # registers the chain
    from marketplace.ledger.verification import own_faults

    seal("book")
    for fault in [*own_faults(), *verify("book")]:
        pipe.say(fault)


def write(name: str, acknowledged: Path, *, stop: int | str) -> Callable[[Pipe], None]:
    """Two acknowledged batches, and a third that halts before its statement number `stop`.

    With fewer statements than that it halts before the commit, or where `stop` says in words.
    """

    def work(pipe: Pipe) -> None:
        _open_session(pipe)
        for batch in (f"{name}:1", f"{name}:2"):
            _post(batch)
            _acknowledge(acknowledged, batch)
        batch = f"{name}:3"
        _post(batch, pipe.halt, stop=stop)
        if stop == ACKNOWLEDGING:
            pipe.halt(ACKNOWLEDGING)
        _acknowledge(acknowledged, batch)
        pipe.say("acknowledged")

    return work


def replay(names: list[str]) -> Callable[[Pipe], None]:
    """Ask for every batch once more, as somebody does who was told nothing."""

    def work(pipe: Pipe) -> None:
        for name in names:
            for turn in (1, 2, 3):
                _post(f"{name}:{turn}")
        pipe.say("replayed")

    return work


def post_alone(name: str) -> Callable[[Pipe], None]:
    """One event outside any transaction: on PostgreSQL one statement, which is one."""

    def work(pipe: Pipe) -> None:
        from marketplace.ledger.book import post_many

        _open_session(pipe)
        post_many(_events(f"{name}:1"))
        pipe.say("posted")

    return work


def _open_session(pipe: Pipe) -> None:
    """Say which process of the server works for this one."""
    from django.db import connection

    connection.ensure_connection()
    session: Any = connection.connection
    pipe.say(f"session {session.info.backend_pid}" if hasattr(session, "info") else "session")


def _events(batch: str) -> list[Any]:
    from foundation.permissions import SYSTEM
    from marketplace.ledger import accounts
    from marketplace.ledger.book import Event, Line
    from marketplace.ledger.models import Fund

    fund = Fund(code=CODE)
    there, owed = accounts.fund_available(fund), accounts.authority(fund)
    return [
        Event(
            key=f"{batch}:{half}",
            kind="appropriate",
            lines=[Line(owed, there, 1), Line(owed, there, 2)],
            reference=f"batch:{batch}",
            actor=SYSTEM,
            fund=fund,
        )
        for half in "ab"
    ]


def _post(
    batch: str, halt: Callable[[str], None] = lambda _at: None, *, stop: int | str = ""
) -> None:
    """Two events that only make sense together, in one transaction."""
    from django.db import connection, transaction

    from marketplace.ledger.book import post_many

    statements = _Stopping(halt, stop)
    with transaction.atomic():
        with connection.execute_wrapper(statements):
            for event in _events(batch):
                post_many([event])
        if stop == COMMITTING or (isinstance(stop, int) and stop >= statements.passed):
            halt(COMMITTING)


class _Stopping:
    """Counts the statements that pass, and halts before one of them."""

    def __init__(self, halt: Callable[[str], None], stop: int | str):
        self.halt, self.stop, self.passed = halt, stop, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.passed == self.stop:
            self.halt(f"before statement {self.passed}")
        self.passed += 1
        return execute(sql, params, many, context)


def _acknowledge(path: Path, batch: str) -> None:
    """What a person is told: on the disk before anything else happens."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(file, f"{batch}\n".encode())
    os.fsync(file)
    os.close(file)
