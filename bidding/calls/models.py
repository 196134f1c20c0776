"""Calls: the facts of a call for proposals; their story is told by a page of the shop window."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bidding.calls.rule_models import RULES_SANE, RuledCall
from bidding.calls.states import CALL
from bidding.needs.models import Category, Need
from foundation.organisations.models import Organisation
from foundation.states import Stateful


class CallKind(models.TextChoices):
    """Two roads: a venture contest, or procurement."""

    CONTEST = "contest", _("venture contest")
    PROCUREMENT = "procurement", _("procurement")


class Aggregation(models.TextChoices):
    """How the panel's totals become one score."""

    TRIMMED = "trimmed", _("mean without the highest and the lowest (from five judges up)")
    MEDIAN = "median", _("median")
    MEAN = "mean", _("mean")
    ADJUSTED = "adjusted", _("paper review: each judge's leniency taken out, far scores drawn in")


class TieRule(models.TextChoices):
    """What decides between equal scores."""

    CRITERIA = "criteria", _("the criteria in their order, then the earlier receipt")
    LOTTERY = "lottery", _("a lot drawn by the public seed")


class LineRule(models.TextChoices):
    """What happens where the scores are too close to say who is within the money."""

    ORDER = "order", _("the order of the ranking stands")
    DISCUSSION = "discussion", _("the panel discusses them before the ranking is computed")
    LOTTERY = "lottery", _("a lot is drawn among them, by a public draw of the days after")


class Stage(models.TextChoices):
    """Where a criterion is scored."""

    PAPER = "paper", pgettext_lazy("criterion", "on paper")
    ROADSHOW = "roadshow", _("at the roadshow")


class Custody(models.TextChoices):
    """Who releases the key that opens the envelopes."""

    TIME = "time", _("by time: the platform opens them at the closing")
    OFFICERS = "officers", _("by officers: two keepers of the key open them together")


class Call(RuledCall, Stateful):
    """A call for proposals: dates, rules and money. Nothing here is words an editor may reword."""

    machine = CALL

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind of call"), max_length=20, choices=CallKind.choices)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    summary = models.TextField(_("in a few words"))
    summary_en = models.TextField(_("in a few words, in English"), blank=True)
    needs = models.ManyToManyField(Need, related_name="calls", blank=True, verbose_name=_("needs"))
    opens_at = models.DateTimeField(_("opens"))
    questions_until = models.DateTimeField(_("questions until"))
    closes_at = models.DateTimeField(_("closes"))
    opened_at = models.DateTimeField(_("envelopes opened"), null=True, blank=True)
    decided_at = models.DateTimeField(_("result published"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("notice period in working days"), default=5)
    answer_days = models.PositiveSmallIntegerField(_("days to answer an objection in"), default=7)
    knowing_days = models.PositiveSmallIntegerField(
        _("working days to object in after learning of the ground"), default=7
    )
    complaint_days = models.PositiveSmallIntegerField(
        _("working days to complain about an answer in"), default=15
    )
    decision_days = models.PositiveSmallIntegerField(_("days to decide a complaint in"), default=30)
    cure_days = models.PositiveSmallIntegerField(_("working days to cure a fault in"), default=3)
    panel_size = models.PositiveSmallIntegerField(_("judges"), default=3)
    judges_drawn = models.PositiveSmallIntegerField(_("judges drawn in all"), null=True, blank=True)
    aggregation = models.CharField(
        _("how scores are put together"),
        max_length=20,
        choices=Aggregation.choices,
        default=Aggregation.TRIMMED,
    )
    tie_rule = models.CharField(
        _("what decides between equal scores"),
        max_length=20,
        choices=TieRule.choices,
        default=TieRule.CRITERIA,
    )
    line_rule = models.CharField(
        _("where intervals cross the line at which a lot's money ends"),
        max_length=20,
        choices=LineRule.choices,
        default=LineRule.ORDER,
    )
    lottery_source = models.CharField(
        _("the public draw that decides by lot"), max_length=120, blank=True
    )
    discussion_points = models.PositiveSmallIntegerField(
        _("the panel discusses proposals whose judges differ by so many points"),
        null=True,
        blank=True,
    )
    bonus_points = models.PositiveSmallIntegerField(
        _("bonus for co-funding, points at most"), default=0
    )
    bonus_full_percent = models.PositiveSmallIntegerField(
        _("own share of the budget that earns the whole bonus, in percent"), default=30
    )
    management_cap_percent = models.PositiveSmallIntegerField(
        _("management costs at most, in percent"), default=10
    )
    custody = models.CharField(
        _("who opens the envelopes"),
        max_length=20,
        choices=Custody.choices,
        default=Custody.TIME,
    )
    blind = models.BooleanField(_("judges do not learn whose a proposal is"), default=False)
    blind_reason = models.TextField(_("why they do not"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.TextField(_("why it was cancelled"), blank=True)
    reruns = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rerun_by",
        verbose_name=_("runs again"),
    )
    state = CALL.field()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            CALL.check(),
            RULES_SANE,
            models.CheckConstraint(
                condition=Q(opens_at__lt=models.F("closes_at")), name="call_opens_before_closing"
            ),
            models.CheckConstraint(
                condition=Q(questions_until__lte=models.F("closes_at")),
                name="call_questions_before_closing",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(opened_at__gte=models.F("closes_at")),
                name="call_opened_after_closing",
            ),
            models.CheckConstraint(
                condition=Q(panel_size__gte=3, panel_size__in=[3, 5, 7, 9, 11, 13]),
                name="call_panel_odd",
            ),
            models.CheckConstraint(
                condition=Q(judges_drawn=None)
                | Q(judges_drawn__gte=models.F("panel_size"), judges_drawn__lte=400),
                name="call_judges_suffice",
            ),
            models.CheckConstraint(
                condition=Q(management_cap_percent__lte=100), name="call_management_cap"
            ),
            models.CheckConstraint(
                condition=Q(bonus_points__lte=20, bonus_full_percent__range=(1, 100)),
                name="call_bonus_capped",
            ),
            models.CheckConstraint(
                condition=Q(line_rule__in=LineRule.values)
                & (Q(discussion_points=None) | Q(discussion_points__range=(1, 100))),
                name="call_discussion_sane",
            ),
            models.CheckConstraint(
                condition=Q(custody__in=Custody.values), name="call_custody_known"
            ),
            models.CheckConstraint(
                condition=Q(blind=False) | ~Q(blind_reason=""), name="call_blind_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The call's public page."""
        return reverse("calls:call", args=[self.number])

    @property
    def has_discussion(self) -> bool:
        """May its panel discuss proposals and judges revise what they gave on paper?"""
        return self.discussion_points is not None or self.line_rule == LineRule.DISCUSSION

    @property
    def seats(self) -> int:
        """How many judges are drawn in all: those of one proposal, unless the call shares the
        proposals out among more."""
        return self.judges_drawn or self.panel_size


class Lot(models.Model):
    """One category's envelope in a call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="lots")
    category = models.ForeignKey(Category, models.PROTECT, related_name="lots")
    ceiling_fen = models.BigIntegerField(_("money for the lot"))
    proposal_ceiling_fen = models.BigIntegerField(_("money for one proposal at most"))
    least_proposals = models.PositiveSmallIntegerField(_("valid proposals needed"), default=1)
    voided_at = models.DateTimeField(_("declared void"), null=True, blank=True)
    void_reason = models.TextField(_("why it is void"), blank=True)

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["category__position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "category"], name="lot_category_once"),
            models.CheckConstraint(
                condition=Q(ceiling_fen__gt=0, proposal_ceiling_fen__gt=0)
                & Q(proposal_ceiling_fen__lte=models.F("ceiling_fen")),
                name="lot_ceilings_hold",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="lot_void_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.number} {self.category}"


class Criterion(models.Model):
    """What is judged and how much it weighs; a published call's weights sum to exactly 100.

    One of a procurement may be the price: nobody judges it, its points follow from the sums in the
    sealed bids.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("criterion"), max_length=60)
    name_en = models.CharField(_("criterion in English"), max_length=80, blank=True)
    description = models.TextField(_("what it asks"), blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"))
    by_price = models.BooleanField(_("worked out from the price"), default=False)
    stage = models.CharField(_("scored"), max_length=10, choices=Stage.choices, default=Stage.PAPER)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="criterion_position_once"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(by_price=True), name="criterion_one_price"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100), name="criterion_weight_1_to_100"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values) & (Q(by_price=False) | Q(stage=Stage.PAPER)),
                name="criterion_stage_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Amendment(models.Model):
    """A published change of a call: what moved, why, and who was bound by what before."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="amendments")
    reason = models.TextField(_("reason"))
    changes = models.JSONField(_("what was changed"), default=list)
    closes_before = models.DateTimeField(_("closed before"))
    closes_after = models.DateTimeField(_("closes now"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_after__gte=models.F("closes_before")),
                name="amendment_closing_only_later",
            )
        ]

    def __str__(self) -> str:
        return f"{self.call.number}: {self.reason[:60]}"


class Clarification(models.Model):
    """A question about a call and its public answer; the asker stays unnamed in public."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="clarifications")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="clarification_answered_whole",
            )
        ]

    def __str__(self) -> str:
        return self.question[:60]
