"""What people are told about differences with the outside."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "reconciliation_differs",
    group="payments",
    title=_("New differences with Stripe or the bank: %(fresh)s"),
    body=_("%(left)s are open now. Each has to be put right or explained by a fund manager."),
)
