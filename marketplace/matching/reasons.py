"""Why a proposal stands where it stands on a buyer's shelf, in sentences with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bidding.proposals.models import Proposal
from foundation.money import yuan
from marketplace.matching import fit
from marketplace.matching.shelf import Shelf
from marketplace.matching.shelf_models import LABELS


@dataclass(frozen=True)
class Reason:
    """One reason: its name, its points, the most it could give, and what it rests on."""

    name: str
    points: float
    most: float
    sentence: str

    @property
    def label(self) -> str:
        """What it is called."""
        return label_of(self.name)

    @property
    def shown(self) -> str:
        """Its points, to a tenth."""
        return f"{self.points:.1f}"


def label_of(name: str) -> str:
    """What a reason is called."""
    return str(LABELS[name])


@dataclass(frozen=True)
class Offer:
    """One proposal on a buyer's shelf, with how well it fits and why."""

    proposal: Proposal
    shelf: Shelf
    position: int

    @property
    def fit(self) -> float:
        """All its points, to a tenth."""
        return round(float(self.shelf.total[self.position]), 1)

    @property
    def asked_fen(self) -> int:
        """What it wants from the fund and the buyers."""
        return int(self.shelf.facts["asked"][self.position])

    @property
    def headcount(self) -> int:
        """How many people it serves."""
        return int(self.shelf.facts["headcount"][self.position])

    @property
    def per_head_fen(self) -> int | None:
        """What one person served costs, to the fen below."""
        return self.asked_fen // self.headcount if self.headcount else None

    @property
    def score(self) -> float:
        """The panel's score."""
        return float(self.shelf.facts["score"][self.position])

    @property
    def rank(self) -> int:
        """Its place in the ranking of its call."""
        return int(self.shelf.facts["rank"][self.position])

    @property
    def needs(self) -> int:
        """How many of the buyer's needs it answers."""
        return int(self.shelf.facts["needs"][self.position])

    @property
    def record(self) -> tuple[int, float]:
        """How many projects its organisation closed, and their mean final score."""
        body = int(self.shelf.facts["organisation"][self.position])
        found: tuple[int, float] = self.shelf.facts["records"].get(body, (0, 0.0))
        return found

    @property
    def all_reasons(self) -> list[Reason]:
        """Every reason there is, what it gave and could have given."""
        weights = self.shelf.profile.weights
        total = sum(weights.values())
        return [
            Reason(
                name,
                float(self.shelf.points[name][self.position]),
                100 * weight / total,
                _SENTENCES[name](self),
            )
            for name, weight in weights.items()
        ]

    @property
    def reasons(self) -> list[Reason]:
        """What speaks for it, the weightiest first."""
        counted = [reason for reason in self.all_reasons if reason.points >= 0.05]
        return sorted(counted, key=lambda reason: -reason.points)


def _needs(offer: Offer) -> str:
    facts = offer.shelf.facts
    if not offer.needs:
        return _("Answers none of your workers' needs.")
    return ngettext(
        "Answers %(count)d need of your workers: urgency × people %(weight)s, the most here "
        "%(most)s.",
        "Answers %(count)d needs of your workers: urgency × people %(weight)s, the most here "
        "%(most)s.",
        offer.needs,
    ) % {
        "count": offer.needs,
        "weight": f"{facts['weight'][offer.position]:,.0f}",
        "most": f"{facts['weight'].max():,.0f}",
    }


def _place(offer: Offer) -> str:
    facts, at = offer.shelf.facts, offer.position
    if facts["here"][at]:
        if facts["seat"][at]:
            return _("Works where your workers are, and has its office there.")
        return _("Works where your workers are.")
    if not facts["placed"][at]:
        if facts["seat"][at]:
            return _("Names no district, and has its office where your workers are.")
        return _("Names no district: it may come to yours.")
    if facts["seat"][at]:
        return _("Works elsewhere, though its office is where your workers are.")
    return _("Works elsewhere.")


def _audience(offer: Offer) -> str:
    share = float(offer.shelf.facts["audience"][offer.position])
    return _("Whom it serves has %(percent)d %% of the words of one of your needs.") % {
        "percent": round(100 * share)
    }


def _history(offer: Offer) -> str:
    taken = offer.shelf.profile.taken
    if not taken:
        return _("You have promised money for nothing yet.")
    return _("%(count)d of the %(all)d proposals you promised money for were of its category.") % {
        "count": taken.get(offer.proposal.lot.category_id, 0),
        "all": sum(taken.values()),
    }


def _text(offer: Offer) -> str:
    text = offer.shelf.facts["text"]
    if not text[offer.position]:
        return _("Its title and summary share no words with your workers' needs.")
    return _(
        "Its title and summary speak of your workers' needs: %(score).1f, the most here %(most).1f."
    ) % {"score": text[offer.position], "most": text.max()}


def _price(offer: Offer) -> str:
    return _("Asks for %(asked)s; %(free)s of your money is free.") % {
        "asked": yuan(offer.asked_fen),
        "free": yuan(offer.shelf.profile.free_fen),
    }


def _record(offer: Offer) -> str:
    count, mean = offer.record
    if not count:
        return _("Its organisation has closed no project here yet: counted as the middle.")
    return ngettext(
        "Its organisation closed %(count)d project, final score %(mean).1f.",
        "Its organisation closed %(count)d projects, final score %(mean).1f on average.",
        count,
    ) % {"count": count, "mean": mean}


def _score(offer: Offer) -> str:
    return _("The panel gave it %(score).2f (place %(rank)d).") % {
        "score": offer.score,
        "rank": offer.rank,
    }


_SENTENCES = {
    fit.NEEDS: _needs,
    fit.PLACE: _place,
    fit.AUDIENCE: _audience,
    fit.HISTORY: _history,
    fit.TEXT: _text,
    fit.PRICE: _price,
    fit.RECORD: _record,
    fit.SCORE: _score,
}


def offers_at(shelf: Shelf, positions: Iterable[int]) -> Iterator[Offer]:
    """The proposals at these positions, each with its points and reasons (one query)."""
    wanted = list(positions)
    found = Proposal.objects.select_related("call", "lot__category", "organisation").in_bulk(
        [int(shelf.ids[position]) for position in wanted]
    )
    for position in wanted:
        yield Offer(found[int(shelf.ids[position])], shelf, position)
