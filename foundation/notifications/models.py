"""Notifications: what a person was told on the desk, and what still has to leave the house."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import KINDS


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
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_inbox"),
            models.Index(
                fields=["person"],
                condition=models.Q(read_at=None),
                name="notification_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person}"


class Outgoing(models.Model):
    """The outbox: something that must leave the house, written in the transaction that says so.

    What it says is its notification's, or, for somebody without an account, its own `kind`,
    `facts` and `url`; such a row's `url` may open a door and is blanked once it was sent.
    """

    notification = models.ForeignKey(
        Notification, models.CASCADE, null=True, blank=True, related_name="outgoing"
    )
    channel = models.CharField(_("channel"), max_length=20, choices=[("email", _("e-mail"))])
    address = models.CharField(_("address"), max_length=254)
    kind = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder, blank=True)
    url = models.CharField(max_length=600, blank=True)
    language = models.CharField(max_length=10, blank=True)
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
        constraints = [
            models.CheckConstraint(
                condition=models.Q(notification__isnull=False) ^ ~models.Q(kind=""),
                name="outgoing_says_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} → {self.address}"

    @property
    def is_discreet(self) -> bool:
        """May only its readers know that it was written?"""
        kind = KINDS.get(self.notification.kind if self.notification else self.kind)
        return bool(kind and kind.discreet)

    @property
    def subject(self) -> str:
        """What it is about, in the language that is active."""
        kind, facts = (
            (self.notification.kind, self.notification.facts)
            if self.notification
            else (self.kind, self.facts)
        )
        try:
            return KINDS[kind].words(facts)[0]
        except KeyError:  # words that changed since must not hide the row
            return kind


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
