"""What a chart says, in one sentence made of its own numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cms.reports.shapes import Fact, apart, shown_rows, side
from foundation.face.values import count_text, is_english, wan_text


def percent(share: float | None, digits: int = 0) -> str:
    """0.375 → '38 %' (or '37.5 %')."""
    return "—" if share is None else f"{100 * share:.{digits}f} %"


def words(pair: Any) -> str:
    """A pair's half in the reader's language."""
    return side(pair, is_english())


def summary_of(fact: Fact) -> str:
    """The main finding; "" where there is nothing to find."""
    say = SUMMARIES.get(fact["kind"])
    return say(fact) if say else ""


def _nothing() -> str:
    return _("Too few answered for any share to be shown.")


def _bars(fact: Fact) -> str:
    rows = sorted(shown_rows(fact["rows"]), key=lambda row: -row["share"])
    if not rows:
        return _nothing()
    first = {"first": words(rows[0]["label"]), "share": percent(rows[0]["share"])}
    bounds = {"low": percent(rows[0]["low"]), "high": percent(rows[0]["high"])}
    if len(rows) == 1:
        return _("%(share)s chose “%(first)s” (between %(low)s and %(high)s).") % {
            **first,
            **bounds,
        }
    second = {"second": words(rows[1]["label"]), "other": percent(rows[1]["share"])}
    if not apart(rows[0], rows[1]):
        return _(
            "“%(first)s” (%(share)s) and “%(second)s” (%(other)s) lead, too close together to "
            "say which is ahead."
        ) % {**first, **second}
    return _(
        "“%(first)s” leads with %(share)s (between %(low)s and %(high)s), before “%(second)s” "
        "with %(other)s."
    ) % {**first, **bounds, **second}


def _ranking(fact: Fact) -> str:
    rows = sorted(shown_rows(fact["rows"]), key=lambda row: -row["share"])
    if not rows:
        return _nothing()
    first = rows[0]
    said = {"first": words(first["label"]), "share": percent(first["share"])}
    if first.get("mean") is None:
        return _("“%(first)s” is put first most often, by %(share)s.") % said
    return _(
        "“%(first)s” is put first most often, by %(share)s; its mean place is %(place).1f."
    ) % {**said, "place": first["mean"]}


def _scale(fact: Fact) -> str:
    if fact["mean"] is None:
        return _nothing()
    levels = {row["label"][0]: row["share"] for row in fact["rows"]}
    high = [levels.get("4"), levels.get("5")]
    low = [levels.get("1"), levels.get("2")]
    if None in high + low:
        return _("The mean is %(mean).1f of 5.") % {"mean": fact["mean"]}
    return _("The mean is %(mean).1f of 5: %(high)s gave 4 or 5, %(low)s gave 1 or 2.") % {
        "mean": fact["mean"],
        "high": percent(sum(share or 0 for share in high)),
        "low": percent(sum(share or 0 for share in low)),
    }


def _grid(fact: Fact) -> str:
    rows = sorted((r for r in fact["rows"] if r["mean"] is not None), key=lambda r: -r["mean"])
    if not rows:
        return _nothing()
    said = {"most": words(rows[0]["label"]), "high": rows[0]["mean"], "of": len(fact["levels"])}
    if len(rows) == 1:
        return _("“%(most)s” has a mean of %(high).1f of %(of)d.") % said
    said |= {"least": words(rows[-1]["label"]), "low": rows[-1]["mean"]}
    return (
        _(
            "“%(most)s” stands highest with a mean of %(high).1f of %(of)d, “%(least)s” lowest "
            "with %(low).1f."
        )
        % said
    )


def _cross(fact: Fact) -> str:
    best: tuple[float, Fact, Fact, Fact] | None = None
    for row in fact["rows"]:
        pairs = zip(row["cells"], fact["columns"], strict=True)
        cells = [{**cell, "column": column} for cell, column in pairs if cell["share"] is not None]
        cells.sort(key=lambda cell: -cell["share"])
        if len(cells) > 1 and apart(cells[0], cells[-1]):
            gap = cells[0]["share"] - cells[-1]["share"]
            if best is None or gap > best[0]:
                best = (gap, row, cells[0], cells[-1])
    if best is None:
        if not any(c["share"] is not None for row in fact["rows"] for c in row["cells"]):
            return _nothing()
        return _("The groups do not differ by more than chance may do.")
    _gap, row, top, bottom = best
    return _(
        "The groups differ most on “%(row)s”: %(high)s in “%(top)s”, %(low)s in “%(bottom)s”."
    ) % {
        "row": words(row["label"]),
        "high": percent(top["share"]),
        "top": words(top["column"]["label"]),
        "low": percent(bottom["share"]),
        "bottom": words(bottom["column"]["label"]),
    }


def _districts(fact: Fact) -> str:
    said = {
        "answers": _("most answers come from %(where)s (%(n)s)"),
        "needs": _("most needs of its own has %(where)s (%(n)s)"),
        "projects": _("most projects serve %(where)s (%(n)s)"),
    }
    parts = []
    for column in fact["columns"]:
        count = _count_of(column)
        top = max(fact["rows"], key=count)
        if count(top):
            named = {"where": words(top["label"]), "n": count_text(count(top))}
            parts.append(said[column] % named)
    if not parts:
        return _("Nothing is counted by district yet.")
    return _("By district, %(what)s.") % {"what": _("; ").join(parts)}


def _count_of(column: str) -> Callable[[Fact], int]:
    def count(row: Fact) -> int:
        found = row[column]
        return (found["count"] if isinstance(found, dict) else found) or 0

    return count


def _flow(fact: Fact) -> str:
    stages: Sequence[Fact] = fact["stages"]
    whole, last = stages[0]["fen"], stages[-1]
    return _("Of %(whole)s, %(paid)s (%(percent)s) is %(last)s.") % {
        "whole": wan_text(whole),
        "paid": wan_text(last["fen"]),
        "percent": percent(last["fen"] / whole) if whole else "0 %",
        "last": words(last["label"]),
    }


SUMMARIES: dict[str, Callable[[Fact], str]] = {
    "bars": _bars,
    "ranking": _ranking,
    "scale": _scale,
    "grid": _grid,
    "cross": _cross,
    "districts": _districts,
    "flow": _flow,
}
