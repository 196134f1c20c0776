"""`bin/demo` on a clone nobody has started: everything a safe start asks for is there."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

from tests.house.sources import HOUSE

PYTHON = """#!/bin/sh
# everything but the building of the world, which is replaced by looking whether it may start
case "$*" in
    "manage.py build_demo"*) exec {python} manage.py check ;;
    *) exec {python} "$@" ;;
esac
"""


def test_a_first_start_of_the_demo_is_a_safe_one(tmp_path: Path):
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    python = venv / "bin" / "python"
    python.write_text(PYTHON.format(python=sys.executable))
    python.chmod(0o755)
    (venv / "pins-run.txt").write_bytes((HOUSE / "requirements.txt").read_bytes())
    env = {key: value for key, value in os.environ.items() if not key.startswith("GONGCHUANG_")}
    env |= {"GONGCHUANG_VENV": str(venv), "GONGCHUANG_VAR": str(tmp_path / "var")}
    done = subprocess.run(
        [HOUSE / "bin" / "demo", "--prepare-only"],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    key = tmp_path / "var" / "keys" / "0001.key"
    assert (key.stat().st_size, stat.S_IMODE(key.stat().st_mode)) == (32, 0o600)
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
