"""kill -9 in mid-transaction, between any two statements, of writers and of their sessions.

A writer says where it stands (after so many of its statements, before its commit) and stays
there until it is killed, so that every death is where the test says, every time. What it was
told is done stands on a list that is on the disk; the book has to hold exactly that.
"""

import contextlib
import itertools
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from tests.marketplace.ledger.dying_writer import (
    ACKNOWLEDGING,
    COMMITTING,
    Writer,
    check,
    found,
    post_alone,
    replay,
    settings_for,
    write,
)

pytestmark = pytest.mark.slow

INITDB = shutil.which("initdb") or next(
    map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None
)


@pytest.fixture(autouse=True)
def _writers_may_open_their_own_database(django_db_blocker):
    with django_db_blocker.unblock():
        yield


class Book:
    """A book of its own, at `url`; `read` asks it something past the platform."""

    def __init__(self, url, folder, read):
        self.place, self.read = settings_for(url), read
        self.acknowledged = folder / "acknowledged"
        self.whole = set()
        self.names = []
        with Writer(self.place, found) as founder:
            assert founder.hear() == "founded"
            founder.end()

    def told(self):
        """The batches somebody was told are posted."""
        return set(self.acknowledged.read_text().split())

    def keys(self):
        """What stands in the book."""
        return {key for [key] in self.read("SELECT key FROM marketplace_journal")}

    def stands(self):
        """Exactly the batches of `whole`, each with all of its events and fen."""
        assert self.keys() == {f"{batch}:{half}" for batch in self.whole for half in "ab"}
        [[fen]] = self.read("SELECT credits FROM marketplace_account WHERE place = 'available'")
        assert fen == 6 * len(self.whole)

    def die(self, stop, how):
        """A writer that is stopped at `stop` and killed there; where that was."""
        name = f"w{len(self.names)}"
        self.names.append(name)
        with Writer(self.place, write(name, self.acknowledged, stop=stop)) as writer:
            session = writer.hear().removeprefix("session").strip()
            where = writer.hear()
            how(writer, session, where)
        self.whole |= {f"{name}:1", f"{name}:2"}
        if where == ACKNOWLEDGING:
            self.whole.add(f"{name}:3")  # committed: it stands, whoever knows of it
        assert self.told() <= self.whole
        self.stands()
        return where

    def die_everywhere(self, how):
        """One death before each statement, before the commit, and between commit and telling."""
        places = []
        for stop in itertools.count():
            places.append(self.die(stop, how))
            if places[-1] == COMMITTING:
                break
        places.append(self.die(ACKNOWLEDGING, how))
        return places

    def goes_on(self):
        """Who was told nothing asks again: everything stands once, and nothing is wrong."""
        with Writer(self.place, replay(self.names)) as writer:
            assert writer.hear() == "replayed"
            writer.end()
        self.whole |= {f"{name}:{turn}" for name in self.names for turn in (1, 2, 3)}
        self.stands()
        with Writer(self.place, check) as checker:
            assert checker.hear() == ""
            checker.end()


def test_a_killed_writer_loses_nothing_it_was_told_on_sqlite(tmp_path):
    path = tmp_path / "book.db"

    def read(words):
        with contextlib.closing(sqlite3.connect(path)) as book:
            return book.execute(words).fetchall()

    def kill(writer, _session, where):
        if where != ACKNOWLEDGING:  # its transaction is open: nobody else can write
            other = sqlite3.connect(path, timeout=0, isolation_level=None)
            with contextlib.closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        writer.kill()

    book = Book(f"sqlite:///{path}", tmp_path, read)
    # each event: its journal, then its transfers
    gaps = [f"before statement {number}" for number in range(4)]
    assert book.die_everywhere(kill) == [*gaps, COMMITTING, ACKNOWLEDGING]
    book.goes_on()


@pytest.mark.skipif(  # a server of its own has to die here; under CI it must be there
    INITDB is None and not os.environ.get("CI"),
    reason="needs a PostgreSQL server's programs (initdb)",
)
def test_a_killed_writer_or_session_loses_nothing_on_postgresql(tmp_path):
    assert INITDB, "initdb is missing: install PostgreSQL's server"
    # pytest's own folders are shut to others, and shut again by every other session that begins
    with tempfile.TemporaryDirectory() as folder, own_server(Path(folder)) as (url, read):
        book = Book(url, tmp_path, read)
        gaps = ["before statement 0", "before statement 1", COMMITTING, ACKNOWLEDGING]
        assert book.die_everywhere(writer_dies(read)) == gaps
        assert book.die_everywhere(session_dies(read)) == gaps
        session_dies_in_mid_statement(book, url)
        book.goes_on()


def writer_dies(read):
    """kill -9 of the writer itself; the server finds out and rolls back."""

    def kill(writer, session, where):
        prove_open(read, session, where)
        writer.kill()
        wait_until(lambda: not read(f"SELECT 1 FROM pg_stat_activity WHERE pid = {session}"))

    return kill


def session_dies(read):
    """kill -9 of the server's process that works for it: the server ends all others, recovers."""

    def kill(writer, session, where):
        prove_open(read, session, where)
        writer.kill(int(session))
        read("SELECT 1")
        writer.go_on()  # to find that nobody hears it any more, and to tell nobody it was done
        heard = writer.hear()
        if where == ACKNOWLEDGING:
            assert heard == "acknowledged"  # it was, and the server that died still knows
        else:
            assert heard.startswith("refused: OperationalError")
        writer.end()

    return kill


def prove_open(read, session, where):
    """The session is in a transaction that has written (or has not begun, or is over)."""
    [[state, wrote]] = read(
        f"SELECT state, backend_xid IS NOT NULL FROM pg_stat_activity WHERE pid = {session}"
    )
    inside = where not in ("before statement 0", ACKNOWLEDGING)
    assert (state, wrote) == (("idle in transaction", True) if inside else ("idle", False))


def session_dies_in_mid_statement(book, url):
    """The one statement that posts has written and waits for an account's row: killed there."""
    with psycopg.connect(url) as holder:
        holder.execute("SELECT 1 FROM marketplace_account FOR UPDATE")
        with Writer(book.place, post_alone("half")) as writer:
            session = writer.hear().removeprefix("session ")
            waiting = (
                "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND backend_xid IS NOT NULL "
                f"AND wait_event_type = 'Lock' AND pid = {session}"
            )
            wait_until(lambda: book.read(waiting))
            writer.kill(int(session))
            assert writer.hear().startswith("refused: OperationalError")
            writer.end()
        book.stands()
        with contextlib.suppress(psycopg.OperationalError):
            holder.rollback()


@contextlib.contextmanager
def own_server(folder):
    """A PostgreSQL of the test's own, so that nobody else's sessions end with ours."""
    data, program = folder / "data", Path(INITDB).resolve().with_name("postgres")
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    data.mkdir()
    if as_owner:
        folder.chmod(0o755)
        shutil.chown(data, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    initdb = [INITDB, "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--encoding=UTF8"]
    subprocess.run([*as_owner, *initdb], check=True, cwd="/", **quiet)
    places = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    # processes die here, never the machine: what was written to a file is there without fsync,
    # which takes seconds of each recovery
    small = ["-c", "shared_buffers=32MB", "-c", "fsync=off"]
    command = [*as_owner, program, "-D", data, "-p", port, *places, *small]
    server = subprocess.Popen(command, cwd="/", **quiet)
    url = f"postgres://postgres@127.0.0.1:{port}/postgres"

    def read(words):
        """What the server answers; one that is just going down or recovering is asked again."""
        heard = []

        def answers():
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url) as session:
                heard.append(session.execute(words).fetchall())
            return heard

        wait_until(answers)
        return heard[0]

    try:
        read("SELECT 1")
        yield url, read
    finally:
        number = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(number, signal.SIGINT)
        server.wait(20)


def wait_until(holds):
    for _turn in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about")
