"""A table of known totals: a name or code (several with +), and a number of workers, a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from bidding.needs.choices import LineFault

Groups = list[tuple[list[str], int]]


def read_totals(data: bytes, names: Mapping[str, str]) -> Groups:
    """The groups of a CSV; `names` maps every word a level goes by to its code.

    A first line whose second cell is no number is a head and passed over. UTF-8 or GB 18030.
    Raises LineFault at the first line that does not hold.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    groups: Groups = []
    for number, cells in enumerate(csv.reader(io.StringIO(text)), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        words, workers = cells[0], (cells[1] if len(cells) > 1 else "")
        digits = workers.strip().replace(",", "").replace(" ", "")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 10:
            if not groups and number == 1:
                continue
            raise LineFault(number, "number", workers or words)
        codes = []
        for word in words.split("+"):
            if word.strip() not in names:
                raise LineFault(number, "unknown", word.strip())
            codes.append(names[word.strip()])
        groups.append((codes, int(digits)))
    return groups
