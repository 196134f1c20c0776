"""The solver's processes: one that keeps what comes out, and in it a child that computes.

A long search never stands before anything else: the background worker only starts `manage.py
solve_runs`, which claims what waits, one at a time, and starts the child (`solving`) with a limit
of memory and of time. The child says how far it is; between two words its run is looked at, and
where it was put aside the child is ended. What a killed process leaves is begun anew after a while.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from typing import IO, Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from foundation import clock
from foundation.permissions import SYSTEM, can
from marketplace.matching.limit_models import Ground
from marketplace.matching.models import AllocationRun, Policy, RunFault
from marketplace.matching.runs import asked_of, finish_ground, finish_run
from marketplace.matching.states import RunState

CLOCK = 600.0
"""Seconds after which a child that has not answered is ended."""

PATIENCE = 6.0
"""Seconds for which a person waits for a small plan; after that the background computes it."""

SMALL = 120
"""Up to so many proposals a person waits at all."""

GIVEN_UP = dt.timedelta(seconds=2 * CLOCK)
"""What was begun this long ago was killed: another may begin it."""

ROW = TypeVar("ROW", bound=models.Model)


class Unanswered(Exception):
    """The child ended, or was ended, without an answer; `fault` says why."""

    def __init__(self, fault: str) -> None:
        """Why."""
        super().__init__(fault)
        self.fault = fault


def ask(
    asked: Mapping[str, Any], *, seconds: float = CLOCK, heard: Callable[[int], bool] | None = None
) -> Any:
    """What the child answers. `heard` is told how far it is, every second at least, and says
    whether it is to go on; raises Unanswered."""
    asked = {**asked, "memory_bytes": settings.SOLVER_MEMORY_BYTES}
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryFile("w+") as question:
        json.dump(asked, question)
        question.seek(0)
        with subprocess.Popen(
            [sys.executable, "-m", "marketplace.matching.solving"],
            stdin=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            env=environment,
            text=True,
        ) as child:
            try:
                return _listen(child, time.monotonic() + seconds, heard or (lambda _share: True))
            finally:
                child.kill()


def _listen(child: subprocess.Popen[str], ends: float, heard: Callable[[int], bool]) -> Any:
    """Word after word until the answer; a thread reads, so that silence is noticed."""
    words: queue.Queue[str | None] = queue.Queue()
    assert child.stdout is not None
    threading.Thread(target=_read, args=(child.stdout, words), daemon=True).start()
    share = 0
    while time.monotonic() < ends:
        try:
            word = words.get(timeout=min(1.0, max(ends - time.monotonic(), 0.01)))
        except queue.Empty:
            word = "{}"
        if word is None:
            raise Unanswered(RunFault.BROKEN)
        said = json.loads(word)
        if "fault" in said:
            raise Unanswered(said["fault"])
        if "out" in said:
            return said["out"]
        share = said.get("share", share)
        if not heard(share):
            raise Unanswered("")
    raise Unanswered(RunFault.TIME)


def _read(stream: IO[str], words: queue.Queue[str | None]) -> None:
    """Every line, and None where there are no more."""
    for line in stream:
        words.put(line)
    words.put(None)


# --- what waits -----------------------------------------------------------------------------


def _free() -> Q:
    return Q(begun_at=None) | Q(begun_at__lt=clock.now() - GIVEN_UP)


def _waiting_runs() -> models.QuerySet[AllocationRun]:
    return AllocationRun.objects.filter(state=RunState.WAITING, policy=Policy.BEST)


def _waiting_grounds() -> models.QuerySet[Ground]:
    return Ground.objects.filter(done_at=None)


def _claim(rows: models.QuerySet[ROW]) -> ROW | None:
    """The first row that nobody works on, now ours."""
    for row in rows.filter(_free()).order_by("pk"):
        if rows.filter(_free(), pk=row.pk).update(begun_at=clock.now()):
            return rows.model._default_manager.get(pk=row.pk)
    return None


def begin() -> bool:
    """Start the solver where something waits and nothing is being solved; says whether it did."""
    busy = Q(begun_at__gte=clock.now() - GIVEN_UP)
    if _waiting_runs().filter(busy).exists() or _waiting_grounds().filter(busy).exists():
        return False
    if not (_waiting_runs().exists() or _waiting_grounds().exists()):
        return False
    subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "solve_runs"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        start_new_session=True,
    )
    return True


def solve_all() -> int:
    """Solve what waits, runs first; returns how much that was."""
    count = 0
    while True:
        if (run := _claim(_waiting_runs())) is not None:
            _solve_run(run, CLOCK)
        elif (ground := _claim(_waiting_grounds())) is not None:
            _solve_ground(ground, CLOCK)
        else:
            return count
        count += 1


def solve_at_once(run: AllocationRun) -> AllocationRun:
    """A small plan for a person who waits; what takes longer is left to the background."""
    rows = _waiting_runs().filter(pk=run.pk)
    if len(run.inputs["candidates"]) <= SMALL and (mine := _claim(rows)) is not None:
        _solve_run(mine, PATIENCE, give_up=False)
    run.refresh_from_db()
    return run


def explain_at_once(ground: Ground) -> Ground:
    """Why not me, for a person who waits; what takes longer is left to the background."""
    rows = _waiting_grounds().filter(pk=ground.pk)
    if len(ground.run.inputs["candidates"]) <= SMALL and (mine := _claim(rows)) is not None:
        _solve_ground(mine, PATIENCE, give_up=False)
    ground.refresh_from_db()
    return ground


def _solve_run(run: AllocationRun, seconds: float, *, give_up: bool = True) -> None:
    """Compute a run and keep what came out, unless it was put aside meanwhile."""
    rows = _waiting_runs().filter(pk=run.pk)

    def heard(share: int) -> bool:
        return bool(rows.update(share=min(share, 99)))

    found, fault = None, ""
    try:
        found = ask(asked_of(run), seconds=seconds, heard=heard)
    except Unanswered as silent:
        fault = silent.fault
        if fault == RunFault.TIME and not give_up:
            rows.update(begun_at=None)
            return
    run.refresh_from_db()
    if can(SYSTEM, "finish_run", run):
        finish_run(run, found=found, fault=fault, actor=SYSTEM)


def _solve_ground(ground: Ground, seconds: float, *, give_up: bool = True) -> None:
    """Work out what a refused proposal lacked and keep it."""
    facts, fault = None, ""
    try:
        facts = ask(asked_of(ground.run, ground.proposal_id), seconds=seconds)
    except Unanswered as silent:
        fault = silent.fault
        if fault == RunFault.TIME and not give_up:
            _waiting_grounds().filter(pk=ground.pk).update(begun_at=None)
            return
    ground.refresh_from_db()
    if can(SYSTEM, "finish_ground", ground):
        finish_ground(ground, facts=facts, fault=fault, actor=SYSTEM)
