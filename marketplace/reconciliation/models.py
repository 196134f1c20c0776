"""A comparison with the outside, and the differences it found, each kept until it is settled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from foundation.states import Stateful
from marketplace.reconciliation.states import DIFFERENCE, RECONCILIATION


class Side(models.TextChoices):
    """With whom our rows are compared."""

    STRIPE = "stripe", _("Stripe")
    BANK = "bank", _("the bank")
    BOOK = "book", _("the book")


class Reconciliation(Stateful):
    """One comparison of everything that crossed the border: when, for whom, what came out."""

    machine = RECONCILIATION

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked for"))
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(_("compared"), null=True)
    results = models.JSONField(_("results"), default=dict, encoder=DjangoJSONEncoder)
    fresh = models.PositiveIntegerField(_("new or back"), default=0)
    gone = models.PositiveIntegerField(_("no longer there"), default=0)
    left = models.PositiveIntegerField(_("open"), default=0)
    state = RECONCILIATION.field()

    class Meta:
        verbose_name = _("comparison with Stripe and the bank")
        verbose_name_plural = _("comparisons with Stripe and the bank")
        ordering = ["-pk"]
        constraints = [
            RECONCILIATION.check(),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="wanted"), name="reconciliation_one_wanted"
            ),
            models.CheckConstraint(
                condition=Q(state="wanted", done_at=None)
                | Q(state="agreed", left=0, done_at__isnull=False)
                | Q(state="differing", left__gt=0, done_at__isnull=False),
                name="reconciliation_says_what_it_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{localtime(self.asked_at):%Y-%m-%d %H:%M}"

    @property
    def tone(self) -> str:
        """How its result is badged."""
        return {"agreed": "good", "differing": "warn"}.get(self.state, "quiet")


class Difference(Stateful):
    """One thing the two sides say differently; `key` tells it from every other, for ever.

    `standing` says whether the last comparison that could see it saw it; `about_type` and
    `about_id` name the row of ours it is about, where there is one, as the trail does.
    """

    machine = DIFFERENCE

    key = models.CharField(max_length=160, unique=True)
    side = models.CharField(_("compared with"), max_length=10, choices=Side.choices)
    kind = models.CharField(_("kind"), max_length=30)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    ours_fen = models.BigIntegerField(_("here"), null=True)
    theirs_fen = models.BigIntegerField(_("there"), null=True)
    happened_on = models.DateField(_("happened"), null=True)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    found_at = models.DateTimeField(_("found"))
    found_in = models.ForeignKey(Reconciliation, models.PROTECT, related_name="found")
    seen_in = models.ForeignKey(Reconciliation, models.PROTECT, related_name="seen")
    standing = models.BooleanField(_("still there"), default=True)
    times = models.PositiveSmallIntegerField(_("times opened"), default=1)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(_("how it is explained"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("settled"), null=True)
    closed_in = models.ForeignKey(Reconciliation, models.PROTECT, null=True, related_name="closed")
    closed_by = models.CharField(_("what closed it"), max_length=200, blank=True)
    state = DIFFERENCE.field()

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["-pk"]
        constraints = [
            DIFFERENCE.check(),
            models.CheckConstraint(
                condition=Q(side__in=["stripe", "bank", "book"]), name="difference_side_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", standing=True, closed_at=None)
                | Q(state="resolved", resolved_by__isnull=False, closed_at__isnull=False)
                & ~Q(reason="")
                | Q(state="gone", standing=False, closed_in__isnull=False, closed_at__isnull=False),
                name="difference_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def tone(self) -> str:
        """How its state is badged."""
        return {"open": "warn", "resolved": "info"}.get(self.state, "quiet")

    @property
    def gap_fen(self) -> int:
        """How much lies between the two sides."""
        return (self.theirs_fen or 0) - (self.ours_fen or 0)

    @property
    def day(self) -> dt.date | None:
        """When what it is about happened, or was promised to be there."""
        return self.happened_on

    @property
    def said(self) -> dict[str, Any]:
        """What the sentence about it is filled with."""
        return dict(self.facts)
