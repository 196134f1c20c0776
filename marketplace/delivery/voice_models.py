"""The voice of those served: an occasion at which they are asked, and what one of them answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.delivery.models import Project


class Asking(models.Model):
    """One occasion of a project at which those served are asked, by a code they scan.

    `heard` of its `answers`, from the first on, are added up for people to see (`voice.to_add`).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="askings")
    code = models.CharField(max_length=20, unique=True)
    occasion = models.CharField(_("occasion"), max_length=120)
    occasion_en = models.CharField(_("occasion, in English"), max_length=160, blank=True)
    held_on = models.DateField(_("day"))
    people = models.PositiveIntegerField(_("people there"))
    until_on = models.DateField(_("answers are taken until"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    answers = models.PositiveIntegerField(_("answers"), default=0)
    heard = models.PositiveIntegerField(_("answers added up"), default=0)

    class Meta:
        verbose_name = _("asking")
        verbose_name_plural = _("askings")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gt=0, answers__lte=F("people"), heard__lte=F("answers")),
                name="asking_no_more_answers_than_people",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("held_on")), name="asking_until_after_the_day"
            ),
        ]

    def __str__(self) -> str:
        return self.occasion

    def get_absolute_url(self) -> str:
        """Where those served answer."""
        return reverse("delivery:rate_project", args=[self.code])

    def poster_address(self) -> str:
        """Its poster, on the desk of those who deliver or buy."""
        return reverse("delivery:asking", args=[self.pk])


class Again(models.TextChoices):
    """Would one come again?"""

    YES = "yes", _("Yes")
    UNSURE = "unsure", _("Not sure")
    NO = "no", _("No")


class Voice(models.Model):
    """What one person answered: three answers and their place in line; no name, no moment."""

    asking = models.ForeignKey(Asking, models.PROTECT, related_name="voices")
    position = models.PositiveIntegerField()
    token = models.UUIDField(unique=True)
    helpful = models.PositiveSmallIntegerField(_("did it help"))
    well_run = models.PositiveSmallIntegerField(_("was it well run"))
    again = models.CharField(_("again"), max_length=6, choices=Again.choices)

    class Meta:
        verbose_name = _("answer of one served")
        verbose_name_plural = _("answers of those served")
        constraints = [
            models.UniqueConstraint(fields=["asking", "position"], name="voice_position_once"),
            models.CheckConstraint(
                condition=Q(helpful__gte=1, helpful__lte=5, well_run__gte=1, well_run__lte=5),
                name="voice_marks_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(again__in=["yes", "unsure", "no"]), name="voice_again_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asking} / {self.position}"
