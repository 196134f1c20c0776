"""Who may open, hold and close a discussion, and when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules import predicate

from bidding.calls.rules import call_stands
from bidding.evaluation.discussion_queries import items_judged_by
from bidding.evaluation.rules import panel_is_scoring
from bidding.evaluation.states import DiscussionState
from foundation import clock
from foundation.people.rules import is_officer
from foundation.permissions import is_system, may_become, permit


@predicate
def discusses(person: Any, item: Any = None) -> bool:
    """A judge of the proposal whose own sheet on it is final."""
    return bool(item is not None and items_judged_by(person).filter(pk=item.pk).exists())


def has_discussion(panel: Any) -> Any:
    """The call said before it opened that its panel may discuss."""
    if panel.call.has_discussion:
        return None
    return _("This call did not say before it opened that its panel discusses.")


def is_open(item: Any) -> Any:
    """The discussion goes on, by the database's clock."""
    discussion = item.discussion
    if discussion.state == DiscussionState.OPEN and clock.database_now() < discussion.closes_at:
        return None
    return _("The discussion is over.")


permit(
    "open_discussion",
    who=is_officer,
    when=(call_stands("call"), panel_is_scoring, has_discussion),
    meaning=_("open the panel's discussion of named proposals"),
)
permit(
    "close_discussion",
    who=is_officer | is_system,
    when=(call_stands("panel.call"), may_become(DiscussionState.CLOSED)),
    meaning=_("close the panel's discussion"),
)
STANDS = call_stands("discussion.panel.call")
permit(
    "add_minute",
    who=discusses,
    when=(STANDS, is_open),
    meaning=_("put down what was said of a proposal"),
)
permit(
    "revise_sheet",
    who=discusses,
    when=(STANDS, is_open),
    meaning=_("revise one's own points on paper after a discussion, with a reason"),
)
