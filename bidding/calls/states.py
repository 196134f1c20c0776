"""What the stored part of a call can be; its phase is computed from the clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class CallState(models.TextChoices):
    """What somebody decided; what the clock decides is the call's phase."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")


CALL = Machine(
    "call",
    CallState,
    {
        CallState.DRAFT: {CallState.PUBLISHED},
        CallState.PUBLISHED: {CallState.CANCELLED},
        CallState.CANCELLED: set(),
    },
    start=CallState.DRAFT,
)


class Phase(models.TextChoices):
    """Where a published call stands, computed from its times and from whether it was opened."""

    DRAFT = "draft", _("draft")
    UPCOMING = "upcoming", _("opens soon")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed, sealed")
    OPENED = "opened", _("in evaluation")
    DECIDED = "decided", _("decided")
    CANCELLED = "cancelled", _("cancelled")
