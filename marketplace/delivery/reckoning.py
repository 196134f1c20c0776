"""What a broken-off project leads to in money: paid, owed, claimed back, sent home.

Pure: no database, no clock. All sums are whole fen.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """What follows when the work done comes to `accepted_fen`."""

    accepted_fen: int
    owed_now_fen: int
    called_off_fen: int
    claimed_fen: int
    home_fen: int

    @property
    def seal(self) -> str:
        """The figures as a word: what a person saw is what is done, or nothing is."""
        parts = (self.accepted_fen, self.owed_now_fen, self.called_off_fen)
        return "-".join(str(fen) for fen in (*parts, self.claimed_fen, self.home_fen))


@dataclass(frozen=True)
class Reckoning:
    """How a project stands: agreed, still bound, owed and unpaid, paid and kept, reported spent.

    `paid_fen` is what left the house less what came back or was claimed back since;
    `proven_fen` is what of the spending stands on invoices.
    """

    agreed_fen: int
    bound_fen: int
    unpaid_fen: int
    paid_fen: int
    spent_fen: int
    proven_fen: int

    @property
    def most_fen(self) -> int:
        """The most the work can come to: what was paid, is owed, and is still bound."""
        return self.paid_fen + self.unpaid_fen + self.bound_fen

    def outcome(self, accepted_fen: int) -> Outcome:
        """What follows when the work done comes to so much.

        What is missing becomes owed; what is too much is first taken off what is owed and not
        paid, and only the rest claimed back; what is then still bound goes home. Raises
        ValueError beyond what there is.
        """
        if not 0 <= accepted_fen <= self.most_fen:
            raise ValueError(f"{accepted_fen} fen is not within 0 and {self.most_fen}")
        entitled = self.paid_fen + self.unpaid_fen
        more = max(accepted_fen - entitled, 0)
        excess = max(entitled - accepted_fen, 0)
        off = min(excess, self.unpaid_fen)
        return Outcome(accepted_fen, more, off, excess - off, self.bound_fen - more + off)
