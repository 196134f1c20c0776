"""What a pledge and an allocation run can be, and what they can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class PledgeState(models.TextChoices):
    """A buyer's promise of money."""

    PROMISED = "promised", _("promised")
    WITHDRAWN = "withdrawn", _("withdrawn")
    USED = "used", _("used in an award")
    RELEASED = "released", _("not needed")


class RunState(models.TextChoices):
    """A computed portfolio: waited for, proposed, then confirmed whole or set aside."""

    WAITING = "waiting", _("being computed")
    FAILED = "failed", _("no plan")
    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    SET_ASIDE = "set_aside", _("set aside")


PLEDGE = Machine(
    "pledge",
    PledgeState,
    {
        PledgeState.PROMISED: {PledgeState.WITHDRAWN, PledgeState.USED, PledgeState.RELEASED},
        PledgeState.WITHDRAWN: {PledgeState.PROMISED},
        PledgeState.USED: {PledgeState.RELEASED},
        PledgeState.RELEASED: set(),
    },
    start=PledgeState.PROMISED,
)
RUN = Machine(
    "run",
    RunState,
    {
        RunState.WAITING: {RunState.PROPOSED, RunState.FAILED, RunState.SET_ASIDE},
        RunState.FAILED: set(),
        RunState.PROPOSED: {RunState.CONFIRMED, RunState.SET_ASIDE},
        RunState.CONFIRMED: set(),
        RunState.SET_ASIDE: set(),
    },
    start=RunState.WAITING,
)
