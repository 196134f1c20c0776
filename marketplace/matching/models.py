"""Matching: buyers' interest and pledges, and the computation that shares the money out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.proposals.models import Proposal
from foundation.money import yuan
from foundation.organisations.models import Organisation
from foundation.states import Stateful
from marketplace.ledger.models import Fund
from marketplace.matching.states import PLEDGE, RUN


class Interest(models.Model):
    """A buyer wants to talk about a proposal."""

    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="interests")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="interests")
    note = models.CharField(_("note"), max_length=300, blank=True)
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        constraints = [models.UniqueConstraint(fields=["buyer", "proposal"], name="interest_once")]

    def __str__(self) -> str:
        return f"{self.buyer} → {self.proposal_id}"


class Money(models.TextChoices):
    """Which of a buyer's two purses a pledge draws on."""

    ALLOCATED = "allocated", _("allocated budget")
    OWN = "own", _("our own money")


class Pledge(Stateful):
    """A buyer promises money for a proposal."""

    machine = PLEDGE

    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="pledges")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="pledges")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="pledges")
    money = models.CharField(_("which money"), max_length=10, choices=Money.choices)
    amount_fen = models.BigIntegerField(_("amount"))
    promised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    promised_at = models.DateTimeField()
    state = PLEDGE.field()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints = [
            PLEDGE.check(),
            models.UniqueConstraint(
                fields=["buyer", "proposal", "money"],
                condition=Q(state="promised"),
                name="pledge_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="pledge_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.buyer} → {self.proposal_id}: {self.amount_fen}"


class AllocationRun(Stateful):
    """One reproducible computation: frozen inputs, a policy, and what came out."""

    machine = RUN

    call = models.ForeignKey(Call, models.PROTECT, related_name="runs")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="runs")
    policy = models.CharField(_("policy"), max_length=20)
    inputs = models.JSONField(encoder=DjangoJSONEncoder)
    result = models.JSONField(encoder=DjangoJSONEncoder)
    sha256 = models.CharField("SHA-256", max_length=64)
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    computed_at = models.DateTimeField()
    state = RUN.field()

    class Meta:
        verbose_name = _("allocation run")
        verbose_name_plural = _("allocation runs")
        ordering = ["-pk"]
        constraints = [
            RUN.check(),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="confirmed"), name="run_one_confirmed_per_call"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.number} / {self.policy} / {self.pk}"


class Reason(models.TextChoices):
    """Which limit left a proposal without money."""

    CEILING = "ceiling", _("the ceiling for one proposal")
    LOT = "lot", _("what was left of the lot")
    MONEY = "money", _("the money that could be had")


WHY_NOT: dict[str, Any] = {
    Reason.CEILING: _(
        "One proposal of this lot may get at most %(have)s; it accepts no less than %(needed)s."
    ),
    Reason.LOT: _(
        "When its turn came, %(have)s were left in the lot; it accepts no less than %(needed)s."
    ),
    Reason.MONEY: _(
        "When its turn came, promises and seed money together made %(have)s; it accepts no less "
        "than %(needed)s."
    ),
}


class Match(models.Model):
    """One proposal–pocket–money line of a run; a refused proposal has a line without money."""

    run = models.ForeignKey(AllocationRun, models.CASCADE, related_name="matches")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="matches")
    buyer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="matches"
    )
    pledge = models.ForeignKey(
        Pledge, models.PROTECT, null=True, blank=True, related_name="matches"
    )
    pocket = models.CharField(_("pocket"), max_length=120, blank=True)
    amount_fen = models.BigIntegerField(_("amount"), default=0)
    reason = models.CharField(_("why not"), max_length=10, choices=Reason.choices, blank=True)
    have_fen = models.BigIntegerField(_("could be had"), default=0)
    needed_fen = models.BigIntegerField(_("at least needed"), default=0)

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen=0, pocket="") | (Q(amount_fen__gt=0) & ~Q(pocket="")),
                name="match_money_has_pocket",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0) | ~Q(reason=""), name="match_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.amount_fen}"

    @property
    def why_not(self) -> str:
        """The refusal as a sentence with its numbers, for the people who lost."""
        if not self.reason:
            return ""
        return str(WHY_NOT[self.reason]) % {
            "have": yuan(self.have_fen),
            "needed": yuan(self.needed_fen),
        }
