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
