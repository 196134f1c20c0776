"""What people are told about pages that are handed in and reviewed."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "page_submitted",
    group="pages",
    title=_("A page waits for your review: “%(page)s”"),
    body=_("%(who)s handed it in. Open it in the studio, read it, and publish or return it."),
)
kind(
    "page_approved",
    group="pages",
    title=_("Your page “%(page)s” was approved"),
    body=_("%(who)s approved it. It is public now, or will be at the time you set."),
)
kind(
    "page_returned",
    group="pages",
    title=_("Your page “%(page)s” was returned"),
    body=_("%(who)s returned it: %(reason)s"),
)
kind(
    "page_not_published",
    group="pages",
    title=_("The page “%(page)s” could not be published at its time"),
    body=_(
        "%(fault)s It was to go live on %(due_at)s and is tried again and again. Open it in the "
        "studio: mend it and publish it anew, or take its time away."
    ),
)
kind(
    "page_not_taken_down",
    group="pages",
    title=_("The page “%(page)s” could not be taken down at its time"),
    body=_(
        "%(fault)s It expired on %(due_at)s: readers do not see it any more, but it counts as "
        "public. It is tried again and again; open it in the studio and take it down."
    ),
)
