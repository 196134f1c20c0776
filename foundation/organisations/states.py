"""What an organisation's record, a claim, a replacement and a proof can be and become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class OrganisationState(models.TextChoices):
    """Whether the platform knows this body to be what it says."""

    REGISTERED = "registered", _("registered")
    VERIFIED = "verified", _("verified")
    SUSPENDED = "suspended", _("suspended")
    DISSOLVED = "dissolved", _("dissolved")


S = OrganisationState
ORGANISATION = Machine(
    "organisation",
    S,
    {
        S.REGISTERED: {S.VERIFIED, S.DISSOLVED},
        S.VERIFIED: {S.SUSPENDED, S.DISSOLVED},
        S.SUSPENDED: {S.VERIFIED, S.DISSOLVED},
        S.DISSOLVED: set(),
    },
    start=S.REGISTERED,
)


class RequestState(models.TextChoices):
    """How a request to stand for an organisation was answered."""

    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


R = RequestState
_ANSWERED_ONCE = {R.OPEN: {R.ACCEPTED, R.REFUSED}, R.ACCEPTED: set(), R.REFUSED: set()}
CLAIM = Machine("claim", R, _ANSWERED_ONCE, start=R.OPEN)
REPLACEMENT = Machine("replacement", R, _ANSWERED_ONCE, start=R.OPEN)


class ProofState(models.TextChoices):
    """Whether what an organisation says about itself has been checked."""

    STATED = "stated", _("stated, not checked yet")
    VERIFIED = "verified", _("verified")
    REFUSED = "refused", _("refused")


P = ProofState
PROOF = Machine(
    "proof",
    P,
    {P.STATED: {P.VERIFIED, P.REFUSED}, P.VERIFIED: {P.REFUSED}, P.REFUSED: set()},
    start=P.STATED,
)
