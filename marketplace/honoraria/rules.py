"""Who sees to honoraria, and when: one confirms, another approves, nobody their own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from bidding.calls.rules import was_not_cancelled
from bidding.evaluation.states import PanelState
from foundation.people.rules import is_auditor, is_fund_manager, is_officer
from foundation.permissions import is_system, may_become, permit
from marketplace.honoraria.states import ListState

reads_honoraria = is_officer | is_fund_manager | is_auditor
keeps_honoraria = is_officer | is_fund_manager


@predicate
def is_not_on_it(person: Any, listed: Any = None) -> bool:
    """Somebody who is owed nothing by this list."""
    return listed is None or person.pk not in listed.people_on_it


@predicate
def did_not_confirm_it(person: Any, listed: Any = None) -> bool:
    """Somebody else than who confirmed it."""
    return listed is None or listed.confirmed_by_id != person.pk


def panel_is_closed(call: Any) -> Any:
    """The ranking stands, and with it what each judge did."""
    panel = getattr(call, "panel", None)
    if panel is None or panel.state != PanelState.CLOSED:
        return _("Honoraria are worked out when the ranking stands.")
    return None


def not_drawn_up(call: Any) -> Any:
    """There is one list a call."""
    if hasattr(call, "honoraria"):
        return _("The honoraria of this call are drawn up already.")
    return None


def something_is_paid(call: Any) -> Any:
    """By the rules of the call judges are owed something."""
    if call.sheet_fee_fen or call.half_day_fee_fen:
        return None
    return _("By the rules of this call judges get no honorarium.")


def is_drawn_up(listed: Any) -> Any:
    """Nobody has confirmed it, so it may still change."""
    if listed.state == ListState.DRAWN_UP:
        return None
    return _("This list is confirmed. Have it given back before you change it.")


def is_approved(listed: Any) -> Any:
    """Two people have looked."""
    if listed.state == ListState.APPROVED:
        return None
    return _("This list is not approved yet.")


permit(
    "draw_up_honoraria",
    who=is_officer | is_system,
    when=(was_not_cancelled, panel_is_closed, not_drawn_up, something_is_paid),
    meaning=_("work out what the judges of a call are owed"),
)
permit(
    "correct_honorarium",
    who=is_officer & is_not_on_it,
    when=is_drawn_up,
    meaning=_("correct what a judge is owed, with a reason"),
)
permit(
    "confirm_honoraria",
    who=is_officer & is_not_on_it,
    when=may_become(ListState.CONFIRMED),
    meaning=_("confirm what the judges of a call are owed"),
)
permit(
    "approve_honoraria",
    who=keeps_honoraria & is_not_on_it & did_not_confirm_it,
    when=may_become(ListState.APPROVED),
    meaning=_("approve honoraria that somebody else confirmed"),
)
permit(
    "return_honoraria",
    who=keeps_honoraria & is_not_on_it,
    when=may_become(ListState.DRAWN_UP),
    meaning=_("give honoraria back to be corrected, with a reason"),
)
permit(
    "mark_honoraria_paid",
    who=keeps_honoraria & is_not_on_it,
    when=is_approved,
    meaning=_("note that honoraria were paid"),
)
permit(
    "take_back_paid",
    who=keeps_honoraria & is_not_on_it,
    when=is_approved,
    meaning=_("note that an honorarium came back or was not paid, with a reason"),
)
