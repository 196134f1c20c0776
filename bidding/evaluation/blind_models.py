"""Judging without names: what judges read in place of a proposal, and words officers hid."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.evaluation.models import Panel
from bidding.proposals.models import Proposal


class BlindCopy(models.Model):
    """A proposal as the judges of a blind call read it, and the number they know it by.

    Made when the scoring begins; the numbers are drawn by lot and by nothing anybody can compute
    again, since receipts, whose order is public, name who handed in.
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="blind_copies")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="blind_copy")
    number = models.PositiveSmallIntegerField(_("number for the judges"))
    texts = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("blind copy")
        verbose_name_plural = _("blind copies")
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="blind_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="blind_number_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class HiddenWord(models.Model):
    """Something an officer had hidden in one proposal beside what is hidden by itself."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="hidden_words")
    word = models.CharField(_("word"), max_length=80)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField(_("hidden"))

    class Meta:
        verbose_name = _("hidden word")
        verbose_name_plural = _("hidden words")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "word"], name="hidden_word_once"),
            models.CheckConstraint(condition=~Q(word=""), name="hidden_word_says_something"),
        ]

    def __str__(self) -> str:
        return self.word
