"""Notices: what is made public for a period in working days, and objections to it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bidding.calls.models import Call
from bidding.notices.states import OBJECTION, ObjectionState
from bidding.proposals.models import Proposal
from foundation.documents.models import Document
from foundation.states import Stateful


class Notice(models.Model):
    """A public notice: a frozen snapshot, its fingerprint, and its first and last day."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="notices")
    number = models.CharField(_("number"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    body = models.JSONField(encoder=DjangoJSONEncoder)
    sha256 = models.CharField("SHA-256", max_length=64)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    working_days = models.PositiveSmallIntegerField(_("working days"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-published_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="notice_period_forward"
            ),
            models.UniqueConstraint(fields=["call", "sha256"], name="notice_same_content_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The notice's public page."""
        return reverse("notices:notice", args=[self.number])


class Objection(Stateful):
    """A named person's objection to one line of a notice; it stops that award until answered."""

    machine = OBJECTION

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="objections")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=80, blank=True)
    contact = models.CharField(_("phone or e-mail"), max_length=120, blank=True)
    text = models.TextField(_("what is wrong, and what shows it"))
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    filed_at = models.DateTimeField(_("filed"))
    known_on = models.DateField(_("when they learned of it"), null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="objections_assigned"
    )
    answer_due_on = models.DateField(_("to be answered by"), null=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    complaint = models.TextField(_("complaint"), blank=True)
    complained_at = models.DateTimeField(_("complained"), null=True)
    decision_due_on = models.DateField(_("to be decided by"), null=True)
    decision = models.TextField(_("decision"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    state = OBJECTION.field()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["filed_at"]
        constraints = [
            OBJECTION.check(),
            models.CheckConstraint(
                condition=Q(state="filed") | (~Q(name="") & ~Q(contact="")),
                name="objection_open_is_named",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("answered_by")),
                name="objection_decided_by_another",
            ),
            models.UniqueConstraint(
                fields=["notice", "proposal", "contact"],
                condition=Q(state="open"),
                name="objection_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice.number} / {self.pk}"

    @property
    def due_on(self) -> dt.date | None:
        """The day by which somebody has to answer, while somebody has to."""
        if self.state == ObjectionState.COMPLAINED:
            return self.decision_due_on
        return self.answer_due_on if self.state == ObjectionState.OPEN else None
