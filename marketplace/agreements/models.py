"""Agreements: the contract, who signs it, and the tranches its money comes in."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.documents.models import Document
from foundation.organisations.models import Organisation
from foundation.states import Stateful
from marketplace.agreements.states import AGREEMENT, TRANCHE
from marketplace.awards.models import Award


class Agreement(Stateful):
    """What buyer and organisation sign: frozen terms, a PDF, and its fingerprint."""

    machine = AGREEMENT

    award = models.OneToOneField(Award, models.PROTECT, related_name="agreement")
    number = models.CharField(_("number"), max_length=30, unique=True)
    title = models.CharField(_("title"), max_length=160)
    terms = models.JSONField(encoder=DjangoJSONEncoder)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    amount_fen = models.BigIntegerField(_("amount"))
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))
    drawn_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    sign_until = models.DateField(_("to be signed by"), null=True, blank=True)
    signed_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    state = AGREEMENT.field()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            AGREEMENT.check(),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="agreement_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Party(models.Model):
    """One side of an agreement and its signature."""

    class Side(models.TextChoices):
        """Buyer or provider."""

        BUYER = "buyer", _("buyer")
        PROVIDER = "provider", _("provider")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_name = models.CharField(_("signed as"), max_length=80, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    refused_reason = models.CharField(_("why it was refused"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "side"], name="party_side_once"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="party_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.organisation}"


class Gate(models.TextChoices):
    """What has to happen before a tranche is owed."""

    SIGNING = "signing", _("signing")
    MIDTERM = "midterm", _("mid-term accepted")
    FINAL = "final", _("final accepted")


class Tranche(Stateful):
    """A part of the money, as an amount, owed when its gate is passed."""

    machine = TRANCHE

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="tranches")
    position = models.PositiveSmallIntegerField(_("tranche"))
    gate = models.CharField(_("owed after"), max_length=10, choices=Gate.choices)
    amount_fen = models.BigIntegerField(_("amount"))
    spent_fen = models.BigIntegerField(_("owed in the end"), default=0)
    state = TRANCHE.field()

    class Meta:
        verbose_name = _("tranche")
        verbose_name_plural = _("tranches")
        ordering = ["position"]
        constraints = [
            TRANCHE.check(),
            models.UniqueConstraint(fields=["agreement", "position"], name="tranche_position_once"),
            models.UniqueConstraint(fields=["agreement", "gate"], name="tranche_gate_once"),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, spent_fen__gte=0)
                & Q(spent_fen__lte=models.F("amount_fen")),
                name="tranche_within_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.get_gate_display()}"
