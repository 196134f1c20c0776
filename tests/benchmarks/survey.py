"""Surveys: importing 100,000 sheets against raw rows, counting them, and pages against nothing."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.keys import key_store

HOUSE = Path(__file__).resolve().parents[2]


def measure(*, quick: bool) -> list[Figure]:
    """One process on a database of its own (SQLite; DATABASE_URL names another, an empty one)."""
    rows = 10_000 if quick else 100_000
    with tempfile.TemporaryDirectory(prefix="gongchuang-survey-") as folder:
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GONGCHUANG")},
            "GONGCHUANG_VAR": folder,
            "GONGCHUANG_SECRET_KEY": secrets.token_urlsafe(50),
            "GONGCHUANG_HOSTS": "localhost",
            "GONGCHUANG_KEYS": key_store(),
            "GONGCHUANG_LOG": "ERROR",
            "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder}/bench.db"),
        }
        command = [sys.executable, "-m", "tests.benchmarks.rivals.asking", str(rows)]
        run = subprocess.run(
            command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False
        )
        if run.returncode:
            raise RuntimeError(run.stderr[-3000:])
        took = json.loads(run.stdout.splitlines()[-1])
    nothing = took["nothing"]
    return [
        Figure(
            f"import of {rows:,} sheets, 1 % bad, against raw rows",
            took["import_rate"],
            "/s",
            0.2,
            took["raw_rate"],
            at_least=True,
        ),
        Figure("  memory over idle", took["import_mb"], "MB", 150),
        Figure(
            f"statistics of {rows:,} sheets: weights, figures, open file",
            took["count_seconds"],
            "s",
            10,
        ),
        Figure("invitation, warm, CPU", took["warm"], "ms", 2, nothing),
        Figure("invitation, cold, CPU", took["cold"], "ms", 20, nothing),
        Figure("one question, CPU", took["step"], "ms", 20, nothing),
        Figure("one question, queries", took["queries"], "", 6),
        Figure("report with 12 charts, cold, queries", took["report_cold"], "", 20),
        Figure("report with 12 charts, warm, queries", took["report_queries"], "", 8),
        Figure("  CPU, against the page about us", took["report_warm"], "ms", 2, took["about"]),
    ]
