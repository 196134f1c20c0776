"""What a proposal can be, and what it can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class ProposalState(models.TextChoices):
    """From the organisation's own draft to the federation's decision about it."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted, sealed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DAMAGED = "damaged", _("damaged, not opened")
    OPENED = "opened", _("opened")
    CURING = "curing", _("to be cured")
    ELIGIBLE = "eligible", _("admitted")
    REFUSED = "refused", _("not admitted")
    RANKED = "ranked", _("ranked")
    AWARDED = "awarded", _("awarded")
    UNFUNDED = "unfunded", _("not funded")


S = ProposalState
PROPOSAL = Machine(
    "proposal",
    S,
    {
        S.DRAFT: {S.SUBMITTED},
        S.SUBMITTED: {S.WITHDRAWN, S.SUBMITTED, S.OPENED, S.DAMAGED},
        S.WITHDRAWN: {S.SUBMITTED},
        S.DAMAGED: {S.OPENED},  # by its fingerprint: see `damage`
        S.OPENED: {S.CURING, S.ELIGIBLE, S.REFUSED},
        S.CURING: {S.ELIGIBLE, S.REFUSED},
        S.ELIGIBLE: {S.RANKED, S.REFUSED},
        S.REFUSED: set(),
        S.RANKED: {S.AWARDED, S.UNFUNDED},
        S.AWARDED: {S.UNFUNDED},
        S.UNFUNDED: {S.AWARDED},
    },
    start=S.DRAFT,
)


class PartnerState(models.TextChoices):
    """What an organisation that was asked to be partner has said."""

    ASKED = "asked", _("asked, not answered")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("not taking part")
    DROPPED = "dropped", _("not asked any more")


P = PartnerState
PARTNER = Machine(
    "partner",
    P,
    {
        P.ASKED: {P.CONFIRMED, P.REFUSED, P.DROPPED},
        P.CONFIRMED: {P.REFUSED, P.DROPPED},
        P.REFUSED: {P.ASKED, P.DROPPED},
        P.DROPPED: {P.ASKED, P.REFUSED, P.CONFIRMED},  # what was handed in may name it still
    },
    start=P.ASKED,
)

EDITABLE = frozenset({S.DRAFT.value, S.SUBMITTED.value, S.WITHDRAWN.value})
"""Before the opening: the organisation's own, sealed from everybody else."""

SEALED = EDITABLE | {S.DAMAGED.value}
"""Nothing of the offer is in the database but ciphertext; a damaged one could not be opened."""

OPEN = frozenset(set(S.values) - SEALED)
"""After the opening: officers and auditors read it."""

SHELF = frozenset({S.RANKED.value, S.AWARDED.value, S.UNFUNDED.value})
"""Judged: union buyers read it too."""
