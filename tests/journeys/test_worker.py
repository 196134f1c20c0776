"""The background with nothing replaced: a real broker, a real beat, real workers, one killed.

What is late or lost here would be late or lost in production: rows in the database are the
truth, the broker is only the bell.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import connection
from kombu import Connection

from bidding.calls.operations import publish_call
from bidding.calls.states import CallState
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.notifications.models import Outgoing
from foundation.notifications.outbox import LEASE
from foundation.seals.models import Seal
from marketplace.auditing.verification import verify_everything
from tests.everything import CI
from tests.factories.calls import make_call
from tests.factories.ledger import make_fund
from tests.factories.proposals import make_submitted
from tests.house.sources import HOUSE

BEAT_SECONDS = 0.5
PATIENCE = 120
"""Seconds a very busy machine may take to start a worker (it takes five to ten on a quiet one)."""

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def broker() -> str:
    """The address of a real broker; empty for the folder that stands in where none runs."""
    url = os.environ.get("BROKER_URL") or os.environ.get("REDIS_URL") or "redis://localhost:6379/9"
    try:
        with Connection(url, connect_timeout=3) as bell:
            bell.ensure_connection(max_retries=1, timeout=3)
    except Exception as fault:  # whatever the broker's client raises means: it does not answer
        if CI:
            pytest.fail(f"no broker answers at {url}: {fault}")
        warnings.warn(f"no broker answers at {url}: a folder stands in for it", stacklevel=1)
        return ""
    return url


@pytest.fixture
def background(broker: str, tmp_path: Path) -> Iterator[Background]:
    """Processes of this test, all of them gone when it ends."""
    processes = Background(broker, tmp_path)
    try:
        yield processes
    finally:
        processes.end()


class Background:
    """The beat and the workers, started as `compose.yaml` starts them, on the test's database."""

    def __init__(self, broker: str, folder: Path) -> None:
        self.folder, self.broker = folder, broker
        self.queue = f"test-{uuid.uuid4().hex[:12]}"
        self.running: list[subprocess.Popen[bytes]] = []
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "marketplace.settings",
            "GONGCHUANG_DEBUG": "1",
            "GONGCHUANG_VAR": str(folder),
            "GONGCHUANG_KEYS": str(settings.KEYS_DIR),  # what the test sealed they have to open
            "GONGCHUANG_QUEUE": self.queue,
            "GONGCHUANG_BEAT_SECONDS": str(BEAT_SECONDS),
            "DATABASE_URL": database_url(),
            "BROKER_URL": broker,
            "REDIS_URL": "",
        }

    @property
    def mail(self) -> Path:
        """Where letters come to lie that left the house."""
        return self.folder / "mail"

    def beat(self) -> None:
        """Start the clock."""
        self._start("beat", "beat", "--schedule", str(self.folder / "beat-schedule"))

    def worker(self, name: str, email_url: str = "") -> subprocess.Popen[bytes]:
        """Start a worker whose letters go to `email_url`, or into the folder."""
        alone = ["--without-gossip", "--without-mingle", "--hostname", f"{name}-{self.queue}"]
        return self._start(
            name,
            *["worker", "--concurrency", "1", *alone],
            EMAIL_URL=email_url or f"filemail://{self.mail}",
        )

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9, the process and its children, without a word of warning."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        self.running.remove(process)

    def end(self) -> None:
        """Kill whatever still runs and take the queue off the broker."""
        for process in list(self.running):
            self.kill(process)
        if self.broker.startswith("redis"):  # its keys would stay; other brokers drop the queue
            with redis.Redis.from_url(self.broker) as bell:
                for key in bell.scan_iter(f"*{self.queue}*"):
                    bell.delete(key)
        elif self.broker:
            with Connection(self.broker) as bell, bell.channel() as channel:
                channel.queue_delete(self.queue)

    def said(self) -> str:
        """What the processes wrote: for the message of a failure."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text()[-3000:]}" for log in logs)

    def until(self, what: str, holds: Callable[[], Any], seconds: float = PATIENCE) -> float:
        """Wait until it holds; how many seconds that took."""
        began = time.monotonic()
        while not holds():
            waited = time.monotonic() - began
            dead = [one.args for one in self.running if one.poll() is not None]
            if dead or waited > seconds:
                pytest.fail(f"{what}: not after {waited:.0f} s; dead: {dead}\n{self.said()}")
            time.sleep(0.05)
        return time.monotonic() - began

    def _start(self, name: str, *command: str, **env: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "marketplace", *command, "-l", "INFO"],
                cwd=HOUSE,
                env={**self.env, **env},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running.append(process)
        return process


def database_url() -> str:
    """This test's own database, as other processes are told it."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    who = f"{at['USER']}:{at['PASSWORD']}" if at["PASSWORD"] else at["USER"]
    where = f"{at['HOST']}:{at['PORT']}" if at["PORT"] else at["HOST"].replace("/", "%2F")
    return f"postgres://{who}@{where}/{at['NAME']}"


@contextmanager
def silent_post() -> Iterator[tuple[socket.socket, str]]:
    """A mail server that takes the call and never says a word."""
    with socket.create_server(("localhost", 0)) as server:
        server.settimeout(PATIENCE)
        yield server, f"smtp://localhost:{server.getsockname()[1]}"


def call_with_envelope(closes_in: float) -> tuple[Any, Any]:
    """A call published a month ago, with an envelope handed in, that closes in some seconds."""
    now = clock.now()
    closes_at = now + dt.timedelta(seconds=closes_in)
    with clock.at(now - dt.timedelta(days=30)):
        call = make_call(state=CallState.DRAFT, opens=1, lots=("legal-aid",), closes_at=closes_at)
        call = publish_call(call, actor=call.created_by)
    with clock.at(now - dt.timedelta(days=1)):
        proposal = make_submitted(call)
    call.refresh_from_db()
    return call, proposal


def waiting_for_a_seal() -> bool:
    """Did anything happen after the newest seal, long enough ago to want one?"""
    faults = (fault for finding in verify_everything() for fault in finding.faults)
    return any("wait for a seal" in fault for fault in faults)


def test_envelopes_open_letters_leave_and_chains_are_sealed_though_a_worker_is_killed(background):
    make_fund(1000)
    _far, kept = call_with_envelope(closes_in=3600)
    letter = Outgoing.objects.get(notification__kind="proposal_submitted")

    with silent_post() as (server, email_url):
        background.beat()
        doomed = background.worker("doomed", email_url)
        try:
            conversation, _address = server.accept()
        except TimeoutError:
            pytest.fail(f"no letter was begun\n{background.said()}")
        # it holds the row and waits for the mail server's greeting: now it dies
        background.kill(doomed)
        conversation.close()
    letter.refresh_from_db()
    assert (letter.sent_at, letter.gave_up_at) == (None, None)
    assert letter.due_at > clock.now() + LEASE / 2

    # its lease runs out (ten minutes, here at once), and whoever comes next sends the letter
    Outgoing.objects.filter(sent_at=None).update(due_at=clock.now())
    background.worker("heir")
    left = Outgoing.objects.filter(pk=letter.pk).exclude(sent_at=None)
    background.until("the letter that was left leaves", left.exists)
    assert any(letter.address in file.read_text() for file in background.mail.iterdir())

    call, proposal = call_with_envelope(closes_in=6)
    written = clock.now()
    background.until("the envelopes open", lambda: type(call).objects.get(pk=call.pk).opened_at)
    call.refresh_from_db()
    proposal.refresh_from_db()
    kept.refresh_from_db()
    assert (proposal.state, kept.state) == (ProposalState.OPENED, ProposalState.SUBMITTED)
    assert call.opened_at >= call.closes_at + dt.timedelta(seconds=1)
    late = (call.opened_at - max(call.closes_at, written)).total_seconds()
    print(f"the envelopes opened {late:.1f} s after the closing")
    assert late < 15

    opened = Outgoing.objects.filter(notification__kind="proposal_opened").exclude(sent_at=None)
    background.until("the letter about the opening leaves", opened.exists)
    background.until("nothing is left to send", lambda: not Outgoing.objects.filter(sent_at=None))
    letters = "\n".join(file.read_text() for file in background.mail.iterdir())
    assert letters.count("\nSubject: ") == Outgoing.objects.count()  # none lost, none twice
    assert letters.count(f"\nTo: {opened.get().address}\n") == 2  # its receipt, its opening

    chains = Seal.objects.order_by("chain").values_list("chain", flat=True).distinct()
    background.until("the chains are sealed", lambda: list(chains.all()) == ["book", "trail"])
    background.until("what came after is sealed, too", lambda: not waiting_for_a_seal())
    assert "Traceback" not in background.said()
    background.end()
    faults = [fault for finding in verify_everything() for fault in finding.faults]
    assert [fault for fault in faults if not fault.startswith("document ")] == []  # scans: no file
