"""What the top floor tells people: that what was kept is not what it was."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "verification_failed",
    group="ledger",
    title=_("Verification found faults: %(faults)s"),
    body=_("What is kept was compared with its seals, fingerprints and sums. First: %(first)s"),
)
