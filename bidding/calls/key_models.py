"""The key of a call: what is handed in is sealed for it, and it is released at the opening."""

from django.db import models

from bidding.calls.models import Call


class CallKey(models.Model):
    """A call's pair of keys. The public half is here; the private one is where the call says."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="key", primary_key=True)
    public = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "call key"
        verbose_name_plural = "call keys"

    def __str__(self) -> str:
        return f"call:{self.call_id}"
