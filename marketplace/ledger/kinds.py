"""What people are told about budgets."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "fund_runs_low",
    group="ledger",
    title=_("Only %(free_fen)s of “%(fund)s” is still free"),
    body=_(
        "Less than %(percent)s %% of the %(given_fen)s that came in can still be promised. "
        "This is said once, and again only after it was filled."
    ),
)
kind(
    "budget_runs_low",
    group="ledger",
    title=_("Only %(free_fen)s of the budget of %(union)s is still free"),
    body=_(
        "Less than %(percent)s %% of its %(given_fen)s of “%(fund)s” can still be pledged. "
        "This is said once, and again only after it was filled."
    ),
)

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
