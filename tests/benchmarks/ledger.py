"""The book against raw SQL by pgbench and against django-hordak, and at a million transfers."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from tests.benchmarks.figures import Figure
from tests.benchmarks.rivals.clients import Clients
from tests.benchmarks.rivals.databases import copies, databases, production

CLIENTS = 8
RIVALS = "tests.benchmarks.rivals"

RAW_TABLES = """
CREATE TABLE account (id bigint PRIMARY KEY, balance bigint NOT NULL);
CREATE TABLE transfer (id bigserial PRIMARY KEY, key text NOT NULL UNIQUE, made timestamptz NOT NULL
    DEFAULT now());
CREATE TABLE entry (id bigserial PRIMARY KEY, transfer_id bigint NOT NULL REFERENCES transfer,
    account_id bigint NOT NULL REFERENCES account, amount bigint NOT NULL);
CREATE INDEX ON entry (account_id, id);
INSERT INTO account SELECT n, 1000000000000 FROM generate_series(0, 50) n;
"""

RAW_POSTING = """
\\set other random(1, 50)
BEGIN;
SELECT balance FROM account WHERE id IN (0, :other) ORDER BY id FOR UPDATE;
INSERT INTO transfer (key) VALUES (gen_random_uuid()::text);
INSERT INTO entry (transfer_id, account_id, amount)
    VALUES (currval('transfer_id_seq'), 0, -1), (currval('transfer_id_seq'), :other, 1);
UPDATE account SET balance = balance - 1 WHERE id = 0;
UPDATE account SET balance = balance + 1 WHERE id = :other;
COMMIT;
"""


def measure(*, quick: bool) -> list[Figure]:
    """Rates in turns, so that all meet the same machine; then reading a small and a large book."""
    rounds, seconds = (1, 4.0) if quick else (3, 8.0)
    size = 50_000 if quick else 1_000_000
    with databases("ours", "raw", "hordak") as at:
        _run("our_world", at["ours"])
        _run("hordak_book", at["hordak"], "found")
        with psycopg.connect(at["raw"], autocommit=True) as raw:
            raw.execute(RAW_TABLES)
        with copies(at["ours"], "small", "large") as book:
            rates = _rates(at, rounds, seconds)
            reads = _reads(book, size)
    pgbench, hordak = rates["pgbench"], rates["hordak"]
    count = f"{size:,} against 1,000 transfers"
    return [
        Figure("post, one event", rates["single"], "/s", 1.0, pgbench, at_least=True),
        Figure("  (against hordak)", rates["single"], "/s", 1.0, hordak, at_least=True),
        Figure("post_many of 100: pgbench's single", rates["batch"], "/s", 7, pgbench, True),
        Figure("post_many of 100: hordak's single", rates["batch"], "/s", 10, hordak, True),
        Figure(f"balance, {count}", *reads["large", "balance"], 1.2, reads["small", "balance"][0]),
        Figure(
            f"statement page, {count}",
            *reads["large", "statement"],
            1.2,
            reads["small", "statement"][0],
        ),
    ]


def _rates(at: dict[str, str], rounds: int, seconds: float) -> dict[str, float]:
    """Postings a second with eight clients on one hot account, the median over the rounds."""
    found: dict[str, list[float]] = {"pgbench": [], "single": [], "batch": [], "hordak": []}
    ours = Clients(f"{RIVALS}.our_book", CLIENTS, production(at["ours"]))
    theirs = Clients(f"{RIVALS}.hordak_book", CLIENTS, production(at["hordak"]))
    for clients, what in ((ours, "single"), (ours, "batch"), (theirs, "single")):
        clients.rate(what, 0.5)  # plans and connections are warm before anything counts
    for _round in range(rounds):
        found["pgbench"].append(_pgbench(at["raw"], seconds))
        found["single"].append(ours.rate("single", seconds))
        found["batch"].append(ours.rate("batch", seconds))
        found["hordak"].append(theirs.rate("single", seconds))
    ours.close()
    theirs.close()
    return {what: statistics.median(rates) for what, rates in found.items()}


def _pgbench(url: str, seconds: float) -> float:
    """Transactions a second of the same posting in plain SQL."""
    program = shutil.which("pgbench") or next(
        map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), reverse=True)), None
    )
    if program is None:
        raise RuntimeError("pgbench is missing: it comes with Debian's package postgresql")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(RAW_POSTING)
        script.flush()
        done = subprocess.run(
            [
                *(program, "-n", "-c", str(CLIENTS), "-j", "2", "-T", str(int(seconds))),
                *("-f", script.name, url),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    rate = re.search(r"tps = ([0-9.]+)", done.stdout)
    assert rate, done.stdout
    return float(rate[1])


def _reads(book: dict[str, str], size: int) -> dict[tuple[str, str], tuple[float, str]]:
    """{(which book, what is read): (median milliseconds, "ms")}, read in turns."""
    clients = {
        which: Clients(f"{RIVALS}.our_book", 1, production(url)) for which, url in book.items()
    }
    clients["small"].tell("grow 1000")
    clients["large"].tell(f"grow {size}")
    took: dict[tuple[str, str], list[float]] = {}
    for turn in range(12):
        for which in ("small", "large") if turn % 2 else ("large", "small"):
            [answer] = clients[which].tell("read 40")
            if turn > 1:
                for what, seconds in answer.items():
                    took.setdefault((which, what), []).append(seconds * 1000)
    for one in clients.values():
        one.close()
    return {key: (statistics.median(times), "ms") for key, times in took.items()}


def _run(module: str, url: str, *arguments: str) -> None:
    command = [sys.executable, "-m", f"{RIVALS}.{module}", *arguments]
    subprocess.run(command, env=production(url), check=True)
