"""kill -9 of writers and of their database sessions: nothing acknowledged is lost, nothing half."""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

pytestmark = pytest.mark.slow

HOUSE = Path(__file__).resolve().parents[3]
INITDB = shutil.which("initdb") or next(
    map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None
)


class Book:
    """A book of its own in its own process, at `url`."""

    def __init__(self, url, folder):
        self.lists = folder / "acknowledged"
        self.lists.mkdir()
        self.environment = {
            **os.environ,
            "GONGCHUANG_DEBUG": "1",
            "GONGCHUANG_VAR": str(folder / "var"),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "marketplace.settings",
        }
        self.command = [sys.executable, "-m", "tests.marketplace.ledger.dying_writer"]
        self.ask("found")

    def ask(self, *words):
        done = subprocess.run(
            [*self.command, *words],
            cwd=HOUSE,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def writer(self, name):
        """A writer at work, and the number of its session's process."""
        writer = subprocess.Popen(
            [*self.command, "write", name, str(self.lists / name)],
            cwd=HOUSE,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return writer, writer.stdout.readline().strip()

    def written(self):
        """The batches whose acknowledgement reached the disk."""
        return {batch for file in self.lists.iterdir() for batch in file.read_text().split()}

    def kill(self, *ways):
        """Let writers work, then end each in its way at a moment nobody chose."""
        moments = random.Random(20261122)
        names = [f"w{number}" for number in range(len(ways))]
        writers = [self.writer(name) for name in names]
        try:
            while {batch.partition(":")[0] for batch in self.written()} < set(names):
                assert all(writer.poll() is None for writer, _session in writers)
                time.sleep(0.02)
            for (writer, session), how in zip(writers, ways, strict=True):
                time.sleep(moments.uniform(0.05, 0.3))
                os.kill(how(writer.pid, session), signal.SIGKILL)
                writer.wait(20)
        finally:
            for writer, _session in writers:
                with contextlib.suppress(ProcessLookupError):
                    writer.kill()
                writer.communicate()

    def hold(self):
        """Everything on the durable lists stands, every batch is whole, and the books agree."""
        said = json.loads(self.ask("check"))
        acknowledged, keys = self.written(), set(said["keys"])
        batches = {key.rpartition(":")[0] for key in keys}
        assert acknowledged <= batches
        assert keys == {f"{batch}:{half}" for batch in batches for half in "ab"}
        assert said["balance"] == len(keys) * 3
        assert said["faults"] == []
        # posted, but not written down any more: at most one batch of each writer
        assert len(batches - acknowledged) <= len(list(self.lists.iterdir()))


@contextlib.contextmanager
def own_server(folder):
    """A PostgreSQL of the test's own, so that nobody else's sessions end with ours."""
    data, program = folder / "data", Path(INITDB).resolve().with_name("postgres")
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_owner:
        for parent in [folder, *folder.parents][:3]:
            parent.chmod(0o755)
        data.mkdir()
        shutil.chown(data, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    initdb = [INITDB, "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--encoding=UTF8"]
    subprocess.run([*as_owner, *initdb], check=True, cwd="/", **quiet)
    places = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    command = [*as_owner, program, "-D", data, "-p", port, *places, "-c", "shared_buffers=32MB"]
    server = subprocess.Popen(command, cwd="/", **quiet)
    try:
        _wait_for(port)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres", port
    finally:
        number = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(number, signal.SIGINT)
        server.wait(20)


def _wait_for(port):
    at = f"postgres://postgres@127.0.0.1:{port}/postgres"
    for _turn in range(400):
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(at):
            return
        time.sleep(0.05)
    raise AssertionError("the server did not come (back)")


def itself(writer, _session):
    """The writer's own process."""
    return writer


def its_session(_writer, session):
    """The server's process that works for it: the server ends all others and recovers."""
    return int(session)


def test_a_killed_writer_loses_nothing_it_was_told(tmp_path):
    book = Book(f"sqlite:///{tmp_path / 'book.db'}", tmp_path)
    book.kill(itself)
    book.hold()


@pytest.mark.skipif(
    INITDB is None and not os.environ.get("CI"),  # there, what is missing is a failure
    reason="needs a PostgreSQL server's programs (initdb)",
)
def test_a_killed_writer_and_a_killed_session_lose_nothing_on_postgresql(tmp_path):
    assert INITDB, "initdb is missing: install PostgreSQL's server"
    with own_server(tmp_path) as (url, port):
        book = Book(url, tmp_path)
        book.kill(itself, its_session)
        _wait_for(port)
        book.hold()
