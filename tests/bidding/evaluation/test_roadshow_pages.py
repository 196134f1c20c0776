"""The pages of a roadshow: the officer's stage, the judge's phone, the board in the hall."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bidding.evaluation import operations as do
from bidding.evaluation.models import Ranking
from bidding.evaluation.roadshow_models import LiveScore, LiveSheet, Roadshow, Turn
from bidding.evaluation.waiting import looks_for
from foundation import clock
from foundation.waiting import find
from tests.factories.evaluation import make_expert, make_heard_panel, make_roadshow, points_of
from tests.factories.organisations import make_officer
from tests.factories.proposals import bidder_of
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def panel():
    return make_heard_panel()


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_contest_day_runs_through_its_pages_from_the_plan_to_the_ranking(panel):
    officer = make_officer()
    call, client = panel.call, enter(officer)
    page = address("call", call.number)
    assert [row.url for row in find(looks_for(officer))] == [page]
    assert address("plan_roadshow", call.number) in text(client.get(page))
    plan = {"place": "礼堂", "begins_at": "2020-01-01T09:00", "talk": 8, "questions": 5}
    plan |= {"between": 2, "rest_after": 0, "rest": 0, "lot": ""}
    assert 'name="place"' in text(client.post(address("plan_roadshow", call.number), plan))
    assert not Roadshow.objects.exists()
    client.post(
        address("plan_roadshow", call.number),
        plan | {"begins_at": f"{clock.now().year + 1}-05-01T09:00"},
    )
    roadshow = Roadshow.objects.get()
    board = Client().get(address("board", roadshow.key))
    assert board.status_code == 404  # nobody knows of it yet
    for verb in ("announce_roadshow", "start_roadshow"):
        assert address(verb, roadshow.pk) in text(client.get(roadshow.get_absolute_url()))
        client.post(address(verb, roadshow.pk))
    for turn in roadshow.turns.all():
        client.post(address("call_turn", turn.pk))
        assert turn.proposal.title in text(Client().get(address("board_now", roadshow.key)))
        for seat in panel.seats.filter(state="seated").select_related("expert__person"):
            judge = enter(seat.expert.person)
            form = judge.get(address("stage", roadshow.pk)).context["form"]
            sent = {"turn": turn.pk, "key": form["key"].value(), "final": "1"}
            fields = {f"c{pk}": "88.5" for pk in points_of(roadshow, 0)}
            assert judge.post(address("stage", roadshow.pk), sent | fields).status_code == 302
        client.post(address("close_turn", turn.pk), {"reason": ""})
    assert set(LiveScore.objects.values_list("points_hundredths", flat=True)) == {8850}
    now = address("board_now", roadshow.key)
    assert "22.12" not in text(Client().get(now))  # not before the officer shows it
    client.post(address("show_results", roadshow.pk))
    shown = text(Client().get(now))
    assert shown.count("22.12") == 3 * 4  # each score, and each judge's total without a name
    names = panel.seats.values_list("expert__person__name", flat=True)
    assert not any(name in shown for name in names)
    client.post(address("finish_roadshow", roadshow.pk))
    client.post(address("rank_proposals", call.number))
    assert Ranking.objects.get().inputs["roadshow"] == ["3"]


def test_a_judges_phone_keeps_what_is_typed_and_tells_what_cannot_stand(
    panel, django_assert_max_num_queries
):
    roadshow, officer = make_roadshow(panel), make_officer()
    judge = roadshow.call.panel.seats.select_related("expert__person")[0].expert.person
    client, stage = enter(judge), address("stage", roadshow.pk)
    assert [address("stage", roadshow.pk)] == [row.url for row in find(looks_for(judge))]
    assert client.get(stage).context["form"] is None
    do.start_roadshow(roadshow, actor=officer)
    seen = client.get(stage).context["seen"]
    turn = do.call_turn(roadshow.turns.get(position=1), actor=officer)
    watched = client.get(address("stage_now", roadshow.pk))
    assert watched.content.decode() != seen
    with django_assert_max_num_queries(12):
        page = client.get(stage)
    key = str(page.context["form"]["key"].value())
    (field,) = (f"c{pk}" for pk in points_of(roadshow, 0))
    sent = {"turn": turn.pk, "key": key, field: "90"}
    saved = client.post(stage, sent, headers={"X-Autosave": "1"})
    assert (saved.status_code, list(saved.json())) == (200, ["said"])
    assert 'value="90"' in text(client.get(stage))  # the page was loaded again
    refused = client.post(stage, sent | {field: "101"}, headers={"X-Autosave": "1"})
    assert refused.status_code == 422
    final = sent | {"final": "1"}
    assert [client.post(stage, final).status_code for _again in range(2)] == [302, 302]
    assert LiveSheet.objects.get().sent_as == uuid.UUID(key)
    do.close_turn(turn, reason="其余评委缺席", actor=officer)
    other = do.call_turn(roadshow.turns.get(position=2), actor=officer)
    late = client.post(stage, {**sent, "key": str(uuid.uuid4()), "final": "1", field: "10"})
    assert late.context["refused"]
    assert late.context["form"]["turn"].value() == other.pk
    assert list(LiveScore.objects.values_list("points_hundredths", flat=True)) == [9000]
    for stranger in (make_expert().person, bidder_of(turn.proposal.organisation), officer):
        assert enter(stranger).get(stage).status_code == 404


def test_the_board_costs_at_most_four_queries_and_works_without_a_script(
    panel, django_assert_max_num_queries
):
    roadshow, officer = make_roadshow(panel), make_officer()
    do.start_roadshow(roadshow, actor=officer)
    do.call_turn(roadshow.turns.get(position=1), actor=officer)
    with django_assert_max_num_queries(4):
        now = Client().get(address("board_now", roadshow.key))
    assert "no-store" in now["Cache-Control"]
    whole = text(Client().get(address("board", roadshow.key)))
    assert '<meta http-equiv="refresh"' in whole
    assert Client().get(address("board", uuid.uuid4())).status_code == 404
    client = enter(officer)
    with django_assert_max_num_queries(12):
        text(client.get(roadshow.get_absolute_url()))
    with CaptureQueriesContext(connection) as three:
        client.get(roadshow.get_absolute_url())
    Turn.objects.filter(position__gt=1).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(roadshow.get_absolute_url())
    assert len(one) == len(three)
