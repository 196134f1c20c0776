"""Awards: the decision to fund a proposal, and the pockets its money came from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.notices.models import Notice
from bidding.proposals.models import Proposal
from foundation.organisations.models import Organisation
from foundation.states import Stateful
from marketplace.awards.states import AWARD
from marketplace.ledger.models import Fund
from marketplace.matching.models import AllocationRun, Pledge


class Award(Stateful):
    """A proposal is to be funded with this much, from these pockets, for this buyer."""

    machine = AWARD

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="award")
    run = models.ForeignKey(AllocationRun, models.PROTECT, related_name="awards")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="awards")
    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="awards_bought")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="awards")
    amount_fen = models.BigIntegerField(_("amount"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    activated_at = models.DateTimeField(_("stands since"), null=True, blank=True)
    reason = models.TextField(_("why it ended"), blank=True)
    state = AWARD.field()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            AWARD.check(),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="award_positive"),
        ]

    def __str__(self) -> str:
        return str(self.proposal)


class Share(models.Model):
    """What one pocket gives to one award: every fen remembers where it came from."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="shares")
    position = models.PositiveSmallIntegerField()
    pocket = models.CharField(_("pocket"), max_length=120)
    buyer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="shares"
    )
    pledge = models.ForeignKey(Pledge, models.PROTECT, null=True, blank=True, related_name="shares")
    amount_fen = models.BigIntegerField(_("amount"))

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["award", "pocket"], name="share_pocket_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="share_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.pocket}: {self.amount_fen}"
