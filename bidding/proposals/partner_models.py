"""Organisations asked to stand beside the one that offers; each says itself whether it does."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.proposals.models import Proposal
from bidding.proposals.states import PARTNER, PartnerState
from foundation.organisations.models import Organisation
from foundation.states import Stateful


class Partner(Stateful):
    """One organisation in another's proposal. What it is to do there is in the sealed draft and
    stands here (`task`) from the opening on; that it was asked, and what it said, stands here.

    An answer outlives being taken out or asked anew only if it was a yes: an envelope handed in
    before may name the partner still, and a no must not be undone by whoever asks.
    """

    machine = PARTNER

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships")
    task = models.CharField(_("what it does in the project"), max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True)
    state = PARTNER.field()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["pk"]
        constraints = [
            PARTNER.check(),
            models.UniqueConstraint(fields=["proposal", "organisation"], name="partner_asked_once"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def has_answered(self) -> bool:
        """Has it answered what it is asked now?"""
        return self.state in (PartnerState.CONFIRMED, PartnerState.REFUSED)

    def without_a_no(self) -> dict[str, Any]:
        """The answer's columns as they go on when it is taken out, or asked again."""
        if self.state == PartnerState.REFUSED:
            return {"answered_by": None, "answered_at": None}
        return {}

    def get_absolute_url(self) -> str:
        """Where the asked organisation answers."""
        return reverse("proposals:partner", args=[self.pk])
