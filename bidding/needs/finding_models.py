"""What makes figures of answers: known totals of workers, and the figures once published."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.needs.models import Survey


class KnownTotals(models.Model):
    """How many workers there are by district, industry, type of union or the answer to a question.

    `margin` names what the totals are by: "district", "industry", "union" or a question's code;
    `groups` are [[codes], workers]: levels that share one total stand together.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="totals")
    margin = models.CharField(_("totals by"), max_length=40)
    groups = models.JSONField(_("totals"))
    source = models.CharField(_("where the numbers come from"), max_length=200)
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)
    dated_on = models.DateField(_("the numbers' date"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("known totals")
        verbose_name_plural = _("known totals")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "margin"], name="totals_once_a_margin"),
            models.CheckConstraint(condition=~Q(source=""), name="totals_name_their_source"),
        ]

    def __str__(self) -> str:
        return self.margin


class Findings(models.Model):
    """A survey's figures as they were published: how they were made, and what came out.

    `record` holds everything that is needed to make them again from the sheets, `figures` every
    figure (cells too small to show are not in it), `frame` the sheets as numbers, `microdata` the
    open file. Written once.
    """

    survey = models.OneToOneField(Survey, models.PROTECT, related_name="findings")
    made_at = models.DateTimeField(_("made"))
    method = models.CharField(_("version of the method"), max_length=40)
    sheets = models.PositiveIntegerField(_("sheets"))
    rounds = models.PositiveIntegerField(_("rounds of weighing"))
    effective = models.FloatField(_("effective number of answers"))
    weights_sha256 = models.CharField(_("fingerprint of the weights"), max_length=64)
    figures_sha256 = models.CharField(_("fingerprint of the figures"), max_length=64)
    record = models.JSONField(_("how they were made"))
    figures = models.JSONField(_("figures"))
    frame = models.BinaryField(_("sheets as numbers"))
    release = models.JSONField(_("what the open file holds"))
    microdata = models.BinaryField(_("open file"))

    class Meta:
        verbose_name = _("published figures")
        verbose_name_plural = _("published figures")

    def __str__(self) -> str:
        return self.figures_sha256[:12]
