"""A cancelled call: every door of its evaluation is shut, and nobody is asked for anything."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bidding.calls.models import Call
from bidding.calls.operations import cancel_call
from bidding.evaluation import operations
from bidding.evaluation.models import Departure, Panel, Ranking, Score, Screening, Seat, Sheet
from bidding.evaluation.waiting import looks_for
from bidding.proposals.models import Proposal
from bidding.proposals.states import ProposalState
from foundation.errors import WrongState
from foundation.notifications.models import Notification
from foundation.waiting import find
from tests.factories.evaluation import make_panel, make_ranked_call, make_scoring_panel
from tests.factories.organisations import make_officer
from tests.factories.proposals import bidder_of, make_opened_call

pytestmark = pytest.mark.django_db


def cancelled(call: Call) -> Call:
    """The call, cancelled by another officer."""
    return cancel_call(call, reason="经费调整", actor=make_officer())


def refused(*attempts):
    """Each attempt meets the same sentence."""
    for attempt in attempts:
        with pytest.raises(WrongState, match=r"取消|cancelled"):
            attempt()


def test_nothing_is_checked_cured_or_drawn_in_a_cancelled_call():
    call, officer = make_opened_call(2), make_officer()
    first, second = Proposal.objects.filter(call=call).order_by("pk")
    operations.screen_proposal(first, decision="cure", reason="缺证", actor=officer)
    bidder = bidder_of(first.organisation)
    assert find(looks_for(bidder))
    assert find(looks_for(officer))
    cancelled(call)
    refused(
        lambda: operations.screen_proposal(second, decision="admit", reason="", actor=officer),
        lambda: operations.cure_proposal(first, note="补", actor=bidder),
        lambda: operations.draw_panel(call, actor=officer),
    )
    assert Screening.objects.count() == 1
    assert find(looks_for(bidder)) == find(looks_for(officer)) == []
    told = Notification.objects.filter(kind="call_cancelled").values_list("person", flat=True)
    assert {bidder.pk, bidder_of(second.organisation).pk} <= set(told)


def test_nobody_sits_scores_or_ranks_in_a_cancelled_call(client):
    panel, officer = make_scoring_panel(experts=4), make_officer()
    sheet = Sheet.objects.filter(seat__panel=panel).select_related("seat__expert__person").first()
    seat, judge = sheet.seat, sheet.seat.expert.person
    criterion = panel.call.criteria.first()
    cancelled(panel.call)
    refused(
        lambda: operations.score_proposal(
            sheet, points={criterion.pk: 8000}, comment="", actor=judge
        ),
        lambda: operations.finalise_sheet(sheet, actor=judge),
        lambda: operations.leave_seat(seat, reason="病", actor=judge),
        lambda: operations.draw_substitute(panel, actor=officer),
        lambda: operations.rank_proposals(Call.objects.get(pk=panel.call_id), actor=officer),
    )
    assert not Score.objects.exists()
    assert not Ranking.objects.exists()
    assert Seat.objects.filter(panel=panel).count() == 3
    assert find(looks_for(judge)) == find(looks_for(officer)) == []
    assert Notification.objects.filter(person=judge, kind="call_cancelled").count() == 1
    client.force_login(judge)
    score = reverse("evaluation:score_proposal", args=[sheet.pk])
    assert score not in client.get(reverse("evaluation:bench")).content.decode()
    page = client.get(score).content.decode()
    assert "经费调整" in page
    assert 'name="final"' not in page


def test_a_seat_offered_in_a_cancelled_call_is_not_taken():
    panel = make_panel()
    seat = panel.seats.select_related("expert__person").first()
    cancelled(panel.call)
    refused(
        lambda: operations.take_seat(seat, conflicts={}, actor=seat.expert.person),
        lambda: operations.begin_scoring(panel, actor=make_officer()),
    )
    assert find(looks_for(seat.expert.person)) == []
    assert Panel.objects.get().state == "drawn"


def test_the_order_of_a_cancelled_call_stays():
    call, ranking = make_ranked_call()
    place = ranking.places.get(rank=1)
    cancelled(call)
    refused(
        lambda: operations.move_place(place, to_rank=2, reason="特别", actor=make_officer()),
    )
    assert not Departure.objects.exists()
    assert Proposal.objects.filter(call=call, state=ProposalState.RANKED).count() == 3
