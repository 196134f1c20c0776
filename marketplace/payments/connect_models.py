"""Organisations' own accounts at Stripe, to which their payments can be transferred."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.organisations.models import Organisation
from foundation.states import Stateful
from marketplace.payments.states import CONNECTED


class ConnectedAccount(Stateful):
    """One organisation's account at Stripe; `number` is Stripe's of it."""

    machine = CONNECTED

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="connected_account"
    )
    number = models.CharField(_("Stripe's number"), max_length=80, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    told_at = models.DateTimeField(_("last heard of"), null=True)
    state = CONNECTED.field()

    class Meta:
        verbose_name = _("account at Stripe")
        verbose_name_plural = _("accounts at Stripe")
        constraints = [
            CONNECTED.check(),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="connected_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="started", number="") | (~Q(state="started") & ~Q(number="")),
                name="connected_has_number",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.reference

    @property
    def reference(self) -> str:
        """How Stripe is told whose account it is."""
        return f"account:{self.pk}"
