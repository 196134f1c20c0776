"""Organisations: the union tree, social organisations, and who belongs to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from foundation.documents.models import Document
from foundation.organisations.states import CLAIM, ORGANISATION, REPLACEMENT
from foundation.states import Stateful


class District(models.Model):
    """A township-level unit (street, town, zone), by its nine-digit code."""

    code = models.CharField(_("code"), max_length=9, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["code"]

    def __str__(self) -> str:
        in_english = (get_language() or "").startswith("en")
        return self.name_en if in_english and self.name_en else self.name


class OrganisationKind(models.TextChoices):
    """What sort of body it is; the credit code's prefix has to agree."""

    UNION = "union", _("union body")
    SOCIAL = "social", _("social organisation")
    AFFILIATED = "affiliated", _("affiliated institution")
    ENTERPRISE = "enterprise", _("enterprise")


class Organisation(Stateful):
    """A body with a unified social credit code (small union bodies stand under their parent's)."""

    machine = ORGANISATION

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    uscc = models.CharField(
        _("unified social credit code"), max_length=18, unique=True, null=True, blank=True
    )
    uscc_exception = models.CharField(
        _("why a failing code was let through"), max_length=300, blank=True
    )
    summary = models.TextField(_("in a few words"), blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("district")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact"), max_length=80, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=30, blank=True)
    website = models.URLField(_("web site"), blank=True)
    founded_on = models.DateField(_("founded"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    uscc_scan = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )
    registered_at = models.DateTimeField(_("registered"))
    state = ORGANISATION.field()
    standing: Any
    """Its `Standing`, where a list has put it beside each row (see `standings_of`)."""

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            ORGANISATION.check(),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(OrganisationKind.values)),
                name="organisation_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="union") | Q(uscc__isnull=False), name="organisation_has_code"
            ),
            models.CheckConstraint(
                condition=Q(uscc_exception="") | Q(uscc_scan__isnull=False),
                name="organisation_failing_code_has_scan",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public profile."""
        return reverse("organisations:organisation", args=[self.pk])


class UnionType(models.TextChoices):
    """The four types of union body."""

    COORDINATING = "coordinating", _("coordinating union")
    HUB = "hub", _("hub union")
    PORT = "port", _("port union")
    SERVICE = "service", _("service union")


class Union(MP_Node):
    """A union body's place in the tree; the body itself is its Organisation."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="union", verbose_name=_("organisation")
    )
    union_type = models.CharField(_("type"), max_length=20, choices=UnionType.choices)
    industry = models.CharField(_("industry"), max_length=60, blank=True)
    workers = models.PositiveIntegerField(_("workers"), default=0)

    class Meta:
        verbose_name = _("union")
        verbose_name_plural = _("unions")
        constraints = [
            models.CheckConstraint(
                condition=Q(union_type__in=sorted(UnionType.values)), name="union_type_known"
            )
        ]

    def __str__(self) -> str:
        return self.organisation.name


class MembershipRole(models.TextChoices):
    """What a person is in an organisation."""

    REPRESENTATIVE = "representative", _("legal representative")
    MANAGER = "manager", _("manager")
    FINANCE = "finance", _("finance")
    MEMBER = "member", _("member")


class Membership(models.Model):
    """A person's place in an organisation, from one moment to another; ended, never deleted."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=MembershipRole.choices)
    began_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(ended_at=None),
                name="membership_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(ended_at=None, role="representative"),
                name="membership_one_representative",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(MembershipRole.values)), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.organisation}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it down, and let nobody go on with the roles they had before."""
        super().save(*args, **kwargs)
        type(self).version += 1

    version = 0
    """Counts the changes made by this process: what a person's cached roles are checked against."""


class Request(Stateful):
    """Somebody asks to stand for an organisation, with a document; an officer answers, once."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", verbose_name=_("document")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        abstract = True


class Claim(Request):
    """A person says that an organisation nobody acts for yet is theirs."""

    machine = CLAIM

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    state = CLAIM.field()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["asked_at"]
        constraints = [
            CLAIM.check(),
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(state="open"),
                name="claim_one_open_a_person",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state="accepted"),
                name="claim_accepted_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""), name="claim_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.organisation}"


class Replacement(Request):
    """An organisation says who its legal representative is from now on."""

    machine = REPLACEMENT

    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("successor")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    state = REPLACEMENT.field()

    class Meta:
        verbose_name = _("change of representative")
        verbose_name_plural = _("changes of representative")
        ordering = ["asked_at"]
        constraints = [
            REPLACEMENT.check(),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state="open"),
                name="replacement_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""),
                name="replacement_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.successor}"
