"""Complaints: what somebody said is wrong, about what, and how it was answered."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bidding.needs.models import Survey
from foundation.organisations.models import Organisation
from foundation.states import Stateful
from marketplace.complaints.states import COMPLAINT
from marketplace.delivery.models import Project

MOST_WORDS = 4000


class About(models.TextChoices):
    """What a complaint is about."""

    PROJECT = "project", _("a project or service")
    ORGANISATION = "organisation", _("an organisation or union")
    SURVEY = "survey", _("a survey")
    SITE = "site", _("this site, or something else")


class Complaint(Stateful):
    """What somebody, perhaps without a name, says is wrong; and the answer.

    Who sent it reads the answer at an address that holds a secret; of that secret only a
    fingerprint is kept. The contact is for officers alone and is erased after the answer.
    """

    machine = COMPLAINT

    number = models.CharField(_("number"), max_length=20, unique=True)
    key_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    about = models.CharField(pgettext_lazy("complaint", "about"), max_length=12, choices=About)
    which = models.CharField(_("which one"), max_length=120, blank=True)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    survey = models.ForeignKey(
        Survey, models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    words = models.CharField(_("what is wrong"), max_length=MOST_WORDS)
    contact = models.CharField(_("phone or e-mail"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    had_contact = models.BooleanField(_("left a contact"), default=False)
    received_at = models.DateTimeField(_("came in"))
    due_on = models.DateField(_("to be answered by"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in the hands of"),
    )
    taken_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    erased_at = models.DateTimeField(_("contact erased"), null=True, blank=True)
    state = COMPLAINT.field()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            COMPLAINT.check(),
            models.CheckConstraint(
                condition=Q(about="project", organisation=None, survey=None)
                | Q(about="organisation", project=None, survey=None)
                | Q(about="survey", project=None, organisation=None)
                | Q(about="site", project=None, organisation=None, survey=None),
                name="complaint_about_one_thing",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="complaint_says_something"),
            models.CheckConstraint(
                condition=Q(state="received", taken_at=None)
                | Q(state="in_hand", taken_at__isnull=False, taken_by__isnull=False)
                | Q(state="answered", taken_at__isnull=False),
                name="complaint_in_hand_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False) & ~Q(answer="")
                | ~Q(state="answered") & Q(answered_at=None, answer=""),
                name="complaint_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(contact=""), name="complaint_erased_is_gone"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="complaint_by_due")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Its page on the officers' desk."""
        return reverse("complaints:complaint", args=[self.pk])

    @property
    def subject(self) -> Project | Organisation | Survey | None:
        """What it is about, where that is known."""
        return self.project or self.organisation or self.survey

    @property
    def address(self) -> str:
        """The e-mail address in the contact: what the answer is sent to; "" where there is none."""
        found = [
            word for word in re.split(r"[\s,;<>()，；、：。（）]+", self.contact) if "@" in word
        ]
        try:
            validate_email(found[0] if len(found) == 1 else "")
        except ValidationError:
            return ""
        return found[0]

    @property
    def accused(self) -> int | None:
        """The organisation it is about, itself or by its project (its id)."""
        return self.project.organisation_id if self.project else self.organisation_id
