"""What is told about honoraria: to officers that a list waits, to a judge what is their own."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "honoraria_drawn_up",
    group="evaluation",
    title=_("Honoraria are drawn up: %(call)s"),
    body=_("What each judge is owed was worked out. Look at it, correct it, and confirm it."),
)
kind(
    "honoraria_confirmed",
    group="evaluation",
    title=_("Honoraria wait for a second look: %(call)s"),
    body=_("A colleague confirmed the list. Somebody else has to approve it."),
)
kind(
    "honoraria_returned",
    group="evaluation",
    title=_("Honoraria were given back: %(call)s"),
    body=_("%(reason)s"),
)
kind(
    "honorarium_due",
    group="evaluation",
    title=_("Your honorarium: %(call)s"),
    body=_("%(amount_fen)s, before tax, will be paid to you. Thank you for judging."),
)
kind(
    "honorarium_paid",
    group="evaluation",
    title=_("Your honorarium was paid: %(call)s"),
    body=_("%(amount_fen)s, before tax, on %(paid_on)s. Reference: %(reference)s."),
)
