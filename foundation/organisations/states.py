"""What an organisation's record, a claim and a proof can be, and what they can become."""

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
