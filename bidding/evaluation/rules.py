"""Who may do what in an evaluation, and when."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rules import predicate

from bidding.calls.concerned import concerns
from bidding.calls.rules import call_stands, was_not_cancelled
from bidding.evaluation.lottery_rules import lots_are_drawn, ranking_still_free
from bidding.evaluation.queries import thin_lots
from bidding.evaluation.states import PanelState, SeatState, SheetState
from bidding.proposals.rules import is_bidder
from bidding.proposals.states import ProposalState
from foundation.people.models import Person, Role
from foundation.people.rules import is_officer
from foundation.permissions import is_system, may_become, permit


@predicate
def is_judge(person: Any, seat: Any = None) -> bool:
    """The expert who holds this seat and has not stepped back."""
    return bool(
        seat is not None
        and person.is_authenticated
        and seat.state != SeatState.RECUSED
        and seat.expert.person_id == person.pk
    )


@predicate
def is_scorer(person: Any, sheet: Any = None) -> bool:
    """The judge whose sheet this is."""
    return sheet is not None and bool(is_judge.test(person, sheet.seat))


@predicate
def is_the_expert(person: Any, expert: Any = None) -> bool:
    """The expert in person."""
    return bool(expert is not None and person.is_authenticated and expert.person_id == person.pk)


@concerns
def judges(call: Any) -> Any:
    """Who holds a seat, or was offered one."""
    return Person.objects.filter(
        is_active=True,
        expert__seats__panel__call=call,
        expert__seats__state__in=[SeatState.INVITED, SeatState.SEATED],
    ).distinct()


def in_screening(proposal: Any) -> Any:
    """The proposal is open and not decided about yet."""
    if proposal.state in (ProposalState.OPENED, ProposalState.CURING):
        return None
    return _("This is “%(now)s”, so it cannot be checked now.") % {
        "now": proposal.get_state_display()
    }


def to_be_cured(proposal: Any) -> Any:
    """The proposal has a fault its organisation may mend."""
    if proposal.state == ProposalState.CURING:
        return None
    return _("Nothing has to be cured here now.")


def envelopes_are_open(call: Any) -> Any:
    """The envelopes of the call have been opened."""
    return None if call.opened_at else _("The envelopes of this call are still sealed.")


def all_screened(call: Any) -> Any:
    """Every opened proposal was admitted or refused."""
    left = call.proposals.filter(state__in=[ProposalState.OPENED, ProposalState.CURING]).count()
    if left:
        return _("%(left)s proposals still have to be checked.") % {"left": left}
    return None


def has_thin_lot(call: Any) -> Any:
    """In some lot there are too few proposals that can still be valid."""
    if thin_lots(call).exists():
        return None
    return _("Every lot has as many proposals as it needs.")


def no_panel_yet(call: Any) -> Any:
    """A panel is drawn once."""
    if hasattr(call, "panel"):
        return _("The panel of this call has been drawn already.")
    return None


def panel_not_closed(panel: Any) -> Any:
    """The ranking does not stand yet."""
    if panel.state == PanelState.CLOSED:
        return _("The ranking of this call stands; its panel is closed.")
    return None


def panel_is_scoring(panel: Any) -> Any:
    """The judges are at work."""
    if panel.state == PanelState.SCORING:
        return None
    return _("Scoring has not begun, or is over.")


def seats_panel_not_closed(seat: Any) -> Any:
    """The ranking of the seat's call does not stand yet."""
    return panel_not_closed(seat.panel)


def seats_panel_is_scoring(seat: Any) -> Any:
    """The judges of the seat's call are at work, and this one sits."""
    if seat.state != SeatState.SEATED:
        return _("This judge has not taken the seat, or left it.")
    return panel_is_scoring(seat.panel)


def sheets_panel_is_scoring(sheet: Any) -> Any:
    """The judges of the sheet's call are at work."""
    return panel_is_scoring(sheet.seat.panel)


def sheet_not_final(sheet: Any) -> Any:
    """A final sheet stays as it is."""
    return _("This sheet is final.") if sheet.state == SheetState.FINAL else None


def panel_scores(call: Any) -> Any:
    """The call has a panel, and it is at work."""
    if not hasattr(call, "panel"):
        return _("No panel has been drawn yet.")
    return panel_is_scoring(call.panel)


SEES_NAMES = Q(
    role__in=[Role.OFFICER, Role.AUDITOR, Role.FUND_MANAGER, Role.ADMINISTRATOR], ended_at=None
)
"""Posts whose pages name who bids before the ranking stands."""


def shows_names(call: Any, expert: Any) -> Any:
    """Why the expert cannot judge a blind call: their post shows them whose a proposal is."""
    if call.blind and expert.person.appointments.filter(SEES_NAMES).exists():
        return _(
            "Judges of this call do not learn whose a proposal is, and the post of this expert "
            "shows it. Somebody else has to judge."
        )
    return None


def names_are_hidden_from(seat: Any) -> Any:
    """Where names are hidden, nobody judges whose post shows them."""
    return shows_names(seat.panel.call, seat.expert)


def names_are_hidden_from_the_scorer(sheet: Any) -> Any:
    """Nobody whose post shows names fills in a sheet of a blind call."""
    return names_are_hidden_from(sheet.seat)


def is_judged_blind(proposal: Any) -> Any:
    """Judges of the call are not to know whose it is, and they still judge."""
    if not proposal.call.blind:
        return _("Judges of this call read the names of those who bid.")
    if not proposal.call.opened_at:
        return _("The envelopes of this call are still sealed.")
    panel = getattr(proposal.call, "panel", None)
    return panel_not_closed(panel) if panel else None


def not_read_yet(hidden: Any) -> Any:
    """The judges have not read it with the word hidden."""
    if hasattr(hidden.proposal, "blind_copy"):
        return _("The judges read it already; what is hidden stays hidden.")
    return None


def order_still_free(place: Any) -> Any:
    """The result is not public, nothing was funded by this order yet, and no lot has to decide."""
    return ranking_still_free(place.ranking) or lots_are_drawn(place.ranking.call)


permit(
    "screen_proposal",
    who=is_officer,
    when=(call_stands("call"), in_screening),
    meaning=_("screen a proposal"),
)
permit(
    "cure_proposal",
    who=is_bidder,
    when=(call_stands("call"), to_be_cured),
    meaning=_("mend what the screening found"),
)
permit("enrol_expert", who=is_officer, meaning=_("enrol an expert"))
permit(
    "change_availability",
    who=is_officer | is_the_expert,
    meaning=_("change whether an expert can be drawn"),
)
permit(
    "change_expertise",
    who=is_officer,
    meaning=_("confirm what an expert knows, and how well"),
)
permit(
    "state_expertise",
    who=is_the_expert,
    meaning=_("say what one knows as an expert, and how well"),
)
permit(
    "state_tie",
    who=is_officer | is_the_expert,
    meaning=_("state an expert's tie to an organisation"),
)
permit(
    "end_tie", who=is_officer | is_the_expert, meaning=_("end an expert's tie to an organisation")
)
permit(
    "declare_void",
    who=is_officer,
    when=(was_not_cancelled, envelopes_are_open, no_panel_yet, has_thin_lot),
    meaning=_("declare a lot void that has too few valid proposals"),
)
permit(
    "draw_panel",
    who=is_officer,
    when=(was_not_cancelled, envelopes_are_open, no_panel_yet, all_screened),
    meaning=_("draw the panel at random"),
)
permit(
    "draw_substitute",
    who=is_officer,
    when=(call_stands("call"), panel_not_closed),
    meaning=_("draw a substitute for an empty seat"),
)
permit(
    "name_substitute",
    who=is_officer,
    when=(call_stands("call"), panel_not_closed),
    meaning=_("name a substitute where nobody is left to be drawn, with a reason"),
)
permit(
    "judge_anew",
    who=is_officer,
    when=(call_stands("call"), panel_is_scoring),
    meaning=_("have a call judged anew by other judges, with a reason"),
)
permit(
    "take_seat",
    who=is_judge,
    when=(
        call_stands("panel.call"),
        seats_panel_not_closed,
        may_become(SeatState.SEATED),
        names_are_hidden_from,
    ),
    meaning=_("take a seat on the panel"),
)
permit(
    "leave_seat",
    who=is_judge | is_officer,
    when=(
        call_stands("panel.call"),
        seats_panel_not_closed,
        may_become(SeatState.RECUSED),
    ),
    meaning=_("leave a seat on the panel"),
)
permit(
    "declare_conflict",
    who=is_judge | is_officer,
    when=(call_stands("panel.call"), seats_panel_is_scoring),
    meaning=_("say that a judge is bound to a bidder, while others score"),
)
permit(
    "begin_scoring",
    who=is_officer,
    when=(call_stands("call"), may_become(PanelState.SCORING)),
    meaning=_("begin the scoring"),
)
permit(
    "remind_judges",
    who=is_officer | is_system,
    when=(call_stands("call"), panel_is_scoring),
    meaning=_("remind judges whose sheets are open"),
)
permit(
    "score_proposal",
    who=is_scorer,
    when=(
        call_stands("seat.panel.call"),
        sheets_panel_is_scoring,
        sheet_not_final,
        names_are_hidden_from_the_scorer,
    ),
    meaning=_("score a proposal"),
)
permit(
    "finalise_sheet",
    who=is_scorer,
    when=(
        call_stands("seat.panel.call"),
        sheets_panel_is_scoring,
        sheet_not_final,
        names_are_hidden_from_the_scorer,
    ),
    meaning=_("make a score sheet final"),
)
permit(
    "rank_proposals",
    who=is_officer,
    when=(was_not_cancelled, panel_scores),
    meaning=_("work out the ranking"),
)
permit(
    "move_place",
    who=is_officer,
    when=(call_stands("ranking.call"), order_still_free),
    meaning=_("depart from the computed order, with a reason"),
)
permit(
    "hide_word",
    who=is_officer,
    when=(call_stands("call"), is_judged_blind),
    meaning=_("hide a word from judges who are not to know whose a proposal is"),
)
permit(
    "show_word",
    who=is_officer,
    when=(call_stands("proposal.call"), not_read_yet),
    meaning=_("let judges read a word that was hidden"),
)
