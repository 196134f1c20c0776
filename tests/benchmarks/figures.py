"""A measured figure beside its baseline and target, and the table they are shown in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line: `ratio` is figure ÷ baseline; at most (or at least) the target, it holds."""

    what: str
    figure: float
    unit: str
    target: float
    baseline: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """The figure in units of its baseline."""
        return self.figure / self.baseline if self.baseline else None

    @property
    def holds(self) -> bool:
        """Is the target met? It is a ratio where there is a baseline."""
        value = self.figure if self.ratio is None else self.ratio
        return value >= self.target if self.at_least else value <= self.target


def table(figures: list[Figure]) -> str:
    """What, figure, baseline, ratio, target, holds."""
    rows = [("what", "figure", "baseline", "ratio", "target", "holds")]
    for one in figures:
        unit = f" {one.unit}" if one.unit else ""
        sign = "≥" if one.at_least else "≤"
        bound = f"{sign} {one.target:g}" + (" ×" if one.ratio is not None else unit)
        rows.append(
            (
                one.what,
                f"{one.figure:.3g}{unit}",
                "" if one.baseline is None else f"{one.baseline:.3g}{unit}",
                "" if one.ratio is None else f"{one.ratio:.2f} ×",
                bound,
                "yes" if one.holds else "NO",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
