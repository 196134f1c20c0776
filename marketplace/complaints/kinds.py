"""What officers are told about complaints, never what somebody wrote, never a contact; and what
whoever complained is told: the answer, not what they wrote, not the secret of their link."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "complaint_received",
    group="complaints",
    title=_("Complaint %(number)s came in"),
    body=_("It is about %(about)s. It is to be answered by %(due_on)s."),
)
kind(
    "complaint_late",
    group="complaints",
    title=_("Complaint %(number)s is late"),
    body=_("It was to be answered by %(due_on)s, and is not."),
)
kind(
    "complaint_answered",
    group="complaints",
    title=_("Your complaint %(number)s has been answered"),
    body=_(
        "%(answer)s\n\nThe answer also stands at the link you were given when you complained. "
        "The address this was sent to is erased %(days)d days after the answer; nobody reads "
        "replies to this letter."
    ),
    forgets=True,
)
