"""Standing: what organisations have proven about themselves, who is banned, who is related."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.documents.models import Document
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.organisations.states import PROOF, ProofState
from foundation.states import Stateful


class ProofKind(models.TextChoices):
    """What can be proven about an organisation."""

    REGISTRATION = "registration", _("registration certificate")
    ANNUAL_CHECK = "annual_check", _("annual check")
    RATING = "rating", _("rating")
    TAX = "tax", _("tax paid")
    SOCIAL_SECURITY = "social_security", _("social security paid")
    CLEAN_RECORD = "clean_record", _("clean record for three years")


class Rating(models.TextChoices):
    """The grade a civil-affairs bureau gives; the score behind it differs from city to city."""

    ONE = "1A", "1A"
    TWO = "2A", "2A"
    THREE = "3A", "3A"
    FOUR = "4A", "4A"
    FIVE = "5A", "5A"


class Proof(Stateful):
    """One thing an organisation states about itself, with its document, until it runs out."""

    machine = PROOF

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="proofs", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ProofKind.choices)
    value = models.CharField(_("result or grade"), max_length=60, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", verbose_name=_("document")
    )
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(_("stated"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = PROOF.field()

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["kind", "-issued_on", "-pk"]
        constraints = [
            PROOF.check(),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(ProofKind.values)), name="proof_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="rating") | Q(value__in=sorted(Rating.values)),
                name="proof_rating_known",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="proof_expires_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(state="stated") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="proof_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="proof_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}".strip()

    def holds_on(self, day: dt.date) -> bool:
        """Was it issued by `day` and has it not run out by then, whether checked or not?"""
        return self.issued_on <= day and (self.expires_on is None or self.expires_on >= day)

    @property
    def light(self) -> str:
        """Green, amber (checked, but runs out within 30 days, or not checked yet) or red."""
        today = clock.today()
        if self.state == ProofState.REFUSED or not self.holds_on(today):
            return "red"
        if self.state == ProofState.STATED:
            return "amber"
        soon = today + dt.timedelta(days=30)
        return "amber" if self.expires_on and self.expires_on <= soon else "green"


class RequiredProof(models.Model):
    """An organisation of this kind is only in good standing with a valid proof of this kind."""

    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=20, choices=OrganisationKind.choices
    )
    proof_kind = models.CharField(_("proof"), max_length=20, choices=ProofKind.choices)

    class Meta:
        verbose_name = _("required proof")
        verbose_name_plural = _("required proofs")
        ordering = ["organisation_kind", "proof_kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_kind", "proof_kind"], name="required_proof_once"
            ),
            models.CheckConstraint(
                condition=Q(organisation_kind__in=sorted(OrganisationKind.values)),
                name="required_proof_organisation_known",
            ),
            models.CheckConstraint(
                condition=Q(proof_kind__in=sorted(ProofKind.values)),
                name="required_proof_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_organisation_kind_display()}: {self.get_proof_kind_display()}"


class Ban(models.Model):
    """An organisation may not take part from one day to another; lifted, never deleted."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="bans", verbose_name=_("organisation")
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    authority = models.CharField(_("authority"), max_length=120)
    banned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    banned_at = models.DateTimeField(_("entered"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifted_reason = models.CharField(_("why it was lifted"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="ban_forward"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ban_has_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | (Q(lifted_by__isnull=False) & ~Q(lifted_reason="")),
                name="ban_lifted_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.reason}"

    def runs_on(self, day: dt.date) -> bool:
        """Does it forbid taking part on `day` (a lifted ban forbids only until it was lifted)?"""
        if self.lifted_at and self.lifted_at.astimezone(clock.SHANGHAI).date() <= day:
            return False
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Relation(models.TextChoices):
    """How two bodies, or a body and a person, hang together."""

    SAME_HEAD = "same_head", _("has the same head as")
    CONTROLS = "controls", _("controls")
    OWNER = "owner", _("is owned by")
    KIN = "kin", _("its head is kin to the head of")


class RelatedParty(models.Model):
    """An organisation hangs together with another, or with a person of this name."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="relations", verbose_name=_("organisation")
    )
    relation = models.CharField(_("relation"), max_length=20, choices=Relation.choices)
    other = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_from_others",
        verbose_name=_("other organisation"),
    )
    person_name = models.CharField(_("or a person"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("declared"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("related party")
        verbose_name_plural = _("related parties")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(other__isnull=False) & Q(person_name=""))
                | (Q(other=None) & ~Q(person_name="")),
                name="related_party_one_of_two",
            ),
            models.CheckConstraint(
                condition=~Q(other=F("organisation")), name="related_party_not_itself"
            ),
            models.CheckConstraint(
                condition=Q(relation__in=sorted(Relation.values)), name="related_party_known"
            ),
            models.UniqueConstraint(
                fields=["organisation", "relation", "other"],
                condition=Q(ended_at=None, other__isnull=False),
                name="related_party_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "relation", "person_name"],
                condition=Q(ended_at=None, other=None),
                name="related_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_relation_display()} {self.other or self.person_name}"
