"""A chain's sealed rows with their seals, to be kept and checked elsewhere (docs/seals.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from foundation.seals.chain import canonical
from foundation.seals.models import Seal
from foundation.seals.operations import CHAINS

CHECKER = Path(__file__).with_name("check_seals.py")
"""The script that checks such a file; it needs nothing of ours."""

COLUMNS = ("chain", "number", "first_row", "last_row", "rows", "previous_sha256", "sha256")


def sealed_lines(name: str) -> Iterator[str]:
    """Every sealed row's text as it was sealed, and after each block its seal."""
    chain = CHAINS[name]
    for seal in Seal.objects.filter(chain=name).order_by("number"):
        for facts in chain.rows(seal.first_row, seal.last_row):
            yield canonical(facts) + "\n"
        said = {column: getattr(seal, column) for column in COLUMNS}
        sealed_at = seal.sealed_at.astimezone(dt.UTC).isoformat()
        yield canonical({"seal": {**said, "sealed_at": sealed_at}}) + "\n"
