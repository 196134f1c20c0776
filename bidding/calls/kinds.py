"""What people are told about calls."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "call_amended",
    group="calls",
    title=_("Call %(number)s was changed"),
    body=_("“%(call)s” was changed: %(reason)s"),
)
kind(
    "closing_moved",
    group="calls",
    title=_("Call %(number)s closes later"),
    body=_(
        "A question about “%(call)s” is still unanswered, so the call stays open until "
        "%(closes_at)s. What you handed in stays as it is; you may still change it."
    ),
)
kind(
    "call_cancelled",
    group="calls",
    title=_("Call %(number)s was cancelled"),
    body=_("“%(call)s” was cancelled: %(reason)s"),
)
kind(
    "call_run_again",
    group="calls",
    title=_("Call %(number)s runs an earlier one again"),
    body=_(
        "What was void in %(earlier)s is asked for again: “%(call)s”. Proposals are taken until "
        "%(closes_at)s; what was offered then has to be handed in anew."
    ),
)
kind(
    "call_news",
    group="calls",
    title=_("%(news)s: %(call)s"),
    body=_("%(said)s Proposals are taken until %(closes_at)s."),
)
kind(
    "call_letter",
    group="calls",
    title=_("%(news)s: %(call)s"),
    body=_(
        "%(said)s Proposals are taken until %(closes_at)s.\n\n"
        "You asked to be told of calls. To be told no longer, open this: %(leave)s"
    ),
    forgets=True,
)
kind(
    "subscription_asked",
    group="calls",
    title=_("Do you want to be told of calls?"),
    body=_(
        "Somebody typed this address to be told of calls for projects. If it was you, open the "
        "link and confirm. If not, do nothing: the address is deleted after a week."
    ),
    forgets=True,
)
kind(
    "clarification_asked",
    group="calls",
    title=_("A question about call %(number)s"),
    body=_("%(question)s Please answer before the call closes; the answer is public."),
)
kind(
    "clarification_answered",
    group="calls",
    title=_("Your question about call %(number)s was answered"),
    body=_("%(answer)s The question and its answer stand on the call's page, without your name."),
)
kind(
    "answer_published",
    group="calls",
    title=_("A question about call %(number)s was answered"),
    body=_("%(question)s — %(answer)s This belongs to what the call says, for everybody."),
)
