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
kind(
    "suspension_called",
    group="delivery",
    title=_("“%(project)s”: notice was given to suspend it"),
    body=_("Reason: %(reason)s. The other side may answer until %(answer_until_on)s."),
)
kind(
    "termination_called",
    group="delivery",
    title=_("“%(project)s”: notice was given to end it"),
    body=_("Reason: %(reason)s. The other side may answer until %(answer_until_on)s."),
)
kind(
    "halt_answered",
    group="delivery",
    title=_("“%(project)s”: the notice to stop was answered"),
    body=_("Read the answer. An officer decides on the notice."),
)
kind(
    "halt_withdrawn",
    group="delivery",
    title=_("“%(project)s”: the notice to stop was withdrawn"),
    body=_("The project goes on as it was."),
)
kind(
    "halt_refused",
    group="delivery",
    title=_("“%(project)s”: the notice to stop is not followed"),
    body=_("Reason: %(reason)s. The project goes on as it was."),
)
kind(
    "project_suspended",
    group="delivery",
    title=_("“%(project)s” is suspended"),
    body=_("Reason: %(reason)s. Nothing is due or paid until it goes on or is ended."),
)
kind(
    "suspension_lifted",
    group="delivery",
    title=_("“%(project)s” goes on"),
    body=_("What is still to be done is due %(days)s days later. %(reason)s"),
)
kind(
    "termination_settled",
    group="delivery",
    title=_("“%(project)s” was ended"),
    body=_(
        "The work done comes to %(accepted_fen)s. Returned: %(returned_fen)s; claimed back: "
        "%(claimed_fen)s. Reason: %(reason)s"
    ),
)
