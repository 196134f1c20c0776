"""Who deals with what Stripe tells."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.people.rules import is_fund_manager
from foundation.permissions import is_system, may_become, permit
from marketplace.payments.states import EventState


def is_undecided(event: Any) -> Any:
    """It has not been worked off or set aside."""
    if event.state in (EventState.WAITING, EventState.HELD):
        return None
    return _("This has been dealt with already: %(now)s.") % {"now": event.get_state_display()}


def is_held(event: Any) -> Any:
    """It waits for a person's decision."""
    if event.state == EventState.HELD:
        return None
    return _("This has been dealt with already: %(now)s.") % {"now": event.get_state_display()}


permit("take_in_event", who=is_system, meaning=_("keep what Stripe tells"))
permit(
    "work_off_event",
    who=is_system | is_fund_manager,
    when=is_undecided,
    meaning=_("work off what Stripe told"),
)
permit(
    "owe_part",
    who=is_fund_manager,
    when=is_held,
    meaning=_("owe a part again that Stripe took back"),
)
permit(
    "set_aside_event",
    who=is_fund_manager,
    when=may_become(EventState.SET_ASIDE),
    meaning=_("set aside what Stripe told and nobody here knows"),
)
