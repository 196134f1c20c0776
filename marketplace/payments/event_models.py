"""Stripe's news, kept exactly as they came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.states import Stateful
from marketplace.payments.states import EVENT


class StripeEvent(Stateful):
    """One piece of Stripe's news, kept exactly as it came; worked off in any order."""

    machine = EVENT

    number = models.CharField(_("Stripe's number"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=80)
    body = models.TextField(_("as it came"))
    happened_at = models.DateTimeField(_("happened"))
    received_at = models.DateTimeField(_("received"))
    done_at = models.DateTimeField(_("worked off"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.CharField(_("why it waits"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = EVENT.field()

    class Meta:
        verbose_name = _("event of Stripe's")
        verbose_name_plural = _("events of Stripe's")
        ordering = ["-pk"]
        constraints = [
            EVENT.check(),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(note=""), name="event_set_aside_with_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
