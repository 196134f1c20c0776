"""Due events: what has to happen at a moment, kept as rows so that no broker can lose it."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class DueEvent(models.Model):
    """At `due_at` (or later) call the handler named `handler`; `key` makes it happen once."""

    key = models.CharField(max_length=120, unique=True)
    handler = models.CharField(max_length=60)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("due event")
        verbose_name_plural = _("due events")
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(done_at=None), name="due_event_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.due_at:%Y-%m-%d %H:%M}"
