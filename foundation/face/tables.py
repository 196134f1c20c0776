"""Rows of a wide table as labelled cards: every cell learns the head of its column."""

from __future__ import annotations

import re
from itertools import chain, repeat

FITS = 2
"""So many columns stand beside each other on a phone; a table of more becomes cards there."""

HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL)
HEAD_CELL = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(td|th)\b([^>]*)>(.*?)</\1>", re.DOTALL)
COLSPAN = re.compile(r'\bcolspan="(\d+)"')
TAG = re.compile(r"<[^>]*>")
UNSEEN = 'class="unseen"'


def labelled(content: str) -> str | None:
    """The rows of a table with each cell labelled by its column's head and boxed.

    Markup in, markup out. None where the table fits a phone as it is or has no head. A row's own
    heading and a column whose head is for screen readers only keep no label: they speak for
    themselves.
    """
    head = HEAD.search(content)
    labels = _labels(head.group(0)) if head else []
    if head is None or len(labels) <= FITS:
        return None
    body = content[head.end() :]
    rows = ROW.sub(lambda row: _row(row.group(0), labels), body)
    return content[: head.end()] + rows


def _labels(head: str) -> list[str]:
    labels: list[str] = []
    for cell in HEAD_CELL.finditer(head):
        words = "" if UNSEEN in cell.group(0) else " ".join(TAG.sub("", cell.group(2)).split())
        labels += [words] * _span(cell.group(1))
    return labels


def _row(row: str, labels: list[str]) -> str:
    heads = chain(labels, repeat(""))

    def boxed(cell: re.Match[str]) -> str:
        name, attributes, inside = cell.groups()
        label = next(heads)
        for _more in range(_span(attributes) - 1):
            next(heads)
        if not inside.strip():
            return f"<{name}{attributes}></{name}>"
        said = f' data-label="{label}"' if label and name == "td" else ""
        return f"<{name}{attributes}{said}><div>{inside}</div></{name}>"

    return CELL.sub(boxed, row)


def _span(attributes: str) -> int:
    found = COLSPAN.search(attributes)
    return int(found.group(1)) if found else 1
