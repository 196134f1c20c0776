"""Charts drawn on the server: SVG with a title, a summary in words and the numbers in a table."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from foundation.face import charts as geometry
from foundation.face.values import count_text, wan_text
from foundation.money import yuan

register = template.Library()
_serial = itertools.count(1)

HEIGHT = 220


def _ident() -> str:
    return f"chart-{next(_serial)}"


def _shown(value: Any, unit: str) -> str:
    if value is None:
        return "—"
    if unit == "fen":
        return wan_text(int(value))
    if unit == "%":
        return f"{value:g} %"
    number = count_text(int(value)) if float(value).is_integer() else f"{value:g}"
    return f"{number} {unit}".strip()


@register.inclusion_tag("components/meter.html")
def meter(value: float, max: float, label: Any = "", display: Any = "") -> dict[str, Any]:
    """{% meter value max label %}: one value of a whole, such as money used of a budget."""
    share = geometry.shares([value], max)[0]
    return {
        "share": share,
        "label": label,
        "display": display or f"{share:.0f} %",
        "state": "full" if max and value >= max else "part",
    }


LONG = 16
"""From how many characters on a value is wrapped, so that the drawing keeps its room."""


@register.inclusion_tag("components/bars.html")
def bars(
    rows: Iterable[Sequence[Any]],
    caption: Any = "",
    *,
    max: float | None = None,
    head: Any = "",
    value_head: Any = "",
    note: Any = "",
) -> dict[str, Any]:
    """{% bars rows caption %}: rows of (label, value, display[, low, high][, url]).

    The bar is drawn from `value`; `display` is what people read. `low` and `high` draw an
    interval over the bar. The rows are a table, so the numbers are in plain sight.
    """
    listed = [tuple(row) for row in rows]
    top = max if max is not None else _top(listed)
    drawn = []
    for row in listed:
        label, value, display = row[0], row[1] or 0, row[2] if len(row) > 2 else row[1]
        low, high = (row[3], row[4]) if len(row) > 4 else (None, None)
        url = row[5] if len(row) > 5 else (row[3] if len(row) == 4 else "")
        interval = None
        if low is not None and high is not None:
            start, end = geometry.shares([low, high], top)
            interval = {"start": start, "end": end}
        drawn.append(
            {
                "label": label,
                "display": display,
                "long": len(str(display)) > LONG,
                "share": geometry.shares([value], top)[0],
                "interval": interval,
                "url": url,
            }
        )
    return {
        "rows": drawn,
        "caption": caption,
        "head": head or _("What"),
        "value_head": value_head or _("Value"),
        "note": note,
    }


def _top(rows: list[tuple[Any, ...]]) -> float:
    values = [row[1] or 0 for row in rows]
    values += [row[4] for row in rows if len(row) > 4 and row[4] is not None]
    return max(values, default=0)


@register.inclusion_tag("components/stacked.html")
def stacked(
    rows: Iterable[tuple[Any, Sequence[float]]],
    series: Sequence[Any],
    caption: Any = "",
    unit: str = "",
    whole: str = "each",
) -> dict[str, Any]:
    """{% stacked rows series caption %}: rows of (label, [a value per series]).

    `whole="each"` fills every row; `whole="all"` draws rows against the largest sum.
    `unit` is "fen" for money, "%" or a word.
    """
    listed = [(label, list(values)) for label, values in rows]
    largest = max((sum(values) for _label, values in listed), default=0)
    drawn = []
    for label, values in listed:
        parts = geometry.stack(values, None if whole == "each" else largest)
        drawn.append(
            {
                "label": label,
                "sum": _shown(sum(values), unit),
                "parts": [
                    {"start": s, "width": w, "number": n, "series": name, "shown": _shown(v, unit)}
                    for n, ((s, w), name, v) in enumerate(
                        zip(parts, series, values, strict=True), start=1
                    )
                ],
            }
        )
    legend = [{"name": name, "number": n} for n, name in enumerate(series, start=1)]
    return {"rows": drawn, "legend": legend, "caption": caption, "ident": _ident()}


@register.inclusion_tag("components/lines.html")
def lines(
    series: Iterable[tuple[Any, Sequence[float | None]]],
    columns: Sequence[Any],
    caption: Any = "",
    unit: str = "",
) -> dict[str, Any]:
    """{% lines series years caption %}: series of (name, [a value per year or None]).

    `unit` is "fen" for money, "%" or a word.
    """
    listed = [(name, list(values)) for name, values in series]
    values = [v for _name, row in listed for v in row if v is not None]
    top = geometry.nice_ceiling(max(values, default=0))
    drawn = []
    for number, (name, row) in enumerate(listed, start=1):
        points = geometry.line(row, top=top, height=HEIGHT)
        drawn.append(
            {
                "name": name,
                "number": number,
                "segments": geometry.segments(points),
                "points": [
                    {"x": p.x, "y": p.y, "shown": _shown(p.value, unit), "column": column}
                    for p, column in zip(points, columns, strict=True)
                    if p
                ],
                "cells": [_shown(v, unit) for v in row],
                "summary": _change(name, row, columns, unit),
            }
        )
    cells = [one["cells"] for one in drawn]
    return {
        "series": drawn,
        "table_rows": list(zip(columns, zip(*cells, strict=True), strict=True)),
        "columns": [
            {"label": c, "x": round(100 * (i + 0.5) / len(columns), 3)}
            for i, c in enumerate(columns)
        ],
        "ticks": [
            {"y": round(HEIGHT * (1 - t / top), 1), "shown": _shown(t, unit)}
            for t in geometry.ticks(top)
        ],
        "caption": caption,
        "height": HEIGHT,
        "ident": _ident(),
    }


def _change(name: Any, row: Sequence[float | None], columns: Sequence[Any], unit: str) -> str:
    there = [(c, v) for c, v in zip(columns, row, strict=True) if v is not None]
    if not there:
        return ""
    (first, start), (last, end) = there[0], there[-1]
    return _("%(name)s: from %(start)s in %(first)s to %(end)s in %(last)s.") % {
        "name": name,
        "start": _shown(start, unit),
        "first": first,
        "end": _shown(end, unit),
        "last": last,
    }


@register.inclusion_tag("components/flow.html")
def flow(
    stages: Iterable[Sequence[Any]],
    caption: Any = "",
    returns: Iterable[tuple[Any, int, int, int]] = (),
) -> dict[str, Any]:
    """{% flow stages caption %}: stages of (label, fen that came at least this far, what stays).

    For the fund: appropriated, allocated, reserved, encumbered, owed, paid. The third value
    (optional) names what has not gone on yet. `returns` are the ways back: (what returned, fen,
    from which stage, to which).
    """
    listed = [(row[0], int(row[1]), row[2] if len(row) > 2 else "") for row in stages]
    columns, bands = geometry.flow([amount for _l, amount, _s in listed], height=HEIGHT)
    whole = listed[0][1] if listed else 0
    drawn = []
    for place, ((label, amount, stays), column) in enumerate(zip(listed, columns, strict=True)):
        left = amount - listed[place + 1][1] if place + 1 < len(listed) else 0
        drawn.append(
            {
                "label": label,
                "amount": amount,
                "shown": wan_text(amount),
                "exact": yuan(amount),
                "percent": f"{100 * amount / whole:.0f} %" if whole else "0 %",
                "share": geometry.shares([amount], whole)[0],
                "stays": stays,
                "left": max(left, 0),
                "left_shown": wan_text(max(left, 0)),
                "box": column,
                "number": place + 1,
            }
        )
    ways = []
    for words, fen, start, goal in returns:
        begins, ends = geometry.way_back(len(listed), start, goal)
        ways.append(
            {
                "label": words,
                "goal": listed[goal][0],
                "shown": wan_text(fen),
                "exact": yuan(fen),
                "percent": f"{100 * fen / whole:.0f} %" if whole else "0 %",
                "left": begins,
                "right": ends,
            }
        )
    return {
        "returns": ways,
        "stages": drawn,
        "bands": bands,
        "caption": caption,
        "height": HEIGHT,
        "ident": _ident(),
        "whole": wan_text(whole),
        "paid": drawn[-1] if drawn else None,
    }
