"""Keys in the database: each wrapped under a master key that is not."""

from django.db import models


class Key(models.Model):
    """A key by what it is for (`organisation:12`, `call:7`), of no use without the key store."""

    name = models.CharField(max_length=60, unique=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "key"
        verbose_name_plural = "keys"

    def __str__(self) -> str:
        return self.name
