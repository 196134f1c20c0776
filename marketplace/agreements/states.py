"""What an agreement and a tranche can be, and what they can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class AgreementState(models.TextChoices):
    """Drawn up, out for signature, in force, ended."""

    DRAFT = "draft", _("draft")
    OFFERED = "offered", _("out for signature")
    SIGNED = "signed", _("signed, in force")
    REFUSED = "refused", _("signature refused")
    COMPLETED = "completed", _("completed")
    TERMINATED = "terminated", _("terminated")


class TrancheState(models.TextChoices):
    """A dated amount behind a gate."""

    WAITING = "waiting", _("waiting for its gate")
    DUE = "due", _("owed")
    RETURNED = "returned", _("returned unspent")


AGREEMENT = Machine(
    "agreement",
    AgreementState,
    {
        AgreementState.DRAFT: {AgreementState.OFFERED},
        AgreementState.OFFERED: {AgreementState.SIGNED, AgreementState.REFUSED},
        AgreementState.SIGNED: {AgreementState.COMPLETED, AgreementState.TERMINATED},
        AgreementState.REFUSED: set(),
        AgreementState.COMPLETED: set(),
        AgreementState.TERMINATED: set(),
    },
    start=AgreementState.DRAFT,
)
TRANCHE = Machine(
    "tranche",
    TrancheState,
    {
        TrancheState.WAITING: {TrancheState.DUE, TrancheState.RETURNED},
        TrancheState.DUE: {TrancheState.RETURNED},
        TrancheState.RETURNED: set(),
    },
    start=TrancheState.WAITING,
)
