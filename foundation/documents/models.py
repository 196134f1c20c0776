"""Documents: stored once, known by their hash, served only through a permission.

A sealed one (`is_sealed`) lies in the store as ciphertext for good. While its `key` is empty the
row tells nothing of it either: no name, no type, size and SHA-256 of the ciphertext. Whoever
opens it writes them and the key.
"""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """A file somebody handed in. What it belongs to (`purpose`) decides who may read it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=40)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    file = models.FileField(max_length=200)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("handed in"))
    is_sealed = models.BooleanField(_("kept as ciphertext"), default=False)
    key = models.BinaryField(blank=True, default=b"")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.name or str(self.uuid)

    def get_absolute_url(self) -> str:
        """Where it can be downloaded by whoever may read it."""
        return reverse("documents:document", args=[self.uuid])
