"""The lines of a notice: one for each proposal, with what was decided and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One proposal's result, as the public reads it; `proposal` is its key on the platform."""

    proposal: int
    title: str
    organisation: str
    category: str
    awarded: bool
    amount_fen: int = 0
    place: int | None = None
    score: str = ""
    reason: str = ""
    category_en: str = ""

    def facts(self) -> dict[str, Any]:
        """The line as it is frozen in the notice."""
        return asdict(self)
