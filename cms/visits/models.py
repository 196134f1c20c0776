"""A number for each page and day; nothing about who read it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visit(models.Model):
    """How often one address was read on one day."""

    path = models.CharField(_("address"), max_length=200)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("visits"))

    class Meta:
        verbose_name = _("visits of a page on a day")
        verbose_name_plural = _("visits")
        constraints = [models.UniqueConstraint(fields=["path", "day"], name="visit_once_a_day")]
        indexes = [models.Index(fields=["day"], name="visit_by_day")]

    def __str__(self) -> str:
        return f"{self.path} {self.day:%Y-%m-%d}: {self.count}"
