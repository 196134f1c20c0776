"""Seals: one row for each block of an append-only table that has been sealed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seal(models.Model):
    """SHA-256 over the previous seal and every row of a block; never changed, never deleted."""

    chain = models.CharField(_("chain"), max_length=20)
    number = models.PositiveIntegerField(_("number"))
    first_row = models.BigIntegerField(_("first row"))
    last_row = models.BigIntegerField(_("last row"))
    rows = models.PositiveIntegerField(_("rows"))
    previous_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="seal_once"),
            models.CheckConstraint(
                condition=models.Q(first_row__lte=models.F("last_row")), name="seal_block_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"
