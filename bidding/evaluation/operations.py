"""The verbs of an evaluation, from the first check to the ranking; each lives with its noun."""

from bidding.evaluation.bench import (
    change_availability,
    change_expertise,
    end_tie,
    enrol_expert,
    state_tie,
)
from bidding.evaluation.lots import declare_void
from bidding.evaluation.panels import (
    begin_scoring,
    draw_panel,
    draw_substitute,
    leave_seat,
    take_seat,
)
from bidding.evaluation.placing import move_place, rank_proposals
from bidding.evaluation.screening import cure_proposal, screen_proposal
from bidding.evaluation.sheets import finalise_sheet, score_proposal

__all__ = [
    "begin_scoring",
    "change_availability",
    "change_expertise",
    "cure_proposal",
    "declare_void",
    "draw_panel",
    "draw_substitute",
    "end_tie",
    "enrol_expert",
    "finalise_sheet",
    "leave_seat",
    "move_place",
    "rank_proposals",
    "score_proposal",
    "screen_proposal",
    "state_tie",
    "take_seat",
]
