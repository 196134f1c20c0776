"""What people are told about projects."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "milestone_near",
    group="delivery",
    title=_("“%(milestone)s” is due on %(due_on)s"),
    body=_("Milestone of “%(project)s”. Report it with evidence when it is reached."),
)
kind(
    "milestone_late",
    group="delivery",
    title=_("“%(milestone)s” was due on %(due_on)s"),
    body=_("The milestone of “%(project)s” has not been reported."),
)
kind(
    "milestone_reported",
    group="delivery",
    title=_("“%(milestone)s” of “%(project)s” was reported"),
    body=_("Look at the report and its evidence, then accept it or return it with a reason."),
)
kind(
    "milestone_accepted",
    group="delivery",
    title=_("“%(milestone)s” of “%(project)s” was accepted"),
    body=_("Now owed: %(owed_fen)s."),
)
kind(
    "milestone_returned",
    group="delivery",
    title=_("“%(milestone)s” of “%(project)s” was returned"),
    body=_("Reason: %(reason)s"),
)
kind(
    "project_closed",
    group="delivery",
    title=_("“%(project)s” is closed with grade %(grade)s"),
    body=_("Returned unspent: %(returned_fen)s."),
)
kind(
    "project_terminated",
    group="delivery",
    title=_("“%(project)s” was broken off"),
    body=_("Reason: %(reason)s. Returned: %(returned_fen)s."),
)
kind(
    "extension_asked",
    group="delivery",
    title=_("More time is asked for: “%(milestone)s” of “%(project)s”, until %(due_on)s"),
    body=_("Reason: %(reason)s. Grant it, or refuse it with a reason."),
)
kind(
    "extension_granted",
    group="delivery",
    title=_("“%(milestone)s” of “%(project)s” is due on %(due_on)s now"),
    body=_("The buyer granted more time. %(remark)s"),
)
kind(
    "extension_refused",
    group="delivery",
    title=_("No more time for “%(milestone)s” of “%(project)s”"),
    body=_("It stays due when it was. Reason: %(reason)s"),
)
