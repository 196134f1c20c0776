"""What people are told about budgets."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "budget_passed_on",
    group="ledger",
    title=_("%(giver)s passed %(amount_fen)s on to %(buyer)s"),
    body=_("Out of “%(fund)s”. It can be pledged for projects on the shelf now. Why: %(reason)s"),
)
kind(
    "budget_taken_back",
    group="ledger",
    title=_("%(giver)s took %(amount_fen)s back from %(buyer)s"),
    body=_("Out of “%(fund)s”, of what was still free. Why: %(reason)s"),
)
