"""How results are drawn and written out: rows for charts, and the open file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from bidding.needs.crossing import Cross
from bidding.needs.figures import OptionResult, QuestionResult
from bidding.needs.models import Need, QuestionKind
from bidding.needs.statistics import SMALLEST_CELL, Share
from foundation.face.values import own_words

Row = tuple[Any, float, str, float | None, float | None]


def percent(share: float) -> str:
    """0.3754 → '37.5 %'."""
    return f"{100 * share:.1f} %"


def _row(label: Any, share: Share) -> Row:
    if share.suppressed or share.share is None:
        return label, 0, _("fewer than %(least)d") % {"least": SMALLEST_CELL}, None, None
    return label, share.share, share_text(share), share.low, share.high


def share_text(share: Share) -> str:
    """“52.2 % (12)”; a weighted share names the plain one: “48.1 % (unweighted 52.2 %, 12)”."""
    if share.plain is None:
        return f"{percent(share.share or 0)} ({share.count})"
    words = {"share": percent(share.share or 0), "plain": percent(share.plain), "n": share.count}
    return _("%(share)s (unweighted %(plain)s, %(n)s)") % words


def _mean_row(row: OptionResult, levels: int) -> Row:
    """A statement of a grid: its mean level of all levels."""
    label = own_words(row.option, "wording")
    if row.mean is None:
        return label, 0, _("fewer than %(least)d") % {"least": SMALLEST_CELL}, None, None
    return label, row.mean / levels, f"{row.mean:.1f} / {levels}", None, None


def bars_of(result: QuestionResult) -> list[Row]:
    """The rows of a question's chart: label, share, words, and the interval's ends."""
    if result.question.kind == QuestionKind.GRID:
        return [_mean_row(row, len(result.question.levels)) for row in result.options]
    rows = [_row(own_words(row.option, "wording"), row.share) for row in result.options]
    return rows + [_row(str(level), share) for level, share in result.levels]


def priority_rows(needs: Iterable[Need]) -> list[tuple[Any, ...]]:
    """Needs by share × severity, the greatest first, each with its interval and its page."""
    rows = []
    for need in needs:
        if (found := need.priority) is not None:
            value, low, high = found
            words = f"{100 * value:.0f} ({100 * low:.0f} – {100 * high:.0f})"
            if need.severity is None:
                words = f"{words} · " + _("urgency set by officers")
            url = need.get_absolute_url()
            rows.append((own_words(need, "title"), value, words, low, high, url))
    return sorted(rows, key=lambda row: -row[1])


HEADS = ("question", "choice", "answers", "of", "share", "low_95", "high_95")
WEIGHTED_HEADS = (*HEADS, "unweighted", "effective_n")


def results_csv(results: Iterable[QuestionResult]) -> str:
    """The results as a table for machines: cells that are too small stand empty."""
    out = io.StringIO()
    table = csv.writer(out)
    results = list(results)
    is_weighted = any(result.is_weighted for result in results)
    table.writerow(WEIGHTED_HEADS if is_weighted else HEADS)
    for result in results:
        cells = [(row.option.wording, row.share) for row in result.options]
        cells += [(str(level), share) for level, share in result.levels]
        for label, share in cells:
            table.writerow(
                [_plain(result.question.wording), _plain(label), _number(share.count), result.n]
                + [_number(figure) for figure in (share.share, share.low, share.high)]
                + [_number(figure) for figure in (share.plain, share.effective) if is_weighted]
            )
        if not cells:
            blank = [""] * (5 if is_weighted else 3)
            table.writerow([_plain(result.question.wording), "", "", result.n, *blank])
            for theme in result.themes:
                cells_of = [_plain(result.question.wording), _plain(theme.word), theme.people]
                table.writerow([*cells_of, result.n, *blank])
    return out.getvalue()


def _number(figure: float | None) -> str:
    if figure is None:
        return ""
    return str(figure) if isinstance(figure, int) else f"{figure:.4f}"


def _plain(text: str) -> str:
    """Words that a spreadsheet must not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


CROSS_HEADS = ("by", "group", "question", "choice", *HEADS[2:], "unweighted", "effective_n")


def cross_rows(cross: Cross) -> Iterator[tuple[Any, ...]]:
    """A cross-table for machines, a line for each cell; cells that are hidden stand empty."""
    yield CROSS_HEADS
    row, by = (own_words(one, "wording") for one in (cross.row, cross.by))
    for at, group in enumerate(cross.columns):
        for label, cells in zip(cross.rows, cross.cells, strict=True):
            share = cells[at]
            base = cross.bases[at]
            yield (
                *(by, own_words(group, "wording"), row, own_words(label, "wording")),
                *(_number(share.count), "" if base is None else base),
                *(_number(one) for one in (share.share, share.low, share.high)),
                *(_number(one) for one in (share.plain, share.effective)),
            )
