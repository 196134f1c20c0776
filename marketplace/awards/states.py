"""What an award can be, and what it can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class AwardState(models.TextChoices):
    """The decision to fund: on notice, standing, or gone."""

    PENDING = "pending", _("on notice")
    ACTIVE = "active", _("stands")
    CONTRACTED = "contracted", _("under agreement")
    CANCELLED = "cancelled", _("cancelled")
    DECLINED = "declined", _("declined")


AWARD = Machine(
    "award",
    AwardState,
    {
        AwardState.PENDING: {AwardState.ACTIVE, AwardState.CANCELLED, AwardState.DECLINED},
        AwardState.ACTIVE: {AwardState.CONTRACTED, AwardState.CANCELLED, AwardState.DECLINED},
        AwardState.CONTRACTED: set(),
        AwardState.CANCELLED: set(),
        AwardState.DECLINED: set(),
    },
    start=AwardState.PENDING,
)
