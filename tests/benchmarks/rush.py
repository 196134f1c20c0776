"""The last two minutes of a call: 2,000 organisations hand in over HTTP, some twice, some late.

Over HTTP against granian as it is deployed (2 workers of 4 threads) and PostgreSQL, so that every
door of the product is passed: session, laws, locks, sealing, trail, notification. Each client
waits for its answer; the next hand-in that is due goes to whichever is free, so on a machine that
cannot keep up they come later, and more of them too late.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import queue
import random
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.figures import Figure
from tests.benchmarks.rivals.databases import databases, production

HOUSE = Path(__file__).resolve().parents[2]
WORLD = "tests.benchmarks.rivals.rush_world"
CLIENTS = 32
GRACE = 4.0
"""Seconds after the closing in which the late ones come."""


class Answer(NamedTuple):
    """What one hand-in was told."""

    proposal: int
    sent_at: float
    seconds: float
    status: int
    messages: str


def measure(*, quick: bool) -> list[Figure]:
    """Lay the world, rush, and read the book of receipts."""
    count, window = (100, 15.0) if quick else (2_000, 120.0)
    temporary = tempfile.TemporaryDirectory(prefix="gongchuang-rush-")
    with temporary as folder, databases("rush") as at:
        Path(folder, "static").mkdir()
        environment = production(at["rush"]) | {
            "GONGCHUANG_VAR": folder,
            "GONGCHUANG_LOG": "ERROR",
            "GONGCHUANG_VISITS_SECONDS": "0",
        }
        with _world(environment) as ask:
            with _served(environment) as port:  # it starts while the world is laid
                signed_in = ask("lay", count)
                _warm(port, signed_in[-1])
                closes_at = ask("begin", window)
                answers = _rush(port, signed_in, closes_at - window, window)
            facts = ask("judge", [(one.proposal, one.messages) for one in answers])
    return _figures(count, answers, facts, closes_at)


def _figures(
    count: int, answers: list[Answer], facts: dict[str, Any], closes_at: float
) -> list[Figure]:
    seconds = sorted(one.seconds for one in answers)
    median, p99 = statistics.median(seconds), seconds[int(len(seconds) * 0.99)]
    late = sum(one.sent_at >= closes_at for one in answers)
    in_time = len({one.proposal for one in answers if one.sent_at < closes_at})
    span = max(one.sent_at for one in answers) - min(one.sent_at for one in answers)
    broken = sum(one.status != 302 for one in answers)
    planned = count - len(range(7, count, 20))
    return [
        Figure(
            f"sent before the closing, of {planned:,} who meant to",
            in_time,
            "",
            planned * 0.99,
            at_least=True,
        ),
        Figure(
            f"acknowledged, of {in_time:,} sent in time (all but those under way at the closing)",
            facts["acknowledged"],
            "",
            in_time - CLIENTS,
            at_least=True,
        ),
        Figure(
            f"  refused, of {len(answers):,} in all: {late:,} late, the others handed in before",
            facts["refused"],
            "",
            late,
            at_least=True,
        ),
        Figure("acknowledged and lost", facts["lost"], "", 0),
        Figure("in the book and not acknowledged", facts["unacknowledged"], "", 0),
        Figure("envelopes doubled", facts["doubled"], "", 0),
        Figure("late and accepted", facts["late"], "", 0),
        Figure("receipts nobody was sent", facts["untold"], "", 0),
        Figure("envelopes that do not open", facts["shut"], "", 0),
        Figure("answers that were an error", broken + facts["unclear"], "", 0),
        Figure(
            f"opening all ({facts['opening_seconds']:.1f} s), an envelope, against handing one in",
            facts["opening_seconds"] / max(1, facts["acknowledged"]),
            "s",
            1,
            median,
        ),
        Figure(
            f"p99 of an answer, against the median ({len(answers) / span:.1f} a second)",
            p99,
            "s",
            10,
            median,
        ),
    ]


def _due(signed_in: list[tuple[int, str]], window: float) -> list[tuple[float, int, str]]:
    """(seconds after the beginning, proposal, session): all once, a tenth twice at once, a tenth
    once more later, and a twentieth only when it is too late."""
    chance = random.Random(20241122)  # a plan that is the same each time, no secret
    plan = []
    for place, (proposal, session) in enumerate(signed_in):
        if place % 20 == 7:
            plan.append((window + chance.uniform(0, GRACE), proposal, session))
            continue
        at = chance.uniform(0, window * 0.99)
        plan.append((at, proposal, session))
        if place % 10 == 3:
            plan.append((at, proposal, session))
        if place % 10 == 5:
            plan.append((chance.uniform(at, window + GRACE), proposal, session))
    return sorted(plan)


def _rush(port: int, signed_in: list[tuple[int, str]], began: float, window: float) -> list[Answer]:
    """Everything that is due, by so many clients at once."""
    plan: queue.SimpleQueue[tuple[float, int, str]] = queue.SimpleQueue()
    for one in _due(signed_in, window):
        plan.put(one)
    answers: list[Answer] = []

    def client() -> None:
        line = http.client.HTTPConnection("localhost", port, timeout=60)
        while True:
            try:
                at, proposal, session = plan.get_nowait()
            except queue.Empty:
                line.close()
                return
            time.sleep(max(0.0, began + at - time.time()))
            answers.append(_hand_in(line, proposal, session))

    threads = [threading.Thread(target=client) for _number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _hand_in(line: http.client.HTTPConnection, proposal: int, session: str) -> Answer:
    """Press the button as a browser does."""
    token = secrets.token_hex(16)
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = f"csrfmiddlewaretoken={token}"
    sent_at, began = time.time(), time.perf_counter()
    line.request("POST", f"/desk/proposals/{proposal}/submit/", body, headers)
    answer = line.getresponse()
    answer.read()
    took = time.perf_counter() - began
    cookies = answer.headers.get_all("Set-Cookie") or []
    said = [
        one.split(";", 1)[0].partition("=")[2] for one in cookies if one.startswith("messages=")
    ]
    messages = said[0].strip('"').encode().decode("unicode_escape") if said else ""
    return Answer(proposal, sent_at, took, answer.status, messages)


def _warm(port: int, signed_in: tuple[int, str]) -> None:
    """Both workers have loaded the product before anything counts."""
    proposal, session = signed_in
    for _time in range(12):
        line = http.client.HTTPConnection("localhost", port, timeout=60)
        line.request(
            "GET", f"/desk/proposals/{proposal}/", headers={"Cookie": f"sessionid={session}"}
        )
        answer = line.getresponse()
        answer.read()
        line.close()
        if answer.status != 200:
            raise RuntimeError(f"a bidder's page answers {answer.status} {answer.headers}")


@contextlib.contextmanager
def _served(environment: dict[str, str]) -> Iterator[int]:
    """The product behind granian on a free port, as the image starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    granian = Path(sys.executable).with_name("granian")
    command = [
        *(str(granian), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "4", "--no-access-log"),
        *("--log-level", "warning", "marketplace.wsgi:application"),
    ]
    web = subprocess.Popen(command, cwd=HOUSE, env=environment, start_new_session=True)
    try:
        for _try in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield port
    finally:
        os.killpg(web.pid, signal.SIGTERM)
        web.wait(30)


@contextlib.contextmanager
def _world(environment: dict[str, str]) -> Iterator[Callable[[str, Any], Any]]:
    """The world, in a process of its own; it does one thing after the other and answers."""
    with (
        tempfile.TemporaryFile("w+") as faults,
        subprocess.Popen(
            [sys.executable, "-m", WORLD],
            cwd=HOUSE,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=faults,
            text=True,
        ) as run,
    ):

        def ask(what: str, given: Any) -> Any:
            assert run.stdin
            assert run.stdout
            print(json.dumps([what, given]), file=run.stdin, flush=True)
            answer = run.stdout.readline()
            if not answer:
                run.wait()
                faults.seek(0)
                raise RuntimeError(faults.read()[-3000:])
            return json.loads(answer)

        yield ask
