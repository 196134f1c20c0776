"""What people are told about interest and promises."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "interest_shown",
    group="matching",
    title=_("%(buyer)s is interested in “%(proposal)s”"),
    body=_("%(buyer)s wants to talk about “%(proposal)s”. %(note)s"),
)
kind(
    "interest_withdrawn",
    group="matching",
    title=_("%(buyer)s took back its interest in “%(proposal)s”"),
    body=_("%(buyer)s no longer wants to talk about “%(proposal)s”."),
)
kind(
    "money_pledged",
    group="matching",
    title=_("%(buyer)s promised %(amount_fen)s for “%(proposal)s”"),
    body=_(
        "%(buyer)s promised %(amount_fen)s for “%(proposal)s”. It counts when the money of "
        "the call is shared out; until then it can be taken back."
    ),
)
kind(
    "pledge_withdrawn",
    group="matching",
    title=_("%(buyer)s took back its promise for “%(proposal)s”"),
    body=_("%(buyer)s took back its promise of %(amount_fen)s for “%(proposal)s”."),
)
kind(
    "pledge_released",
    group="matching",
    title=_("Your promise for “%(proposal)s” is free again"),
    body=_(
        "The call “%(call)s” was cancelled. The %(amount_fen)s you promised can be promised "
        "elsewhere."
    ),
)
kind(
    "plan_computed",
    group="matching",
    title=_("A plan for “%(call)s” has been computed"),
    body=_("What you asked to be computed has ended. Look at the plan, or at why there is none."),
)
