"""What people are told about notices and objections."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "notice_published",
    group="notices",
    title=_("The result of call %(number)s is public"),
    body=_("“%(notice)s” stands until %(last_on)s. Until then anybody may object by name."),
)
kind(
    "objection_filed",
    group="notices",
    title=_("An objection to “%(proposal)s”"),
    body=_("It was filed on notice %(notice)s and has to be answered by %(due_on)s."),
)
kind(
    "objection_answered",
    group="notices",
    title=_("An objection to “%(proposal)s” was answered"),
    body=_("The answer stands on notice %(notice)s: %(answer)s"),
)
kind(
    "objection_reminder",
    group="notices",
    title=_("The objection to “%(proposal)s” is due on %(due_on)s"),
    body=_("It was filed on notice %(notice)s. Until it is answered that award waits."),
)
kind(
    "objection_overdue",
    group="notices",
    title=_("The objection to “%(proposal)s” is overdue"),
    body=_(
        "It stands on notice %(notice)s and was to be answered by %(due_on)s. "
        "Any officer who has no part in it may answer now."
    ),
)
kind(
    "complaint_raised",
    group="notices",
    title=_("A complaint about the answer on “%(proposal)s”"),
    body=_("You decide it by %(due_on)s; another officer gave the answer. Notice %(notice)s."),
)
kind(
    "complaint_decided",
    group="notices",
    title=_("The complaint about “%(proposal)s” was decided"),
    body=_("The decision stands on notice %(notice)s: %(answer)s"),
)
kind(
    "objection_reply",
    group="notices",
    title=_("Your objection to “%(proposal)s” was answered"),
    body=_("%(verdict)s\n\n%(answer)s\n\nNotice %(notice)s. %(onward)s"),
    forgets=True,
)
