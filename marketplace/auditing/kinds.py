"""What people are told about findings and verifications."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "finding_noted",
    group="auditing",
    title=_("The auditors ask you about “%(subject)s”"),
    body=_("Finding %(number)s, “%(finding)s”, has to be answered by %(due_on)s."),
)
kind(
    "finding_due_soon",
    group="auditing",
    title=_("Finding %(number)s has to be answered soon"),
    body=_("“%(finding)s” waits for your answer until %(due_on)s."),
)
kind(
    "finding_overdue",
    group="auditing",
    title=_("Finding %(number)s was not answered in time"),
    body=_("The answer to “%(finding)s” was due on %(due_on)s."),
)
kind(
    "finding_answered",
    group="auditing",
    title=_("Finding %(number)s was answered"),
    body=_("%(person)s answered “%(finding)s”. Accept the answer, or require more."),
)
kind(
    "finding_answer_accepted",
    group="auditing",
    title=_("Your answer to finding %(number)s was accepted"),
    body=_("“%(finding)s” stays open until the auditors have seen it put right. %(remark)s"),
)
kind(
    "finding_needs_more",
    group="auditing",
    title=_("More is required on finding %(number)s"),
    body=_("%(remark)s Answer by %(due_on)s."),
)
kind(
    "finding_closed",
    group="auditing",
    title=_("Finding %(number)s is closed"),
    body=_("“%(finding)s”: %(closing)s"),
)
kind(
    "finding_withdrawn",
    group="auditing",
    title=_("Finding %(number)s was withdrawn"),
    body=_("“%(finding)s”: %(closing)s"),
)
kind(
    "verification_failed",
    group="auditing",
    title=_("Verification found faults: %(faults)s"),
    body=_("What is kept was compared with its seals, fingerprints and sums. First: %(first)s"),
)
