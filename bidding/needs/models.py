"""Needs: what workers were asked, what they answered, and the needs that came out of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bidding.needs.states import NEED, SURVEY
from bidding.needs.statistics import Share, priority, shown
from foundation.organisations.models import District, Union
from foundation.states import Stateful


class Category(models.Model):
    """One of the kinds of project a federation buys; the official seven are data."""

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60)
    description = models.TextField(_("description"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position"]

    def __str__(self) -> str:
        if (get_language() or "").startswith("en") and self.name_en:
            return self.name_en
        return self.name


class Survey(Stateful):
    """A questionnaire for workers, open between two moments.

    Once open it is frozen. A new version is another survey, a draft again: it knows the one it
    follows, and closes it when it opens itself.
    """

    machine = SURVEY

    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    slug = models.SlugField(_("short name in the address"), max_length=60, unique=True)
    intro = models.TextField(_("introduction"), blank=True)
    intro_en = models.TextField(_("introduction in English"), blank=True)
    population = models.PositiveIntegerField(_("workers it speaks for"), default=0)
    most_sheets = models.PositiveIntegerField(_("answers it needs at most"), null=True, blank=True)
    most_weight = models.PositiveSmallIntegerField(_("largest weight"), null=True, blank=True)
    link = models.CharField(_("short link"), max_length=12, unique=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    earlier = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="later",
        verbose_name=_("follows"),
    )
    fingerprint = models.CharField(_("fingerprint of the questions"), max_length=64, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    state = SURVEY.field()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            SURVEY.check(),
            models.CheckConstraint(
                condition=Q(opens_at=None)
                | Q(closes_at=None)
                | Q(opens_at__lt=models.F("closes_at")),
                name="survey_opens_before_closing",
            ),
            models.CheckConstraint(
                condition=Q(version=1, earlier=None) | Q(version__gt=1, earlier__isnull=False),
                name="survey_version_follows_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The survey's public page: questions while it is open, results when it is published."""
        return reverse("needs:survey", args=[self.slug])


class QuestionKind(models.TextChoices):
    """How a question is answered; a section is a heading over the questions that follow it."""

    SINGLE = "single", _("one choice")
    MULTIPLE = "multiple", _("several choices")
    RANKING = "ranking", _("ranking")
    GRID = "grid", _("grid of statements")
    SCALE = "scale", _("scale from 1 to 5")
    NUMBER = "number", _("a number")
    TEXT = "text", _("free text")
    DISTRICT = "district", _("district")
    INDUSTRY = "industry", _("industry")
    SECTION = "section", _("section heading")


class Question(models.Model):
    """One question of a survey, or the heading of a section.

    `levels` are a grid's columns ({"wording", "wording_en"}, the least first); `conditions` say
    who is asked ({"question": code, "test", "values"}, all of which have to hold); see
    `questionnaire`, which reads both.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind.choices)
    wording = models.CharField(_("question"), max_length=200)
    wording_en = models.CharField(_("question in English"), max_length=240, blank=True)
    hint = models.CharField(_("hint"), max_length=200, blank=True)
    hint_en = models.CharField(_("hint in English"), max_length=240, blank=True)
    required = models.BooleanField(_("must be answered"), default=True)
    levels = models.JSONField(_("levels"), default=list, blank=True)
    least = models.IntegerField(_("least"), null=True, blank=True)
    most = models.IntegerField(_("most"), null=True, blank=True)
    conditions = models.JSONField(_("asked if"), default=list, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "position"], name="question_position_once"),
            models.UniqueConstraint(fields=["survey", "code"], name="question_code_once"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(QuestionKind.values)), name="question_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.wording


class Option(models.Model):
    """One choice of a question (one row of a grid); it may speak for a category of service."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=40)
    wording = models.CharField(_("choice"), max_length=120)
    wording_en = models.CharField(_("choice in English"), max_length=160, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)
    is_other = models.BooleanField(_("“other”, in one's own words"), default=False)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="option_position_once"),
            models.UniqueConstraint(fields=["question", "code"], name="option_code_once"),
        ]

    def __str__(self) -> str:
        return self.wording


class Channel(models.TextChoices):
    """How a sheet came in."""

    WEB = "web", _("on line")
    PAPER = "paper", _("on paper")


class Doubt(models.TextChoices):
    """Why a sheet may not be a person's first and thought-over one; it counts all the same."""

    NONE = "", _("none")
    AGAIN = "again", _("one of many from the same browser in a day")
    FAST = "fast", _("faster than the questions can be read")


class Response(models.Model):
    """One worker's sheet: where and in what line they work, and what they answered.

    The table statistics are made from: one row a sheet, no identity. `answers` maps a question's
    code to what was answered: a choice's code ("3"), a list of codes (several choices; a ranking
    in its order), {row's code: level from 1} (a grid), an integer (scale, number) or a text. What
    somebody wrote beside an “other” stands under "code.other". Questions that were left empty or
    not asked (skip logic) are absent. District and industry stand in their columns, nowhere else.
    Codes mean the same in every version of a survey. Read it with `queries.sheets_of`: district,
    industry, union, doubt and answers of 100,000 sheets are one query in constant memory.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="responses")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, db_index=False)
    industry = models.CharField(_("industry"), max_length=1, blank=True)
    union = models.ForeignKey(Union, models.SET_NULL, null=True, blank=True, db_index=False)
    doubt = models.CharField(_("doubt"), max_length=10, choices=Doubt.choices, blank=True)
    answered_at = models.DateTimeField()
    answers = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return str(self.token)


class Need(Stateful):
    """One counted need: category, who, where, how many, how urgent, and the figure it came from.

    The figure (share of answers, its interval, how many answered) and the wording of question and
    answer are frozen when the need is drawn: whatever is counted later, it says what it rests on.
    """

    machine = NEED

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="needs")
    option = models.ForeignKey(Option, models.PROTECT, null=True, blank=True, related_name="needs")
    category = models.ForeignKey(Category, models.PROTECT, related_name="needs")
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    audience = models.CharField(pgettext_lazy("need", "who"), max_length=120)
    audience_en = models.CharField(_("who, in English"), max_length=160, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("where")
    )
    headcount = models.PositiveIntegerField(_("how many"))
    urgency = models.PositiveSmallIntegerField(_("how urgent, 1 to 5"))
    asked = models.CharField(_("question it came from"), max_length=200, blank=True)
    asked_en = models.CharField(_("question in English"), max_length=240, blank=True)
    named = models.CharField(_("answer it came from"), max_length=120, blank=True)
    named_en = models.CharField(_("answer in English"), max_length=160, blank=True)
    chosen = models.PositiveIntegerField(_("answers that named it"))
    answered = models.PositiveIntegerField(_("answers to the question"))
    share = models.FloatField(_("weighted share"), null=True, blank=True)
    low = models.FloatField(_("lower end of its interval"), null=True, blank=True)
    high = models.FloatField(_("upper end of its interval"), null=True, blank=True)
    effective = models.FloatField(_("effective number of answers"), null=True, blank=True)
    severity_row = models.ForeignKey(
        Option,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("line of a grid that says how severe it is"),
    )
    severity = models.FloatField(_("how severe workers say it is, of 1"), null=True, blank=True)
    severity_low = models.FloatField(_("lower end of its interval"), null=True, blank=True)
    severity_high = models.FloatField(_("upper end of its interval"), null=True, blank=True)
    priority_low = models.FloatField(_("lower end of the priority's"), null=True, blank=True)
    priority_high = models.FloatField(_("upper end of the priority's"), null=True, blank=True)
    retired_reason = models.CharField(_("why it was retired"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    state = NEED.field()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints = [
            NEED.check(),
            models.CheckConstraint(
                condition=Q(urgency__gte=1, urgency__lte=5), name="need_urgency_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(chosen__lte=models.F("answered")), name="need_share_at_most_all"
            ),
            models.CheckConstraint(
                condition=Q(share=None)
                | Q(
                    low__gte=0, low__lte=models.F("share"), share__lte=models.F("high"), high__lte=1
                ),
                name="need_share_in_its_interval",
            ),
            models.CheckConstraint(
                condition=Q(severity=None, priority_low=None, priority_high=None)
                | Q(
                    severity_row__isnull=False,
                    severity__gt=0,
                    severity__lte=1,
                    severity_low__lte=models.F("severity"),
                    severity_high__gte=models.F("severity"),
                    priority_low__gte=0,
                    priority_low__lte=models.F("priority_high"),
                    priority_high__lte=1,
                ),
                name="need_severity_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="retired") | ~Q(retired_reason=""),
                name="need_retired_with_reason",
            ),
            models.UniqueConstraint(
                fields=["option", "district"], name="need_once_an_option_and_district"
            ),
            models.UniqueConstraint(
                fields=["option"],
                condition=Q(option__isnull=False, district=None),
                name="need_once_an_option_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def figure(self) -> Share | None:
        """The frozen figure; None for a need that rests on no answers."""
        if self.share is not None:
            counts = (self.answered, self.chosen)
            return Share(*counts, self.share, self.low, self.high, effective=self.effective)
        return shown(self.chosen, self.answered) if self.answered else None

    @property
    def priority(self) -> tuple[float, float, float] | None:
        """Share × severity with its interval; the severity workers stated, else the officer's."""
        figure = self.figure
        if figure is None:
            return None
        if self.severity is None or figure.share is None:
            return priority(figure, self.urgency)
        assert self.priority_low is not None
        assert self.priority_high is not None
        return figure.share * self.severity, self.priority_low, self.priority_high

    @property
    def is_weighted(self) -> bool:
        """Does the share differ from the plain one, because answers were weighted?"""
        plain = self.chosen / self.answered if self.answered else 0
        return self.share is not None and abs(self.share - plain) > 1e-9

    def get_absolute_url(self) -> str:
        """The need's public page."""
        return reverse("needs:need", args=[self.pk])
