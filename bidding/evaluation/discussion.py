"""Discussions: opened on named proposals when every sheet is final, minuted, revised, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.calls.models import LineRule, Stage
from bidding.evaluation import discussion_rules, kinds  # noqa: F401  (the laws and the words)
from bidding.evaluation.before_after import spread
from bidding.evaluation.discussion_models import Discussed, Discussion, Minute, Revision
from bidding.evaluation.discussion_queries import current_discussion
from bidding.evaluation.inputs import frozen_inputs, must_be_complete
from bidding.evaluation.models import Panel, Score, Sheet
from bidding.evaluation.queries import eligible_proposals, judged_criteria
from bidding.evaluation.ranking import totals_of
from bidding.evaluation.reliability import reliability
from bidding.evaluation.sheets import FULL
from bidding.evaluation.standing import close_to_line
from bidding.evaluation.states import DiscussionState
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import DomainError, WrongState
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow, can
from foundation.seals.chain import sha256_of

Why = Discussed.Why


def chosen_by_rule(panel: Panel) -> dict[int, str]:
    """Proposal id → why the call's rules want it discussed, from sheets that are all final."""
    call, inputs = panel.call, frozen_inputs(panel)
    by_serial = {one.serial: one.pk for one in eligible_proposals(call)}
    chosen: dict[int, str] = {}
    if call.line_rule == LineRule.DISCUSSION:
        facts = reliability(inputs, seed=sha256_of(inputs))
        for group in close_to_line(call, inputs, facts):
            chosen |= dict.fromkeys((by_serial[key] for key in group), Why.LINE)
    if call.discussion_points is not None:
        for key, mine in totals_of(inputs).items():
            if spread(mine) >= call.discussion_points * 10_000:
                chosen[by_serial[key]] = Why.SPREAD
    return chosen


def must_have_discussed(panel: Panel) -> None:
    """What the call's rules want discussed was discussed, and the discussion is over."""
    if not panel.call.has_discussion:
        return
    held = current_discussion(panel)
    if held is None:
        if chosen := chosen_by_rule(panel):
            rows = eligible_proposals(panel.call).filter(pk__in=chosen)
            raise WrongState(
                _("By the rules of the call the panel first discusses: %(titles)s.")
                % {"titles": "、".join(row.title for row in rows)}
            )
    elif held.state == DiscussionState.OPEN:
        raise WrongState(_("The panel's discussion is still open. Close it first."))


@operation
def open_discussion(
    panel: Panel,
    *,
    closes_at: dt.datetime,
    proposals: Iterable[int] = (),
    reason: str = "",
    actor: Any,
) -> Discussion:
    """Every sheet is final: let the panel discuss what the call's rules name, and what an officer
    names (proposals by id) with a reason. From now on its judges read each other's sheets on these,
    without names, and may revise their own."""
    panel = lock(panel, "call")
    allow(actor, "open_discussion", panel)
    must_be_complete(panel)
    if current_discussion(panel) is not None:
        raise WrongState(_("The panel discusses once."))
    if closes_at <= clock.database_now():
        raise DomainError(_("This time is past."), field="closes_at")
    chosen = chosen_by_rule(panel)
    known = set(eligible_proposals(panel.call).values_list("pk", flat=True))
    named = set(proposals) & known - set(chosen)
    if named and not reason.strip():
        raise DomainError(_("Say why these are discussed; it is published."), field="reason")
    if not (chosen or named):
        raise DomainError(
            _("The rules of the call name nothing to discuss. Name proposals, with a reason."),
            field="proposals",
        )
    discussion = Discussion.objects.create(
        panel=panel, opened_by=actor, opened_at=clock.now(), closes_at=closes_at
    )
    items = _items(discussion, chosen, named, reason.strip())
    schedule("discussion_closes", closes_at, key=f"discussion:{discussion.pk}", pk=discussion.pk)
    serials = dict(eligible_proposals(panel.call).values_list("pk", "serial"))
    record(
        actor,
        "open_discussion",
        panel.call,
        proposals={serials[item.proposal_id]: str(item.why) for item in items},
        reason=reason.strip(),
        closes_at=closes_at,
    )
    _tell_judges(discussion)
    return discussion


def _items(
    discussion: Discussion, chosen: Mapping[int, Any], named: set[int], reason: str
) -> list[Discussed]:
    """What is discussed. Where names are hidden it is written down in the order of the judges'
    numbers: in that of receipts, which are public, its addresses would tell whose is whose."""
    items = [
        Discussed(discussion=discussion, proposal_id=pk, why=why) for pk, why in chosen.items()
    ]
    items += [
        Discussed(discussion=discussion, proposal_id=pk, why=Why.NAMED, reason=reason)
        for pk in sorted(named)
    ]
    numbers = dict(discussion.panel.blind_copies.values_list("proposal", "number"))
    items.sort(key=lambda item: numbers.get(item.proposal_id, 0))
    return Discussed.objects.bulk_create(items)


def _tell_judges(discussion: Discussion) -> None:
    held = Sheet.objects.filter(
        seat__panel=discussion.panel, seat__state="seated", state="final"
    ).filter(proposal__discussed__discussion=discussion)
    people = {sheet.seat.expert.person for sheet in held.select_related("seat__expert__person")}
    tell(
        people,
        "discussion_opened",
        url=path_to("evaluation:bench"),
        call=own_words_lazily(discussion.panel.call, "title"),
        closes_at=discussion.closes_at,
    )


def _locked(item: Discussed) -> Discussed:
    """The item with its discussion, whose lock ends what is late."""
    discussion = lock(item.discussion, "panel__call")
    item.discussion = discussion
    return item


@operation
def add_minute(item: Discussed, *, words: str, actor: Any) -> Minute:
    """A judge puts down what was said of a proposal; it stays as it is."""
    item = _locked(item)
    allow(actor, "add_minute", item)
    if not words.strip():
        raise DomainError(_("Put down what was said."), field="words")
    seat = item.discussion.panel.seats.get(expert__person=actor.pk, state="seated")
    minute = Minute.objects.create(item=item, seat=seat, words=words.strip(), said_at=clock.now())
    # never what was said, nor of what: the trail is read before the result
    record(actor, "add_minute", item.discussion.panel.call, seat=seat.position)
    return minute


@operation
def revise_sheet(
    item: Discussed, *, points: Mapping[int, int], reason: str, actor: Any
) -> Revision:
    """A judge gives other points on paper (criterion id → hundredths) after the discussion; what
    was given before is kept beside it, and both are published with the reason."""
    item = _locked(item)
    allow(actor, "revise_sheet", item)
    panel = item.discussion.panel
    sheet = lock(
        Sheet.objects.get(
            seat__panel=panel, seat__expert__person=actor.pk, proposal=item.proposal_id
        ),
        "seat",
    )
    if not reason.strip():
        raise DomainError(_("Give the reason; it is published."), field="reason")
    paper = judged_criteria(panel.call).filter(stage=Stage.PAPER)
    places = dict(paper.values_list("pk", "position"))
    if not set(points) <= set(places):
        raise DomainError(_("Only what was scored on paper can be revised."))
    if any(not 0 <= value <= FULL for value in points.values()):
        raise DomainError(_("Points go from 0 to 100."))
    kept = dict(sheet.scores.values_list("criterion", "points_hundredths"))
    changed = {pk: value for pk, value in points.items() if kept[pk] != value}
    if not changed:
        raise DomainError(_("These are the points you gave. Change some, or leave it as it is."))
    for pk, value in changed.items():
        Score.objects.filter(sheet=sheet, criterion=pk).update(points_hundredths=value)
    revision = Revision.objects.create(
        item=item,
        sheet=sheet,
        before={str(places[pk]): kept[pk] for pk in changed},
        after={str(places[pk]): value for pk, value in changed.items()},
        reason=reason.strip(),
        made_at=clock.now(),
    )
    # never what was revised: the trail is read before the result, and is told with the ranking
    record(actor, "revise_sheet", panel.call, seat=sheet.seat.position)
    return revision


@operation
def close_discussion(discussion: Discussion, *, actor: Any) -> Discussion:
    """The discussion is over. Before its time an officer closes it when minutes are there for every
    proposal; when its time has come it closes by itself."""
    discussion = lock(discussion, "panel__call")
    allow(actor, "close_discussion", discussion)
    silent = discussion.items.filter(minutes=None).select_related("proposal")
    if clock.database_now() < discussion.closes_at and (left := list(silent)):
        raise WrongState(
            _(
                "There are no minutes yet of: %(titles)s. A judge puts them down, or the "
                "discussion closes when its time has come."
            )
            % {"titles": "、".join(item.proposal.title for item in left)}
        )
    discussion.move_to(DiscussionState.CLOSED, closed_at=clock.now())
    record(
        actor,
        "close_discussion",
        discussion.panel.call,
        minutes=Minute.objects.filter(item__discussion=discussion).count(),
    )
    return discussion


@handles("discussion_closes")
def _close(*, pk: int) -> None:
    """Its time has come."""
    discussion = Discussion.objects.select_related("panel__call").get(pk=pk)
    if can(SYSTEM, "close_discussion", discussion):
        close_discussion(discussion, actor=SYSTEM)
