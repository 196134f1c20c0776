"""Honoraria: what judges of a call are owed, how it was corrected, and when it was paid."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.evaluation.models import Expert
from foundation.states import Stateful
from marketplace.honoraria.states import HONORARIA


class HonorariaList(Stateful):
    """What all judges of one call are owed; drawn up once, when its panel is closed."""

    machine = HONORARIA

    call = models.OneToOneField(Call, models.PROTECT, related_name="honoraria")
    sheet_fee_fen = models.PositiveIntegerField(_("for each final sheet"))
    half_day_fee_fen = models.PositiveIntegerField(_("for half a day at the roadshow"))
    drawn_up_at = models.DateTimeField(_("drawn up"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    returned_because = models.TextField(_("why it was given back"), blank=True)
    state = HONORARIA.field()

    class Meta:
        verbose_name = _("list of honoraria")
        verbose_name_plural = _("lists of honoraria")
        ordering = ["-drawn_up_at", "-pk"]
        constraints = [
            HONORARIA.check(),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("approved_by")), name="honoraria_two_look"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(confirmed_by__isnull=False, approved_by__isnull=False),
                name="honoraria_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.call)

    def get_absolute_url(self) -> str:
        """The officers' page of it."""
        return reverse("honoraria:sheet", args=[self.call.number])

    @cached_property
    def people_on_it(self) -> frozenset[int]:
        """Who is on it, by account: nobody stands for their own sum."""
        return frozenset(self.rows.values_list("expert__person", flat=True))


class Honorarium(models.Model):
    """What one judge is owed for one call, gross, and when it was paid."""

    list = models.ForeignKey(HonorariaList, models.PROTECT, related_name="rows")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="honoraria")
    sheets = models.PositiveSmallIntegerField(_("final sheets"))
    half_days = models.PositiveSmallIntegerField(_("half days on stage"))
    of_the_house = models.BooleanField(_("works for the federation"), default=False)
    computed_fen = models.PositiveIntegerField(_("worked out"))
    amount_fen = models.PositiveIntegerField(_("due"))
    paid_on = models.DateField(_("paid on"), null=True)
    reference = models.CharField(_("reference of the payment"), max_length=60, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("honorarium")
        verbose_name_plural = _("honoraria")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "expert"], name="honorarium_once"),
            models.CheckConstraint(
                condition=Q(of_the_house=False) | Q(computed_fen=0),
                name="honorarium_none_for_the_house",
            ),
            models.CheckConstraint(
                condition=Q(paid_on=None, reference="", paid_by=None)
                | (
                    Q(paid_on__isnull=False, paid_by__isnull=False, amount_fen__gt=0)
                    & ~Q(reference="")
                ),
                name="honorarium_paid_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert}: {self.list}"


class Correction(models.Model):
    """Another sum than the one worked out, and why. Never changed."""

    honorarium = models.ForeignKey(Honorarium, models.PROTECT, related_name="corrections")
    before_fen = models.PositiveIntegerField()
    after_fen = models.PositiveIntegerField()
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("corrected"))

    class Meta:
        verbose_name = _("correction of an honorarium")
        verbose_name_plural = _("corrections of honoraria")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(
                condition=~Q(before_fen=F("after_fen")), name="correction_changes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_fen} → {self.after_fen}"
