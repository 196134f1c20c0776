"""Who may subscribe to calls, and who may end it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from foundation.permissions import is_anyone, is_signed_in, is_system, permit


@predicate
def is_subscriber(person: Any, subscription: Any = None) -> bool:
    """The person whose subscription it is; who has none to show by its secret link, anyone."""
    return subscription is not None and subscription.person_id in (None, person.pk)


permit("subscribe", who=is_signed_in, meaning=_("be told of new calls and their changes"))
permit(
    "request_subscription",
    who=is_anyone,
    meaning=_("have an e-mail address told of calls, once its reader confirms"),
)
permit(
    "confirm_subscription",
    who=is_subscriber,
    meaning=_("confirm by the link in the letter that one wants to be told of calls"),
)
permit(
    "end_subscription",
    who=is_subscriber,
    meaning=_("be told of calls no longer"),
)
permit(
    "forget_subscription",
    who=is_system,
    meaning=_("delete an e-mail address that nobody confirmed"),
)
