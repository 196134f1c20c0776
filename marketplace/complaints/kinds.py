"""What officers are told about complaints; never what somebody wrote, never a contact."""

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
