"""Collecting answers: how many are wanted from where, and tables of paper that are brought in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.needs.industries import INDUSTRIES, name_of
from bidding.needs.models import Survey
from bidding.needs.states import INTAKE
from foundation.documents.models import Document
from foundation.face.values import own_words
from foundation.organisations.models import District, Union
from foundation.states import Stateful


class Quota(models.Model):
    """How many answers are wanted from one union, district or industry; perhaps no more."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="quotas")
    union = models.ForeignKey(
        Union, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("union")
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("where")
    )
    industry = models.CharField(
        _("industry"), max_length=1, blank=True, choices=[("", "—"), *INDUSTRIES]
    )
    wanted = models.PositiveIntegerField(_("answers wanted"))
    is_cap = models.BooleanField(_("and no more than that"), default=False)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        constraints = [
            models.UniqueConstraint(fields=["survey", "union"], name="quota_once_a_union"),
            models.UniqueConstraint(fields=["survey", "district"], name="quota_once_a_district"),
            models.UniqueConstraint(
                fields=["survey", "industry"],
                condition=~Q(industry=""),
                name="quota_once_an_industry",
            ),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="quota_of_at_least_one"),
            models.CheckConstraint(
                condition=Q(union__isnull=False, district=None, industry="")
                | Q(union=None, district__isnull=False, industry="")
                | (Q(union=None, district=None) & ~Q(industry="")),
                name="quota_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        if self.union is not None:
            return str(self.union)
        return own_words(self.district, "name") if self.district else name_of(self.industry)


class Intake(Stateful):
    """One table of answers that is brought in, batch by batch; a killed worker goes on with it."""

    machine = INTAKE

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="intakes")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("handed in"))
    rows_done = models.PositiveIntegerField(_("rows read"), default=0)
    share_done = models.PositiveSmallIntegerField(_("percent read"), default=0)
    accepted = models.PositiveIntegerField(_("taken in"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    done_at = models.DateTimeField(_("done"), null=True)
    fault = models.CharField(_("why it was broken off"), max_length=300, blank=True)
    state = INTAKE.field()

    class Meta:
        verbose_name = _("table of answers")
        verbose_name_plural = _("tables of answers")
        constraints = [
            INTAKE.check(),
            models.CheckConstraint(
                condition=Q(rows_done=models.F("accepted") + models.F("refused")),
                name="intake_rows_add_up",
            ),
        ]

    def __str__(self) -> str:
        return self.document.name


class RefusedRow(models.Model):
    """One row that could not be taken in: its line, why, and its cells to mend."""

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField(_("line"))
    reason = models.CharField(_("why"), max_length=300)
    cells = models.JSONField(_("cells"))

    class Meta:
        verbose_name = _("refused row")
        verbose_name_plural = _("refused rows")
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "line"], name="refused_row_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.reason}"
