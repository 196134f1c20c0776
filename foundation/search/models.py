"""What can be found: a row for each thing the public may see, derived from it at any time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Findable(models.Model):
    """One thing in the words people look for it by. The thing itself is asked when it is shown."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    title_pieces = models.TextField()
    text_pieces = models.TextField(blank=True)

    class Meta:
        verbose_name = _("thing that can be found")
        verbose_name_plural = _("things that can be found")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="findable_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Followed(models.Model):
    """How far down the trail the index has followed what people did."""

    name = models.CharField(max_length=40, unique=True)
    entry = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("place in the trail")
        verbose_name_plural = _("places in the trail")

    def __str__(self) -> str:
        return f"{self.name} {self.entry}"
