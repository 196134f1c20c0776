"""The verbs of an evaluation, from the first check to the ranking; each lives with its noun."""

from bidding.evaluation.bench import (
    change_availability,
    end_tie,
    enrol_expert,
    state_tie,
)
from bidding.evaluation.blinding import hide_word, show_word
from bidding.evaluation.discussion import (
    add_minute,
    close_discussion,
    open_discussion,
    revise_sheet,
)
from bidding.evaluation.expertise import change_expertise, state_expertise
from bidding.evaluation.live import give_points
from bidding.evaluation.lots import declare_void
from bidding.evaluation.lots_at_the_line import announce_lottery, type_numbers
from bidding.evaluation.panels import begin_scoring, draw_panel, take_seat
from bidding.evaluation.placing import move_place, rank_proposals
from bidding.evaluation.reminders import remind_judges
from bidding.evaluation.replacing import (
    declare_conflict,
    draw_substitute,
    judge_anew,
    leave_seat,
    name_substitute,
)
from bidding.evaluation.roadshow_planning import (
    announce_roadshow,
    change_roadshow,
    draw_running_order,
    drop_roadshow,
    plan_roadshow,
    set_running_order,
)
from bidding.evaluation.screening import cure_proposal, screen_proposal
from bidding.evaluation.sheets import finalise_sheet, score_proposal
from bidding.evaluation.stage import (
    call_turn,
    close_turn,
    finish_roadshow,
    pause_roadshow,
    reopen_roadshow,
    reopen_turn,
    resume_roadshow,
    show_results,
    skip_turn,
    start_roadshow,
)

__all__ = [
    "add_minute",
    "announce_lottery",
    "announce_roadshow",
    "begin_scoring",
    "call_turn",
    "change_availability",
    "change_expertise",
    "change_roadshow",
    "close_discussion",
    "close_turn",
    "cure_proposal",
    "declare_conflict",
    "declare_void",
    "draw_panel",
    "draw_running_order",
    "draw_substitute",
    "drop_roadshow",
    "end_tie",
    "enrol_expert",
    "finalise_sheet",
    "finish_roadshow",
    "give_points",
    "hide_word",
    "judge_anew",
    "leave_seat",
    "move_place",
    "name_substitute",
    "open_discussion",
    "pause_roadshow",
    "plan_roadshow",
    "rank_proposals",
    "remind_judges",
    "reopen_roadshow",
    "reopen_turn",
    "resume_roadshow",
    "revise_sheet",
    "score_proposal",
    "screen_proposal",
    "set_running_order",
    "show_results",
    "show_word",
    "skip_turn",
    "start_roadshow",
    "state_expertise",
    "state_tie",
    "take_seat",
    "type_numbers",
]
