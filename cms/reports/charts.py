"""Charts of facts: what each kind's template is told, and the drawing made with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from bidding.needs.statistics import SMALLEST_CELL
from cms.reports.shapes import Fact, apart, digest_of, shown_rows
from cms.reports.summaries import percent, summary_of, words
from foundation.face import charts as geometry
from foundation.face.tags.charts import flow as flow_picture
from foundation.face.values import count_text

SHADES = {2: (1, 7), 3: (1, 4, 7), 4: (1, 3, 5, 7), 5: (1, 2, 4, 6, 7), 6: (1, 2, 3, 5, 6, 7)}
"""Which of the seven shades of a Likert bar so many levels take, the least first."""

WIDE_ENOUGH = 11
"""A part of a stacked bar (in percent) from which on its number fits into it."""

FOLDED = 12
"""Districts in plain sight; the others open on demand."""

Context = dict[str, Any]


def draw(fact: Fact) -> str:
    """The chart in the reader's language: a drawing, its finding in words, its numbers."""
    template, context = TEMPLATES[fact["kind"]]
    told = {"summary": summary_of(fact), "title": words(fact.get("title", "")), "fact": fact}
    return render_to_string(template, {**told, **context(fact)})


def withheld() -> str:
    """What stands where a share is too small to show."""
    return _("fewer than %(least)d") % {"least": SMALLEST_CELL}


def told_share(cell: Fact, digits: int = 0) -> str:
    """A share in words, or that it is held back."""
    return withheld() if cell["share"] is None else percent(cell["share"], digits)


def _interval(cell: Fact) -> str:
    if cell["low"] is None:
        return "—"
    return f"{100 * cell['low']:.1f}–{100 * cell['high']:.1f} %"


def _bars(fact: Fact) -> Context:
    rows = list(fact["rows"])
    if fact.get("several") or fact["kind"] == "ranking":
        rows.sort(key=lambda row: -(row["share"] or 0))
    visible = shown_rows(rows)
    best = max(visible, key=lambda row: row["share"], default=None)
    top = geometry.nice_ceiling(max((row["high"] for row in visible), default=0) or 1)
    top = min(top, 1)
    drawn = []
    for place, row in enumerate(rows):
        share, low, high = geometry.shares([row[k] or 0 for k in ("share", "low", "high")], top)
        drawn.append(
            {
                "label": words(row["label"]),
                "told": told_share(row),
                "exact": told_share(row, 1),
                "count": "—" if row["count"] is None else count_text(row["count"]),
                "interval": _interval(row),
                "mean": "" if row.get("mean") is None else f"{row['mean']:.1f}",
                "width": share,
                "low": low,
                "high": high,
                "hidden": row["share"] is None,
                "shade": SHADES[5][place % 5] if fact["kind"] == "scale" else 0,
                "leads": best is not None and (row is best or not apart(row, best)),
            }
        )
    return {
        "rows": drawn,
        "n": count_text(fact["n"]),
        "ranking": fact["kind"] == "ranking",
        "ticks": [
            {"x": round(100 * tick / top, 2), "told": percent(tick)} for tick in geometry.ticks(top)
        ],
    }


def _grid(fact: Fact) -> Context:
    levels = [words(level) for level in fact["levels"]]
    shades = SHADES.get(len(levels), tuple(range(1, 8)))
    rows = []
    for row in sorted(fact["rows"], key=lambda row: -(row["mean"] or 0)):
        places = geometry.stack([cell["share"] or 0 for cell in row["cells"]], 1)
        parts = [
            {
                "start": start,
                "width": width,
                "middle": round(start + width / 2, 2),
                "shade": shades[place % len(shades)],
                "told": told_share(cell),
                "exact": told_share(cell, 1),
                "fits": width >= WIDE_ENOUGH,
            }
            for place, ((start, width), cell) in enumerate(zip(places, row["cells"], strict=True))
        ]
        mean = "—" if row["mean"] is None else f"{row['mean']:.1f}"
        rows.append({"label": words(row["label"]), "parts": parts, "mean": mean})
    legend = [{"name": name, "shade": shades[i % len(shades)]} for i, name in enumerate(levels)]
    return {"rows": rows, "legend": legend, "n": count_text(fact["n"])}


def _cross(fact: Fact) -> Context:
    """The shorter side stands across, so that the table stays narrow."""
    groups, answers = fact["columns"], fact["rows"]
    shown = [c["share"] for row in answers for c in row["cells"] if c["share"] is not None]
    highest = max(shown, default=0) or 1
    table = [[_heat(c, highest) for c in [*row["cells"], row["total"]]] for row in answers]
    answered = [words(row["label"]) for row in answers]
    grouped = [words(group["label"]) for group in groups] + [_("all together")]
    people = [withheld() if g["n"] is None else count_text(g["n"]) for g in groups]
    people.append(count_text(fact["n"]))
    across = len(groups) < len(answers)
    lines: list[Context]
    if across:
        lines = [{"label": label, "cells": row} for label, row in zip(answered, table, strict=True)]
    else:
        columns = zip(*table, strict=True)
        lines = [
            {"label": label, "cells": list(column), "n": n}
            for label, column, n in zip(grouped, columns, people, strict=True)
        ]
        lines[-1]["total"] = True
    return {
        "by": words(fact["by"]),
        "corner": "" if across else words(fact["by"]),
        "heads": grouped if across else answered,
        "lines": lines,
        "people": people if across else [],
    }


def _heat(cell: Fact, highest: float) -> Context:
    width = 0 if cell["share"] is None else round(100 * cell["share"] / highest, 1)
    hides = cell["share"] is None
    return {"told": told_share(cell), "width": width, "interval": _interval(cell), "hides": hides}


def _districts(fact: Fact) -> Context:
    """Most first; a column in which nothing is counted is left out."""
    rows = fact["rows"]
    columns = [c for c in fact["columns"] if any(_count(row, c) for row in rows)]
    main = columns[0] if columns else fact["columns"][0]
    top = max((_count(row, main) for row in rows), default=0)
    serves = "projects" in columns
    lines = [
        {
            "label": words(row["label"]),
            "width": geometry.shares([_count(row, main)], top)[0] if top else 0,
            "cells": [_district_cell(row, column) for column in columns]
            + ([count_text(row["served"])] if serves else []),
        }
        for row in sorted(rows, key=lambda row: -_count(row, main))
    ]
    heads = {"answers": _("Answers"), "needs": _("Needs of its own"), "projects": _("Projects")}
    return {
        "lines": lines,
        "first": lines[:FOLDED],
        "rest": lines[FOLDED:],
        "heads": [heads[c] for c in columns] + ([_("People served")] if serves else []),
    }


def _count(row: Fact, column: str) -> int:
    found = row[column]
    return (found["count"] if isinstance(found, dict) else found) or 0


def _district_cell(row: Fact, column: str) -> str:
    found = row[column]
    if not isinstance(found, dict):
        return count_text(found)
    return withheld() if found["count"] is None else count_text(found["count"])


def _flow(fact: Fact) -> Context:
    stages = [(words(s["label"]), s["fen"], words(s["stays"])) for s in fact["stages"]]
    ways = [(words(w["label"]), w["fen"], w["start"], w["goal"]) for w in fact["returns"]]
    caption = _("How far the money has come: %(fund)s") % {"fund": words(fact["title"])}
    picture = flow_picture(stages, caption, ways)
    return {**picture, "ident": f"flow-{digest_of(fact)[:12]}"}


TEMPLATES: dict[str, tuple[str, Callable[[Fact], Context]]] = {
    "bars": ("cms/charts/bars.html", _bars),
    "ranking": ("cms/charts/bars.html", _bars),
    "scale": ("cms/charts/bars.html", _bars),
    "grid": ("cms/charts/grid.html", _grid),
    "cross": ("cms/charts/cross.html", _cross),
    "districts": ("cms/charts/districts.html", _districts),
    "flow": ("components/flow.html", _flow),
}


def cover_art(facts: list[Fact]) -> list[dict[str, float]]:
    """The bars of the report's richest chart, as the title page's ornament, longest first."""
    charts = [fact for fact in facts if fact["kind"] == "bars"]
    rows = max((shown_rows(fact["rows"]) for fact in charts), key=len, default=[])
    widths = geometry.shares(sorted((row["share"] for row in rows), reverse=True))
    if len(widths) < 3:
        return []
    step = 300 / len(widths)
    return [
        {
            "x": round(400 - 4 * width, 1),
            "y": round(step * (place + 0.15), 1),
            "width": round(4 * width, 1),
            "height": round(step * 0.7, 1),
        }
        for place, width in enumerate(widths)
    ]
