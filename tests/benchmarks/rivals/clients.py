"""Rival books as processes that are told `NAME ARGUMENT` on a line and answer with JSON."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

Command = Callable[[str], Any]


class Clients:
    """Several clients of one book that start each piece of work together."""

    def __init__(self, module: str, count: int, environment: dict[str, str]) -> None:
        self.leader = subprocess.Popen(
            [sys.executable, "-m", module, str(count)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()

    def tell(self, line: str) -> list[Any]:
        """Let all of them do it at once; their answers."""
        assert self.leader.stdin is not None
        self.leader.stdin.write(line + "\n")
        self.leader.stdin.flush()
        return list(self._answer())

    def rate(self, what: str, seconds: float) -> float:
        """Postings a second of all of them together."""
        return float(sum(done / took for done, took in self.tell(f"{what} {seconds}")))

    def close(self) -> None:
        """Send them home."""
        self.leader.communicate(timeout=30)

    def _answer(self) -> Any:
        assert self.leader.stdout is not None
        line = self.leader.stdout.readline()
        if not line:
            raise RuntimeError(f"the clients ended: {self.leader.args!r}")
        return json.loads(line)


def obey(commands: dict[str, Command]) -> None:
    """The clients' side: one process is loaded and becomes as many as it was told, with no
    connection to the database yet; all do what the lines say until they end.
    """
    fork = multiprocessing.get_context("fork")
    ends = []
    for _number in range(int(sys.argv[1])):
        ours, theirs = fork.Pipe()
        fork.Process(target=_client, args=(theirs, commands), daemon=True).start()
        ends.append(ours)
    print('"ready"', flush=True)
    for line in sys.stdin:
        for end in ends:
            end.send(line.strip())
        print(json.dumps([end.recv() for end in ends]), flush=True)


def _client(end: Connection[Any, Any], commands: dict[str, Command]) -> None:
    while True:
        name, _space, argument = end.recv().partition(" ")
        end.send(commands[name](argument))


def as_often_as_possible(act: Callable[[int], int]) -> Command:
    """A command whose argument is seconds: (how much was done, how long it took)."""
    turn = 0

    def run(argument: str) -> tuple[int, float]:
        nonlocal turn
        done, began = 0, time.perf_counter()
        end = began + float(argument)
        while time.perf_counter() < end:
            done += act(turn)
            turn += 1
        return done, time.perf_counter() - began

    return run
