"""What the parts of a padded contest pass on to each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from bidding.calls.models import Call, Lot
from bidding.needs.models import Category
from bidding.proposals.models import Proposal, Submission
from cms.demo.bidding import days
from cms.demo.padded_bodies import Body


@dataclass
class Entrant:
    """One proposal of the contest: who hands it in, for what, and how it is judged."""

    body: Body
    category: Category
    serial: str
    facts: dict[str, Any]
    submitted_at: dt.datetime
    points: list[dict[str, int]]
    asked_fen: int
    buyer: Body | None = None
    funded: bool = True
    place: int = 0
    score: int = 0
    proposal: Proposal | None = None
    submission: Submission | None = None

    @property
    def pk(self) -> int:
        """The proposal's key, once it is written down."""
        assert self.proposal is not None
        return int(self.proposal.pk)

    @property
    def pledged_fen(self) -> int:
        """What its buyer promises: a third, in whole thousands of yuan."""
        return self.asked_fen // 3 // 1_000_00 * 1_000_00 if self.buyer and self.funded else 0


@dataclass
class Contest:
    """A call that is over, with everybody who took part, best first."""

    number: int
    call: Call
    entrants: list[Entrant]
    lots: dict[str, Lot]
    starts_on: dt.date
    ends_on: dt.date

    @property
    def funded(self) -> list[Entrant]:
        """Those who got money, best first."""
        return [entrant for entrant in self.entrants if entrant.funded]

    def day(self, count: int) -> dt.datetime:
        """So many days after the call opened."""
        return self.call.opens_at + days(count)

    @property
    def stood_at(self) -> dt.datetime:
        """The notice is over, whatever holidays fell into it: the awards stand."""
        return self.day(62)

    @property
    def signed_at(self) -> dt.datetime:
        """Nobody may object any more, whatever holidays: both sides sign."""
        return self.day(76)
