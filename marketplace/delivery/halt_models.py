"""Notices that a project is to stop: who gave them and why, the proof, and what the others said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.documents.models import Document
from foundation.states import Stateful
from marketplace.delivery.models import Project
from marketplace.delivery.states import HALT


class Side(models.TextChoices):
    """Who may give notice: either party, or the federation that watches over both."""

    PROVIDER = "provider", _("provider")
    BUYER = "buyer", _("buyer")
    FEDERATION = "federation", _("federation")


class Halt(Stateful):
    """One notice that a project is to stop, for a while or for good.

    An officer decides on it. A suspension that is in force is lifted one day, or the project is
    settled; `in_force_on` and `ended_on` say how long it lasted.
    """

    class Kind(models.TextChoices):
        """For a while, or for good."""

        SUSPENSION = "suspension", pgettext_lazy("halt", "suspension")
        TERMINATION = "termination", pgettext_lazy("halt", "termination")

    machine = HALT

    project = models.ForeignKey(Project, models.PROTECT, related_name="halts")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    side = models.CharField(_("given by"), max_length=10, choices=Side.choices)
    reason = models.TextField(_("reason"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    answer_until = models.DateField(_("may be answered until"))
    remark = models.TextField(_("the officer's words"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    in_force_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    accepted_fen = models.BigIntegerField(_("what the work came to"), null=True)
    state = HALT.field()

    class Meta:
        verbose_name = _("notice to stop")
        verbose_name_plural = _("notices to stop")
        ordering = ["-pk"]
        constraints = [
            HALT.check(),
            models.UniqueConstraint(
                fields=["project"], condition=Q(state="given"), name="halt_one_waits"
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(state="in_force"), name="halt_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(kind="suspension") | ~Q(state__in=["in_force", "lifted"]),
                name="halt_only_suspensions_last",
            ),
            models.CheckConstraint(
                condition=Q(kind="suspension")
                | ~Q(state="settled")
                | Q(accepted_fen__isnull=False, accepted_fen__gte=0),
                name="halt_settled_over_a_sum",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="halt_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.project}"


class HaltProof(models.Model):
    """A file that came with a notice."""

    halt = models.ForeignKey(Halt, models.PROTECT, related_name="proofs")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("proof of a notice")
        verbose_name_plural = _("proofs of a notice")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.document)


class HaltWord(models.Model):
    """What another side says to a notice, once."""

    halt = models.ForeignKey(Halt, models.PROTECT, related_name="words")
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    agrees = models.BooleanField(_("agrees"))
    text = models.TextField(_("answer"), blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer to a notice")
        verbose_name_plural = _("answers to a notice")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["halt", "side"], name="halt_side_answers_once"),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(text=""), name="halt_no_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.halt}"
