"""Lots at the line: the public draw named beforehand, and the numbers that came."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bidding.evaluation.models import Ranking


class Lottery(models.Model):
    """Which issue of the call's public draw decides, named before it was held; the last counts."""

    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="lotteries")
    source = models.CharField(_("public draw"), max_length=120)
    issue = models.CharField(_("issue"), max_length=40)
    drawn_at = models.DateTimeField(_("held"))
    reason = models.TextField(_("why another issue"), blank=True)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(_("announced"))

    class Meta:
        verbose_name = _("lots at the line")
        verbose_name_plural = _("lots at the line")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn_at__gt=F("announced_at")), name="lottery_announced_before"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.issue}"


class Numbers(models.Model):
    """The numbers that came, as an officer typed them; corrected with a reason, the last counts."""

    lottery = models.ForeignKey(Lottery, models.PROTECT, related_name="numbers")
    numbers = models.CharField(_("numbers"), max_length=120)
    reason = models.TextField(_("why corrected"), blank=True)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    typed_at = models.DateTimeField(_("typed"))

    class Meta:
        verbose_name = _("numbers of a public draw")
        verbose_name_plural = _("numbers of public draws")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(numbers=""), name="numbers_are_there")]

    def __str__(self) -> str:
        return self.numbers
