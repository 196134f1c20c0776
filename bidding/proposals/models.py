"""Proposals: what an organisation drafts, and the sealed envelopes it hands in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bidding.calls.models import Call, Lot
from bidding.needs.models import Need
from bidding.proposals.states import PROPOSAL, SEALED
from foundation.documents.models import Document
from foundation.organisations.models import District, Organisation
from foundation.states import Stateful

NOTHING: dict[str, Any] = {
    "title": "",
    "summary": "",
    "audience": "",
    "headcount": None,
    "starts_on": None,
    "ends_on": None,
    "goals": "",
    "plan": "",
    "risks": "",
    "sustainability": "",
    "special": {},
    "least_fen": None,
}
"""What the columns of an offer hold while it is sealed."""


class Proposal(Stateful):
    """What an organisation offers to a lot; nobody outside it reads it before the opening.

    Until then the offer is `sealed`: ciphertext under a key only the organisation's own key opens
    (see `drafts`), and its columns and rows hold nothing. The opening writes them.
    """

    machine = PROPOSAL

    call = models.ForeignKey(Call, models.PROTECT, related_name="proposals")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="proposals", verbose_name=_("lot"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals")
    sealed = models.BinaryField(default=b"")
    sealed_key = models.BinaryField(default=b"")
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.TextField(_("in a few words"), blank=True)
    needs = models.ManyToManyField(
        Need, related_name="proposals", blank=True, verbose_name=_("needs it answers")
    )
    audience = models.CharField(_("whom it serves"), max_length=200, blank=True)
    headcount = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    districts = models.ManyToManyField(
        District, related_name="proposals", blank=True, verbose_name=_("where")
    )
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    goals = models.TextField(_("goals and how they are measured"), blank=True)
    plan = models.TextField(_("activities"), blank=True)
    risks = models.TextField(_("risks and what is done about them"), blank=True)
    sustainability = models.TextField(_("what stays when the money ends"), blank=True)
    special = models.JSONField(_("what the category asks beyond"), default=dict, blank=True)
    least_fen = models.BigIntegerField(_("least acceptable"), null=True, blank=True)
    serial = models.CharField(_("number in the call"), max_length=6)
    revision = models.PositiveIntegerField(default=1)
    section_revisions = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    state = PROPOSAL.field()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            PROPOSAL.check(),
            models.UniqueConstraint(
                fields=["call", "organisation"], name="proposal_one_per_organisation"
            ),
            models.UniqueConstraint(fields=["call", "serial"], name="proposal_serial_once"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lt=F("ends_on")),
                name="proposal_begins_before_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(SEALED)) | Q(**NOTHING),
                name="proposal_sealed_tells_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name_on_trail

    @property
    def name_on_trail(self) -> str:
        """What the trail calls it: never its title, which may still be sealed."""
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        """Its page on the desk (what a reader may see there depends on who they are)."""
        return reverse("proposals:proposal", args=[self.pk])


class TeamMember(models.Model):
    """Somebody who will do the work."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="team")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    duty = models.CharField(_("duty"), max_length=80)
    certificate = models.CharField(_("certificate"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class BudgetGroup(models.TextChoices):
    """What a line of the budget is for."""

    ACTIVITY = "activity", _("activities")
    MANAGEMENT = "management", _("management")
    TAX = "tax", _("tax")


class Source(models.TextChoices):
    """Whose money a line of the budget asks for."""

    SEED = "seed", _("seed fund")
    BUYER = "buyer", _("union buyers")
    OWN = "own", _("the organisation's own")


class BudgetLine(models.Model):
    """One line of the budget; its amount is computed, never typed."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="budget")
    position = models.PositiveSmallIntegerField(_("position"))
    group = models.CharField(_("group"), max_length=20, choices=BudgetGroup.choices)
    item = models.CharField(_("item"), max_length=120)
    unit = models.CharField(_("unit"), max_length=20)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_price_fen = models.BigIntegerField(_("price of one"))
    source = models.CharField(
        _("paid from"), max_length=20, choices=Source.choices, default=Source.SEED
    )

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_price_fen__gt=0), name="budget_line_positive"
            )
        ]

    def __str__(self) -> str:
        return self.item

    @property
    def amount_fen(self) -> int:
        """Quantity × price, in fen."""
        return self.quantity * self.unit_price_fen


class PlannedMilestone(models.Model):
    """What the organisation promises to have done by a day."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=120)
    due_on = models.DateField(_("to be done by"))
    measure = models.CharField(_("how one sees it is done"), max_length=200)

    class Meta:
        verbose_name = _("planned milestone")
        verbose_name_plural = _("planned milestones")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Attachment(models.Model):
    """A document that belongs to a proposal and is as sealed as it is."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    label = models.CharField(_("what it is"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.label


class Submission(models.Model):
    """One envelope handed in: exactly what it held, when, and its receipt. Never changed.

    What it held is `sealed` under a key that is kept twice: for the organisation and for the
    call. The fingerprint covers a salt as well, so that it betrays nothing to who guesses.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="submissions")
    version = models.PositiveSmallIntegerField(_("version"))
    receipt = models.CharField(_("receipt number"), max_length=40, unique=True)
    revision = models.PositiveIntegerField(_("revision of the draft it was made from"))
    sealed = models.BinaryField(default=b"")
    key_for_organisation = models.BinaryField(default=b"")
    key_for_call = models.BinaryField(default=b"")
    sha256 = models.CharField("SHA-256", max_length=64)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("handed in"))

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "version"], name="submission_version_once")
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def content(self) -> dict[str, Any]:
        """What it held, once it is open (OpenedContent.DoesNotExist before)."""
        content: dict[str, Any] = self.opened.content
        return content


class OpenedContent(models.Model):
    """What an envelope held, from its opening on. Never changed."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="opened")
    content = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("opened envelope")
        verbose_name_plural = _("opened envelopes")

    def __str__(self) -> str:
        return str(self.submission)
