"""From a clean clone to the first page of the demo world, with one command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.benchmarks.figures import Figure

HOUSE = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 600


def measure(*, quick: bool) -> list[Figure]:
    """Clone, run `bin/demo`, ask for the first page; stop, and start once more.

    `--quick` takes this clone's own packages instead of making a new `.venv`.
    """
    with tempfile.TemporaryDirectory(prefix="gongchuang-start-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(HOUSE), str(clone)], check=True)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GONGCHUANG")}
        if quick:
            venv = os.environ.get("GONGCHUANG_VENV", str(HOUSE / ".venv"))
            environment["GONGCHUANG_VENV"] = str(Path(venv).absolute())
        first = seconds_to_first_page(clone, environment)
        again = seconds_to_first_page(clone, environment)
    what = "demo world made" if quick else "clean clone"
    return [
        Figure(f"{what} → first page", first, "s", target=60 if quick else 90),
        Figure("second start → first page", again, "s", target=15),
    ]


def seconds_to_first_page(clone: Path, environment: dict[str, str]) -> float:
    """Start the demo, wait for its first page, stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.monotonic()
    with (clone.parent / "start.log").open("w+") as log:
        demo = subprocess.Popen(
            ["bin/demo", "--port", str(port)],
            cwd=clone,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            while time.monotonic() - began < WAIT_SECONDS:
                if demo.poll() is not None:
                    log.seek(0)
                    raise RuntimeError(f"bin/demo ended:\n{log.read()[-3000:]}")
                try:
                    with urllib.request.urlopen(f"http://localhost:{port}/", timeout=30) as page:
                        page.read()
                    return time.monotonic() - began
                except OSError:
                    time.sleep(0.1)
            raise RuntimeError("no first page came")
        finally:
            if demo.poll() is None:
                os.killpg(demo.pid, signal.SIGINT)
                demo.wait(30)
