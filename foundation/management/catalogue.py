"""The catalogues of translations compiled without gettext's own tools, when they have changed."""

from __future__ import annotations

from pathlib import Path

import polib

HOUSE = Path(__file__).resolve().parents[2]


def compile_all(house: Path = HOUSE) -> list[Path]:
    """Compile each `.po` that is newer than its `.mo`; returns what was written."""
    written = []
    for source in sorted(house.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        unfinished = target.with_suffix(".unfinished")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_all()
