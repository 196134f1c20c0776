"""Delivery: projects, what is due in them, the proof of it, and how they ended."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bidding.needs.models import Category, Need
from foundation.documents.models import Document
from foundation.organisations.models import District, Organisation
from foundation.states import Stateful
from marketplace.agreements.models import Agreement, Gate
from marketplace.delivery.states import EXTENSION, MILESTONE, PROJECT


class Grade(models.TextChoices):
    """A from 85, B from 60, C below, on the exact value."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"


class Project(Stateful):
    """What is delivered under an agreement; its page stays public for ever."""

    machine = PROJECT

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="project")
    number = models.CharField(_("number"), max_length=30, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("in a few words"), blank=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="projects")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="projects")
    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="projects_bought")
    districts = models.ManyToManyField(District, related_name="projects", blank=True)
    year = models.PositiveSmallIntegerField(_("year"), db_index=True)
    amount_fen = models.BigIntegerField(_("amount"))
    audience = models.CharField(_("whom it serves"), max_length=200, blank=True)
    needs = models.ManyToManyField(
        Need, through="Goal", related_name="projects", verbose_name=_("needs it answers")
    )
    headcount = models.PositiveIntegerField(_("people promised"))
    served = models.PositiveIntegerField(_("people served"), default=0)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    score_hundredths = models.PositiveIntegerField(_("final score"), null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices, blank=True)
    lessons = models.TextField(_("what was learnt"), blank=True)
    ended_reason = models.TextField(_("why it was broken off"), blank=True)
    state = PROJECT.field()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            PROJECT.check(),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(score_hundredths__isnull=False) & ~Q(grade="")),
                name="project_closed_with_grade",
            ),
            models.CheckConstraint(
                condition=Q(score_hundredths=None) | Q(score_hundredths__lte=10000),
                name="project_score_0_to_100",
            ),
            models.CheckConstraint(
                condition=~Q(state="terminated") | ~Q(ended_reason=""),
                name="project_broken_off_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-year", "-id"], name="project_newest"),
            models.Index(fields=["category", "-year", "-id"], name="project_by_category"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The project's public page."""
        return reverse("catalogue:project", args=[self.number])


class Goal(models.Model):
    """A need the project promised to answer, and how many people it has served for that so far.

    Taken over from the proposal when the project begins; served counts accepted reports only.
    One person may be served for several needs, so the goals' sum may exceed the project's.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="goals")
    need = models.ForeignKey(Need, models.PROTECT, related_name="goals")
    served = models.PositiveIntegerField(_("people served"), default=0)

    class Meta:
        verbose_name = _("need answered")
        verbose_name_plural = _("needs answered")
        constraints = [
            models.UniqueConstraint(fields=["project", "need"], name="goal_need_once"),
        ]

    def __str__(self) -> str:
        return str(self.need)


class Milestone(Stateful):
    """What is due by a day; a gate milestone, once accepted, makes its tranche owed."""

    machine = MILESTONE

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("milestone"), max_length=120)
    measure = models.CharField(_("how one sees it is done"), max_length=200, blank=True)
    due_on = models.DateField(_("to be done by"))
    gate = models.CharField(_("opens the tranche"), max_length=10, choices=Gate.choices, blank=True)
    state = MILESTONE.field()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["position"]
        constraints = [
            MILESTONE.check(),
            models.UniqueConstraint(fields=["project", "position"], name="milestone_position_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Extension(Stateful):
    """One request for a later day; what was due when, and what was asked, stay on record."""

    machine = EXTENSION

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="extensions")
    was_due_on = models.DateField(_("was due on"))
    due_on = models.DateField(_("asked until"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    remark = models.TextField(_("the buyer's remark"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    state = EXTENSION.field()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["pk"]
        constraints = [
            EXTENSION.check(),
            models.UniqueConstraint(
                fields=["milestone"], condition=Q(state="asked"), name="extension_one_asked"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("was_due_on")), name="extension_is_later"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(remark=""), name="extension_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.due_on}"


class Report(models.Model):
    """The organisation says a milestone is reached; the buyer accepts it or returns it."""

    class Verdict(models.TextChoices):
        """What the buyer found."""

        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", pgettext_lazy("milestone", "accepted")
        RETURNED = "returned", _("returned")

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="reports")
    text = models.TextField(_("what was done"))
    served = models.PositiveIntegerField(_("people served"), default=0)
    spent_fen = models.BigIntegerField(_("money spent"), default=0)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    verdict = models.CharField(
        _("verdict"), max_length=10, choices=Verdict.choices, default=Verdict.WAITING
    )
    remark = models.TextField(_("the buyer's remark"), blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"], condition=Q(verdict="waiting"), name="report_one_waiting"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="returned") | ~Q(remark=""), name="report_return_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} / {self.pk}"


class Result(models.Model):
    """What a report says of one need: how many people were served for it, what changed for them."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="results")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="results")
    served = models.PositiveIntegerField(_("people served"))
    outcome = models.CharField(_("what changed for them"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(fields=["report", "goal"], name="result_goal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.served}"


class Joining(models.Model):
    """How a worker joins a running project: where, when, whom to ask; given by who delivers it."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="joining")
    place = models.CharField(_("where"), max_length=200)
    place_en = models.CharField(_("where, in English"), max_length=240, blank=True)
    times = models.CharField(_("when"), max_length=200)
    times_en = models.CharField(_("when, in English"), max_length=240, blank=True)
    how = models.TextField(_("how to join"), max_length=600)
    how_en = models.TextField(_("how to join, in English"), max_length=800, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    contact = models.CharField(_("whom to ask"), max_length=80, blank=True)
    is_free = models.BooleanField(_("costs nothing"), default=True)
    price = models.CharField(_("what it costs"), max_length=120, blank=True)
    until = models.DateField(_("one can join until"), null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("joining words")
        verbose_name_plural = _("joining words")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_free=True, price="") | (Q(is_free=False) & ~Q(price="")),
                name="joining_says_what_it_costs",
            ),
        ]

    def __str__(self) -> str:
        return str(self.project)


class Evidence(models.Model):
    """Proof that belongs to a report; public when its organisation says so."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    caption = models.CharField(_("what it shows"), max_length=160)
    public = models.BooleanField(_("may be shown to everybody"), default=False)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.caption
