"""Who may name a public draw and type its numbers, and when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.rules import call_stands
from bidding.evaluation.lottery_queries import groups_of, numbers_of
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.people.rules import is_officer
from foundation.permissions import permit


def lot_decides(ranking: Any) -> Any:
    """By the call's rules a lot decides, and there is somebody between whom."""
    if groups_of(ranking):
        return None
    return _("Nothing in this ranking is decided by lot.")


def ranking_still_free(ranking: Any) -> Any:
    """The result is not public and nothing was funded by this order yet."""
    if ranking.call.decided_at:
        return _("The result of this call is public; its order stands.")
    if ranking.places.exclude(proposal__state=ProposalState.RANKED).exists():
        return _("Proposals of this ranking have been decided about; its order stands.")
    return None


def lots_are_drawn(call: Any) -> Any:
    """Where a lot decides at the line, its numbers have come."""
    ranking = getattr(call, "ranking", None)
    if ranking is None or not groups_of(ranking) or numbers_of(ranking):
        return None
    return _("By the rules of this call a lot decides at the line first: name the public draw.")


def draw_was_held(lottery: Any) -> Any:
    """The moment that was named has come."""
    if clock.database_now() >= lottery.drawn_at:
        return None
    return _("This draw is not held yet.")


def lotterys_ranking_is_free(lottery: Any) -> Any:
    """The order can still change."""
    return ranking_still_free(lottery.ranking)


permit(
    "announce_lottery",
    who=is_officer,
    when=(call_stands("call"), lot_decides, ranking_still_free),
    meaning=_("name the public draw that decides by lot at the line"),
)
permit(
    "type_numbers",
    who=is_officer,
    when=(call_stands("ranking.call"), lotterys_ranking_is_free, draw_was_held),
    meaning=_("type the numbers of a public draw that decides by lot"),
)
