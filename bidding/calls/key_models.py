"""The key of a call: what is handed in is sealed for it, and it is released at the opening."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call


class KeeperKey(models.Model):
    """An officer's own pair of keys, to which shares of a call's key are sent.

    The private half is locked up under the officer's passphrase, which is kept nowhere.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="keeper_keys")
    public = models.BinaryField()
    private_locked = models.BinaryField()
    salt = models.BinaryField()
    log_n = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(_("made"))
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("keeper's key")
        verbose_name_plural = _("keepers' keys")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(replaced_at=None),
                name="keeper_key_one_in_use",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class CallKey(models.Model):
    """A call's pair of keys. The public half is here; the private one is where the call says:
    in the key store, or in nobody's hands but split among `shares`, of which `needed` restore it.
    """

    call = models.OneToOneField(Call, models.CASCADE, related_name="key", primary_key=True)
    public = models.BinaryField()
    needed = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("call's key")
        verbose_name_plural = _("calls' keys")

    def __str__(self) -> str:
        return f"call:{self.call_id}"


class KeyShare(models.Model):
    """One keeper's share of a call's key; `given` holds it between the ceremony's two moments."""

    key = models.ForeignKey(CallKey, models.CASCADE, related_name="shares")
    keeper = models.ForeignKey(KeeperKey, models.PROTECT, related_name="shares")
    point = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    given = models.BinaryField(default=b"")
    given_at = models.DateTimeField(_("given"), null=True)

    class Meta:
        verbose_name = _("share of a key")
        verbose_name_plural = _("shares of keys")
        ordering = ["point"]
        constraints = [
            models.UniqueConstraint(fields=["key", "keeper"], name="key_share_one_each"),
            models.UniqueConstraint(fields=["key", "point"], name="key_share_point_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.point}"
