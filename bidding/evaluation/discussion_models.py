"""A panel's discussion: what is discussed and why, what is said, what a judge revises."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.evaluation.models import Panel, Seat, Sheet
from bidding.evaluation.states import DISCUSSION, DiscussionState
from bidding.proposals.models import Proposal
from foundation.states import Stateful


class Discussion(Stateful):
    """The window in which a panel whose sheets are all final talks about named proposals."""

    machine = DISCUSSION

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="discussions")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    closes_at = models.DateTimeField(_("closes"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    state = DISCUSSION.field()

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        ordering = ["pk"]
        constraints = [
            DISCUSSION.check(),
            models.UniqueConstraint(
                fields=["panel"],
                condition=~Q(state=DiscussionState.DROPPED),
                name="discussion_once",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="discussion_has_length"
            ),
        ]

    def __str__(self) -> str:
        return str(self.panel)


class Discussed(models.Model):
    """A proposal the panel discusses, and why: by a rule of the call, or named by an officer."""

    class Why(models.TextChoices):
        """What brought it up."""

        SPREAD = "spread", _("its judges differ by as much as the call names")
        LINE = "line", _("its interval crosses the line where its lot's money ends")
        NAMED = "named", _("an officer named it")

    discussion = models.ForeignKey(Discussion, models.PROTECT, related_name="items")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="discussed")
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("proposal discussed")
        verbose_name_plural = _("proposals discussed")
        ordering = ["proposal__serial"]
        constraints = [
            models.UniqueConstraint(fields=["discussion", "proposal"], name="discussed_once"),
            models.CheckConstraint(
                condition=~Q(why="named") | ~Q(reason=""), name="discussed_named_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal)

    def get_absolute_url(self) -> str:
        """Where its judges discuss it."""
        return reverse("evaluation:add_minute", args=[self.pk])


class Minute(models.Model):
    """What was said of a proposal, put down by one of its judges; never changed."""

    item = models.ForeignKey(Discussed, models.PROTECT, related_name="minutes")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="minutes")
    words = models.TextField(_("what was said in the discussion"))
    said_at = models.DateTimeField(_("put down"))

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="minute_says_something")]

    def __str__(self) -> str:
        return self.words[:60]


class Revision(models.Model):
    """What a judge gave before and after a discussion, by place of the criterion, and why."""

    item = models.ForeignKey(Discussed, models.PROTECT, related_name="revisions")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="revisions")
    before = models.JSONField(_("before"), encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), encoder=DjangoJSONEncoder)
    reason = models.TextField(_("reason"))
    made_at = models.DateTimeField(_("revised"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="revision_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.before} → {self.after}"
