"""What is kept for report pages: frozen facts, drawings, and the paper of each publication."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from foundation.documents.models import Document


class FrozenFact(models.Model):
    """What one block of a page said when the page was published; written by publishing only."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    block = models.UUIDField(_("block"))
    fact = models.JSONField(_("fact"), encoder=DjangoJSONEncoder)
    digest = models.CharField("SHA-256", max_length=64)
    frozen_at = models.DateTimeField(_("frozen"))

    class Meta:
        verbose_name = _("frozen fact")
        verbose_name_plural = _("frozen facts")
        constraints = [
            models.UniqueConstraint(fields=["page", "block"], name="frozen_fact_once_a_block")
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class Drawing(models.Model):
    """A chart as it was drawn, known by its data, its language and the way of drawing."""

    digest = models.CharField("SHA-256", max_length=64)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    style = models.CharField(max_length=16)
    markup = models.TextField()
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("drawing")
        verbose_name_plural = _("drawings")
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "language", "kind", "style"], name="drawing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:12]} {self.language}"


class ReportPaper(models.Model):
    """A publication on paper: one PDF for each revision that went out."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    revision = models.PositiveBigIntegerField(_("revision"))
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report on paper")
        verbose_name_plural = _("reports on paper")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "revision"], name="report_paper_once_a_revision"
            )
        ]

    def __str__(self) -> str:
        return str(self.document)
