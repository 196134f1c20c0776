"""The shelf: what is kept to order it quickly, what a buyer weighs, what its people note."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.evaluation.models import Ranking
from bidding.proposals.models import Proposal
from foundation.organisations.models import Organisation
from marketplace.matching.fit import (
    AUDIENCE,
    DEFAULTS,
    HISTORY,
    MOST,
    NEEDS,
    PLACE,
    PRICE,
    RECORD,
    SCORE,
    TEXT,
)


class ShelfIndex(models.Model):
    """What the ranked proposals of a call say, as arrays: derived, and made anew at any time."""

    ranking = models.OneToOneField(Ranking, models.CASCADE, related_name="shelf_index")
    arrays = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("index of the shelf")
        verbose_name_plural = _("indexes of the shelf")

    def __str__(self) -> str:
        return str(self.ranking_id)


LABELS = {
    NEEDS: _("needs of our own workers"),
    PLACE: _("district and travel"),
    AUDIENCE: _("whom it serves"),
    HISTORY: _("what we took before"),
    TEXT: _("words of its title and summary"),
    PRICE: _("price against our money"),
    RECORD: _("the organisation's record"),
    SCORE: _("the panel's score"),
}
"""What each reason is called."""


def _weight(name: str) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(
        LABELS[name], default=DEFAULTS[name], validators=[MaxValueValidator(MOST)]
    )


class Weights(models.Model):
    """How much each reason counts on one union body's shelf, where it differs from the usual."""

    buyer = models.OneToOneField(Organisation, models.PROTECT, related_name="shelf_weights")
    needs = _weight(NEEDS)
    place = _weight(PLACE)
    audience = _weight(AUDIENCE)
    history = _weight(HISTORY)
    text = _weight(TEXT)
    price = _weight(PRICE)
    record = _weight(RECORD)
    score = _weight(SCORE)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("weights of a shelf")
        verbose_name_plural = _("weights of shelves")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__lte": MOST for name in DEFAULTS}),
                name="weights_at_most_100",
            ),
            models.CheckConstraint(
                condition=~Q(**dict.fromkeys(DEFAULTS, 0)), name="weights_count_something"
            ),
        ]

    def __str__(self) -> str:
        return str(self.buyer)

    def as_numbers(self) -> dict[str, int]:
        """{reason: weight}."""
        return {name: getattr(self, name) for name in DEFAULTS}


class Note(models.Model):
    """What somebody of a union body noted on a proposal, for their colleagues alone."""

    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="notes")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="notes")
    text = models.TextField(_("note"), max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("note on a proposal")
        verbose_name_plural = _("notes on proposals")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.buyer_id}: {self.proposal_id}"
