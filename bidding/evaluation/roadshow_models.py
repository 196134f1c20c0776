"""Roadshows: proposals on a stage one after another, and what each judge gives them there."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call, Criterion, Lot
from bidding.evaluation.models import Seat
from bidding.evaluation.running_order import Rhythm
from bidding.evaluation.states import LIVE_SHEET, ROADSHOW, TURN, TurnState
from bidding.proposals.models import Proposal
from foundation.states import Stateful

LONGEST = 240
"""Minutes that a part of a roadshow lasts at most."""


class Roadshow(Stateful):
    """One stage: a whole call's proposals, or those of one lot, at a place and a time.

    Who has its `key` may watch the board: the hall's projector needs no account.
    """

    machine = ROADSHOW

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="roadshows")
    lot = models.ForeignKey(
        Lot, models.PROTECT, null=True, blank=True, related_name="roadshows", verbose_name=_("lot")
    )
    place = models.CharField(_("venue"), max_length=120)
    begins_at = models.DateTimeField(_("begins"))
    talk_minutes = models.PositiveSmallIntegerField(_("minutes to talk"), default=8)
    questions_minutes = models.PositiveSmallIntegerField(_("minutes for questions"), default=5)
    break_minutes = models.PositiveSmallIntegerField(_("minutes between turns"), default=2)
    rest_after = models.PositiveSmallIntegerField(_("a rest after so many turns"), default=0)
    rest_minutes = models.PositiveSmallIntegerField(_("minutes of the rest"), default=0)
    seed = models.CharField(_("seed"), max_length=64)
    order_reason = models.TextField(_("why the order was set"), blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    state = ROADSHOW.field()

    class Meta:
        verbose_name = _("roadshow")
        verbose_name_plural = _("roadshows")
        ordering = ["begins_at", "pk"]
        constraints = [
            ROADSHOW.check(),
            models.UniqueConstraint(
                fields=["call"], condition=Q(lot=None), name="roadshow_call_once"
            ),
            models.UniqueConstraint(
                fields=["lot"], condition=Q(lot__isnull=False), name="roadshow_lot_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    talk_minutes__range=(1, LONGEST),
                    questions_minutes__lte=LONGEST,
                    break_minutes__lte=LONGEST,
                    rest_minutes__lte=LONGEST,
                ),
                name="roadshow_minutes_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.lot.category}" if self.lot else str(self.call)

    def get_absolute_url(self) -> str:
        """The officer's page of it."""
        return reverse("evaluation:roadshow", args=[self.pk])

    @property
    def rhythm(self) -> Rhythm:
        """How its time is cut."""
        return Rhythm(
            talk=self.talk_minutes,
            questions=self.questions_minutes,
            between=self.break_minutes,
            rest_after=self.rest_after,
            rest=self.rest_minutes,
        )


class Turn(Stateful):
    """One proposal's time on a stage; a proposal has one turn, wherever it is."""

    machine = TURN

    roadshow = models.ForeignKey(Roadshow, models.CASCADE, related_name="turns")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="turn")
    position = models.PositiveSmallIntegerField(_("place in the order"))
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    called_at = models.DateTimeField(_("called"), null=True, blank=True)
    held_at = models.DateTimeField(_("clock held since"), null=True, blank=True)
    held_seconds = models.PositiveIntegerField(_("seconds the clock was held"), default=0)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    shown_at = models.DateTimeField(_("result shown"), null=True, blank=True)
    shown = models.JSONField(_("result"), encoder=DjangoJSONEncoder, null=True, blank=True)
    state = TURN.field()

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["position"]
        constraints = [
            TURN.check(),
            models.UniqueConstraint(fields=["roadshow", "position"], name="turn_position_once"),
            models.UniqueConstraint(
                fields=["roadshow"],
                condition=Q(state=TurnState.ON_STAGE),
                name="turn_one_on_stage",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="turn_has_length"),
            models.CheckConstraint(
                condition=~Q(state=TurnState.SKIPPED) | ~Q(reason=""),
                name="turn_skipped_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(shown_at=None) | Q(state=TurnState.CLOSED, shown__isnull=False),
                name="turn_shown_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.proposal.title}"


class LiveSheet(Stateful):
    """What one judge gives one proposal on the stage; final once, whatever is sent again."""

    machine = LIVE_SHEET

    turn = models.ForeignKey(Turn, models.PROTECT, related_name="sheets")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="live_sheets")
    sent_as = models.UUIDField(_("key of the sending"), null=True, blank=True, unique=True)
    final_at = models.DateTimeField(_("final since"), null=True, blank=True)
    state = LIVE_SHEET.field()

    class Meta:
        verbose_name = _("live score sheet")
        verbose_name_plural = _("live score sheets")
        constraints = [
            LIVE_SHEET.check(),
            models.UniqueConstraint(fields=["turn", "seat"], name="live_sheet_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.turn_id}"


class LiveScore(models.Model):
    """Points for one criterion given on the stage, in hundredths of the full 100."""

    sheet = models.ForeignKey(LiveSheet, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="live_scores")
    points_hundredths = models.PositiveIntegerField(_("points, 0 to 100"))

    class Meta:
        verbose_name = _("live score")
        verbose_name_plural = _("live scores")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="live_score_once"),
            models.CheckConstraint(
                condition=Q(points_hundredths__lte=10000), name="live_score_0_to_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points_hundredths}"

    @property
    def points(self) -> str:
        """As a judge typed them: 87.50."""
        return f"{self.points_hundredths // 100}.{self.points_hundredths % 100:02d}"
