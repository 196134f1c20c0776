#!/usr/bin/env python3
"""Check a download of sealed rows by yourself: python3 check_seals.py book.jsonl [seals.csv]

The file holds one JSON text a line: rows as they were sealed and, after each block, its seal.
A seal is SHA-256 over the seal before (64 zeros for the first), a line feed, and every row of
the block followed by a line feed. With seals that you kept (seals.csv), it is also proved that
nobody wrote rows and seals anew. Needs nothing but Python; exits 1 on any fault.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator


def faults(lines: Iterable[bytes], kept: dict[tuple[str, int], str]) -> Iterator[str]:
    """A sentence for each thing that is wrong."""
    previous, number, row_number, chain = "0" * 64, 0, 0, ""
    block: list[bytes] = []
    for line in lines:
        content = json.loads(line)
        if "seal" not in content:
            block.append(line.rstrip(b"\n"))
            if content["id"] <= row_number:
                yield f"row {content['id']} is out of order"
            row_number = content["id"]
            continue
        seal, number = content["seal"], number + 1
        if seal["number"] != number or seal["previous_sha256"] != previous:
            yield f"seal {seal['number']} does not follow seal {number - 1}"
        if seal["rows"] != len(block):
            yield f"seal {number}: {len(block)} rows are here, {seal['rows']} were sealed"
        text = b"\n".join([previous.encode(), *block, b""])
        if seal["sha256"] != hashlib.sha256(text).hexdigest():
            yield f"seal {number}: rows {seal['first_row']} to {seal['last_row']} were changed"
        if kept.pop((seal["chain"], number), seal["sha256"]) != seal["sha256"]:
            yield f"seal {number} is not the one you kept"
        previous, block, chain = seal["sha256"], [], seal["chain"]
    if block:
        yield f"{len(block)} rows at the end have no seal"
    if any(name == chain for name, _number in kept):
        yield "seals that you kept are missing"
    print(f"{number} seals; the last one is {previous}")


def main(sealed: str, seals: str = "") -> int:
    """Print what is wrong; 1 if anything is."""
    kept: dict[tuple[str, int], str] = {}
    if seals:
        with open(seals, newline="", encoding="utf-8") as file:
            kept = {(r["chain"], int(r["number"])): r["sha256"] for r in csv.DictReader(file)}
    with open(sealed, "rb") as file:
        found = list(faults(file, kept))
    print("\n".join(found) or "Nothing was changed.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
