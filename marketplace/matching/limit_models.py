"""What binds a sharing beside its lots: groups' floors and ceilings, proposals that exclude each
other; and what a refused proposal lacked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.needs.models import Category
from bidding.proposals.models import Proposal
from foundation.organisations.models import District, Organisation
from marketplace.matching.models import AllocationRun, RunFault


class GroupLimit(models.Model):
    """All proposals of a category, of a district or by an organisation together get at least so
    much, or at most."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="group_limits")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    floor_fen = models.BigIntegerField(_("at least"), default=0)
    ceiling_fen = models.BigIntegerField(_("at most"), null=True, blank=True)

    class Meta:
        verbose_name = _("limit of a group")
        verbose_name_plural = _("limits of groups")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__isnull=False, district=None, organisation=None)
                | Q(category=None, district__isnull=False, organisation=None)
                | Q(category=None, district=None, organisation__isnull=False),
                name="group_limit_of_one_group",
            ),
            models.CheckConstraint(
                condition=Q(floor_fen__gte=0)
                & (
                    Q(ceiling_fen=None, floor_fen__gt=0)
                    | Q(ceiling_fen__gte=F("floor_fen"), ceiling_fen__isnull=False)
                ),
                name="group_limit_floor_below_ceiling",
            ),
            *(
                models.UniqueConstraint(fields=["call", kind], name=f"group_limit_once_a_{kind}")
                for kind in ("category", "district", "organisation")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.group}"

    @property
    def subject(self) -> Any:
        """The category, the district or the organisation."""
        return self.category or self.district or self.organisation

    @property
    def group(self) -> str:
        """The group as a problem names it."""
        if self.category_id:
            return f"category:{self.category_id}"
        if self.district_id:
            return f"district:{self.district_id}"
        return f"organisation:{self.organisation_id}"


class Exclusion(models.Model):
    """Of two proposals one at most is funded; the reason is on record."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="exclusions")
    first = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    second = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="exclusion_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="exclusion_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"


class Ground(models.Model):
    """Why a run refused a proposal, worked out by solving again with it forced in."""

    run = models.ForeignKey(AllocationRun, models.PROTECT, related_name="grounds")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="grounds")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    fault = models.CharField(max_length=10, choices=RunFault.choices, blank=True)

    class Meta:
        verbose_name = _("ground of a refusal")
        verbose_name_plural = _("grounds of refusals")
        constraints = [
            models.UniqueConstraint(fields=["run", "proposal"], name="ground_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.proposal_id}"
