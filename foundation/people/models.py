"""People: accounts of human beings, and the posts they hold on the platform."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from foundation import clock

LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
"""The languages a person may read in, each by its own name."""


class Role(models.TextChoices):
    """A post on the platform itself; what a person is in an organisation is a Membership."""

    OFFICER = "officer", _("programme officer")
    FUND_MANAGER = "fund_manager", _("fund manager")
    AUDITOR = "auditor", _("auditor")
    EDITOR = "editor", _("editor")
    EXPERT = "expert", _("expert")
    ADMINISTRATOR = "administrator", _("administrator")


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts; a sign-in is an e-mail address, compared without case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person who signs in with this address."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A new account; without a password it can only be entered by way of an invitation."""
        person = self.model(email=self.normalize_email(email), joined_at=clock.now(), **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """A human being with an account. `is_staff` only opens the editors' studio's door."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=80)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=LANGUAGES,
        default="zh-hans",
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may enter the studio"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=clock.now)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, as Django and Wagtail ask for it."""
        return str(self)

    def get_short_name(self) -> str:
        """The name, as Django and Wagtail ask for it."""
        return str(self)

    @cached_property
    def roles(self) -> frozenset[str]:
        """The posts held now (one query, once a request)."""
        return frozenset(self.appointments.filter(ended_at=None).values_list("role", flat=True))


class Appointment(models.Model):
    """A post on the platform, held from one moment to another; rows are ended, never deleted."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="appointments", verbose_name=_("person")
    )
    role = models.CharField(_("post"), max_length=20, choices=Role.choices)
    appointed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=models.Q(ended_at=None),
                name="appointment_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(Role.values)), name="appointment_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Invitation(models.Model):
    """A letter that offers an address something: a post here, or a place in an organisation.

    What is offered is its `purpose` and `facts`, which the room that speaks for the purpose
    reads. It can be accepted once, until it expires or is revoked; sending it again gives it a
    new `nonce`, so that only the newest letter opens.
    """

    purpose = models.CharField(_("purpose"), max_length=40)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(pgettext_lazy("person", "name"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    nonce = models.CharField(max_length=40)
    invited_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("open until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None),
                name="invitation_accepted_or_revoked",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_someone",
            ),
        ]
        indexes = [models.Index(Lower("email"), name="invitation_by_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def label(self) -> Any:
        """Whether it is open, accepted, revoked or expired, as a word."""
        if self.accepted_at:
            return _("accepted")
        if self.revoked_at:
            return _("revoked")
        return pgettext("invitation", "open") if clock.now() < self.expires_at else _("expired")

    @property
    def is_open(self) -> bool:
        """Can it be accepted now?"""
        return not self.accepted_at and not self.revoked_at and clock.now() < self.expires_at
