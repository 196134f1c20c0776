"""Unions in the hall: interest shown from the phone while a proposal is, or was, on stage."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bidding.evaluation import operations as do
from foundation.errors import Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.queries import buyers_of
from foundation.permissions import why_not
from marketplace.matching.models import Interest
from marketplace.matching.operations import show_interest
from tests.factories.evaluation import make_roadshow
from tests.factories.organisations import make_buyer, make_officer
from tests.factories.proposals import bidder_of

pytestmark = pytest.mark.django_db


def test_a_union_wants_to_talk_about_what_is_on_stage_and_nothing_else(
    django_assert_max_num_queries,
):
    roadshow, officer, buyer = make_roadshow(), make_officer(), make_buyer()
    union = buyers_of(buyer).get()
    do.start_roadshow(roadshow, actor=officer)
    turn = do.call_turn(roadshow.turns.get(position=1), actor=officer)
    later = roadshow.turns.select_related("proposal").get(position=2)
    with pytest.raises(WrongState):
        show_interest(later.proposal, buyer=union, actor=buyer)
    with pytest.raises(Forbidden):
        show_interest(turn.proposal, buyer=union, actor=bidder_of(turn.proposal.organisation))
    assert not Interest.objects.exists()
    client = Client()
    client.force_login(buyer)
    page = reverse("matching:audience", args=[roadshow.key])
    press = reverse("matching:show_interest_live", args=[turn.pk])
    with django_assert_max_num_queries(12):
        assert press in client.get(page).content.decode()
    for _again in range(2):
        sent = client.post(press, {"buyer": union.pk})
        assert sent.url == f"{page}?buyer={union.pk}"
    interest = Interest.objects.get()
    assert (interest.buyer, interest.proposal) == (union, turn.proposal)
    assert Notification.objects.filter(kind="interest_shown").count() == 1
    back = client.post(reverse("matching:withdraw_interest", args=[interest.pk]))
    assert back.url == f"{page}?buyer={union.pk}"
    interest.refresh_from_db()
    assert interest.withdrawn_at is not None
    other = reverse("matching:show_interest_live", args=[later.pk])
    assert client.post(other, {"buyer": union.pk}).status_code == 404
    stranger = Client()
    stranger.force_login(bidder_of(turn.proposal.organisation))
    assert stranger.get(page).status_code == 403
    assert stranger.post(press).status_code == 403
    # money is promised when the panel has ranked, and not before
    assert isinstance(why_not(buyer, "pledge_money", turn.proposal), WrongState)
    watched = Client().get(reverse("evaluation:board", args=[roadshow.key])).content.decode()
    assert page in watched
    code = Client().get(reverse("evaluation:board_code", args=[roadshow.key]))
    assert code["Content-Type"] == "image/svg+xml"
