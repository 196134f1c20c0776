"""What people are told about awards."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "award_published",
    group="awards",
    title=_("“%(proposal)s” is to be funded with %(amount_fen)s"),
    body=_(
        "The result of “%(call)s” is on public notice until %(last_day_on)s. If no objection "
        "stands after that, an agreement follows."
    ),
)
kind(
    "award_refused",
    group="awards",
    title=_("“%(proposal)s” got no money this time"),
    body=_(
        "The money of “%(call)s” has been shared out. Here you read why, with the numbers, and "
        "what would have been enough."
    ),
)
kind(
    "pledge_settled",
    group="awards",
    title=_("The money of “%(call)s” has been shared out"),
    body=_(
        "Your promise for “%(proposal)s”: %(used_fen)s are used; the rest, if any, is free again."
    ),
)
kind(
    "award_activated",
    group="awards",
    title=_("The award for “%(proposal)s” stands"),
    body=_("The notice period is over and no objection stands. The agreement is drawn up next."),
)
kind(
    "award_cancelled",
    group="awards",
    title=_("The award for “%(proposal)s” was cancelled"),
    body=_("Reason: %(reason)s. The money goes back to where it came from."),
)
kind(
    "award_declined",
    group="awards",
    title=_("The award for “%(proposal)s” was declined"),
    body=_("Reason: %(reason)s. The money goes back to where it came from."),
)
kind(
    "award_next",
    group="awards",
    title=_("“%(proposal)s” is next in its lot"),
    body=_(
        "The award for “%(fallen)s” fell after an objection; %(amount_fen)s went back to where "
        "they came from. An officer decides whether they are given out anew: nothing is promised."
    ),
)
kind(
    "objection_after_agreement",
    group="awards",
    title=_("An objection was upheld after the agreement on “%(proposal)s” was drawn up"),
    body=_(
        "An agreement that is not signed by all cannot be signed any more. One that is in force "
        "stays so until you end the project."
    ),
)
