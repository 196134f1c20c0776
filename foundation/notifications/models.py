"""Notifications: what a person was told on the desk, and what still has to leave the house."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notification(models.Model):
    """One line in a person's desk inbox; its words are made in the reader's language."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [models.Index(fields=["person", "-id"], name="notification_inbox")]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person}"


class Outgoing(models.Model):
    """The outbox: something that must leave the house, written in the transaction that says so."""

    notification = models.ForeignKey(
        Notification, models.CASCADE, null=True, blank=True, related_name="outgoing"
    )
    channel = models.CharField(max_length=20, choices=[("email", _("e-mail"))])
    address = models.CharField(max_length=254)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outbox")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, gave_up_at=None),
                name="outgoing_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} → {self.address}"


class Preference(models.Model):
    """A person's wish not to get e-mail about one group of kinds (the desk always tells)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences")
    group = models.CharField(max_length=40)
    email = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.group}"
