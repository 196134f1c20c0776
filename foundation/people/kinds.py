"""What people are told about their own accounts and posts."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "appointed",
    group="people",
    title=_("You now hold the post “%(post)s”"),
    body=_(
        "%(who)s gave you this post on the platform. Some posts ask for a second step when signing "
        "in; your desk leads you through it."
    ),
)
kind(
    "appointment_ended",
    group="people",
    title=_("Your post “%(post)s” has ended"),
    body=_("%(who)s ended it. What you did in it stays on record."),
)
kind(
    "invited",
    group="people",
    title=_("You are invited: %(offer)s"),
    body=_(
        "%(who)s invites you to Gongchuang: %(offer)s. Open the page below to accept. The "
        "invitation is open until %(expires_at)s."
    ),
)
kind(
    "invitation_accepted",
    group="people",
    title=_("%(name)s accepted your invitation"),
    body=_("%(name)s (%(email)s) accepted: %(offer)s."),
)
kind("account_letter", group="people", title="%(subject)s", body="%(body)s")
