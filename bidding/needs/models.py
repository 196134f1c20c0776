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
    """A questionnaire for workers, open between two moments."""

    machine = SURVEY

    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    slug = models.SlugField(_("short name in the address"), max_length=60, unique=True)
    intro = models.TextField(_("introduction"), blank=True)
    intro_en = models.TextField(_("introduction in English"), blank=True)
    population = models.PositiveIntegerField(_("workers it speaks for"), default=0)
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
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The survey's public page: questions while it is open, results when it is published."""
        return reverse("needs:survey", args=[self.slug])


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("one choice")
    MULTIPLE = "multiple", _("several choices")
    SCALE = "scale", _("scale from 1 to 5")
    NUMBER = "number", _("a number")
    TEXT = "text", _("free text")


class Question(models.Model):
    """One question of a survey."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind.choices)
    wording = models.CharField(_("question"), max_length=200)
    wording_en = models.CharField(_("question in English"), max_length=240, blank=True)
    required = models.BooleanField(_("must be answered"), default=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "position"], name="question_position_once")
        ]

    def __str__(self) -> str:
        return self.wording


class Option(models.Model):
    """One choice of a question; choosing it may speak for a category of service."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(_("position"))
    wording = models.CharField(_("choice"), max_length=120)
    wording_en = models.CharField(_("choice in English"), max_length=160, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="option_position_once")
        ]

    def __str__(self) -> str:
        return self.wording


class Response(models.Model):
    """One worker's answers; carries no identity, only where and in what line they work."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="responses")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(
        max_length=10, choices=[("web", _("on line")), ("paper", _("on paper"))], default="web"
    )
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True)
    union = models.ForeignKey(Union, models.SET_NULL, null=True, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return str(self.token)


class Answer(models.Model):
    """One answer: a chosen option (several rows for several choices), a number or a text."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    option = models.ForeignKey(Option, models.PROTECT, null=True, related_name="answers")
    number = models.IntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "option"], name="answer_option_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.option_id or self.number or self.text}"


class Need(Stateful):
    """One counted need: category, who, where, how many, how urgent, and the figure it came from."""

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
    chosen = models.PositiveIntegerField(_("answers that named it"))
    answered = models.PositiveIntegerField(_("answers to the question"))
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

    def get_absolute_url(self) -> str:
        """The need's public page."""
        return reverse("needs:need", args=[self.pk])
