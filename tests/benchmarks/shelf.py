"""A buyer's shelf: 100,000 ranked proposals in order of fit, with their reasons, for one union."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.rivals.databases import databases, production

HOUSE = Path(__file__).resolve().parents[2]


def measure(*, quick: bool) -> list[Figure]:
    """One process on a PostgreSQL database of its own, that asks for the page as a buyer does."""
    proposals = 10_000 if quick else 100_000
    folder = tempfile.TemporaryDirectory(prefix="gongchuang-shelf-")
    with folder as var, databases("shelf") as at:
        environment = production(at["shelf"]) | {"GONGCHUANG_VAR": var, "GONGCHUANG_LOG": "ERROR"}
        command = [sys.executable, "-m", "tests.benchmarks.rivals.shelving", str(proposals)]
        run = subprocess.run(
            command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False
        )
        if run.returncode:
            raise RuntimeError(run.stderr[-3000:])
        took = json.loads(run.stdout.splitlines()[-1])
    name = f"shelf of {proposals:,} proposals"
    return [
        Figure(f"{name}: the page", took["page"], "s", 0.3 if quick else 1),
        Figure("  narrowed by category and title", took["narrowed"], "s", 0.3 if quick else 1),
        Figure("  queries", took["queries"], "", 12),
        Figure("  a call of 1,000 read and indexed", took["index"], "s", 2),
        Figure("  memory over idle", took["mb"], "MB", 150 if quick else 400),
    ]
