"""The pages of an evaluation, as officers, judges, bidders and the public meet them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bidding.calls.models import Call
from bidding.evaluation.models import Employment, Expert, Panel, Place, Ranking, Seat, Sheet
from bidding.evaluation.queries import own_sheets
from bidding.evaluation.waiting import looks_for
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.people.models import Role
from foundation.waiting import find
from tests.factories.evaluation import (
    fill_sheet,
    make_expert,
    make_panel,
    make_ranked_call,
    make_scoring_panel,
    make_screened_call,
    seat_all,
)
from tests.factories.organisations import make_buyer, make_officer, make_person, make_social
from tests.factories.proposals import bidder_of, make_opened_call
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def panel():
    return make_scoring_panel()


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def test_an_evaluation_runs_through_its_pages_from_the_first_check_to_the_ranking():
    call, officer = make_opened_call(3), make_officer()
    experts = [make_expert() for _one in range(4)]
    client = enter(officer)
    assert [row.url for row in find(looks_for(officer))] == [address("call", call.number)]
    for proposal in Proposal.objects.all():
        page = client.get(address("screen_proposal", proposal.pk))
        assert proposal.title in page.content.decode()
        sent = client.post(page.request["PATH_INFO"], {"decision": "admit", "reason": ""})
        assert sent.url == address("call", call.number)
    client.post(address("draw_panel", call.number))
    panel = Panel.objects.get()
    for seat in panel.seats.select_related("expert__person"):
        judge = enter(seat.expert.person)
        assert len(find(looks_for(seat.expert.person))) == 1
        take = address("take_seat", seat.pk)
        assert judge.get(take).status_code == 200
        assert judge.post(take, {}).status_code == 200  # the box has to be ticked
        assert judge.post(take, {"honest": "on"}).status_code == 302
    client.post(address("begin_scoring", call.number))
    for sheet in Sheet.objects.select_related("seat__expert__person", "seat__panel__call"):
        judge, url = enter(sheet.seat.expert.person), address("score_proposal", sheet.pk)
        assert judge.get(url).status_code == 200
        points = {f"c{row.pk}": "87.25" for row in call.criteria.all()}
        judge.post(url, points | {"comment": "好", "final": "1"})
    client.post(address("rank_proposals", call.number))
    assert Ranking.objects.get().places.count() == 3
    shown = client.get(address("ranking", call.number))
    assert shown.context["holds"] is True
    assert "87.2500" in shown.content.decode()
    assert {expert.available for expert in experts} == {True}


def test_points_with_three_decimals_or_above_100_are_refused_with_what_was_typed(panel):
    sheet = Sheet.objects.filter(seat__panel=panel).select_related("seat__expert__person")[0]
    client = enter(sheet.seat.expert.person)
    criterion = panel.call.criteria.first()
    for typed in ("87.255", "101", "-1", "abc"):
        page = client.post(address("score_proposal", sheet.pk), {f"c{criterion.pk}": typed})
        assert page.status_code == 200
        assert page.context["form"].errors
        assert typed in page.content.decode()
    assert not sheet.scores.exists()


def test_a_sheet_is_saved_as_it_is_typed_and_says_when(panel):
    sheet = Sheet.objects.filter(seat__panel=panel).select_related("seat__expert__person")[0]
    client, url = enter(sheet.seat.expert.person), address("score_proposal", sheet.pk)
    criterion = panel.call.criteria.first()
    typed = {f"c{criterion.pk}": "90", f"r{criterion.pk}": "好", "final": "1"}
    answer = client.post(url, typed, headers={"X-Autosave": "1"})
    assert (answer.status_code, "said" in answer.json()) == (200, True)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.scores.get().remark) == ("draft", "好")
    wrong = client.post(url, {f"c{criterion.pk}": "101"}, headers={"X-Autosave": "1"})
    assert wrong.status_code == 422
    assert sheet.scores.get().points_hundredths == 9000
    other = Sheet.objects.exclude(seat=sheet.seat)[0]
    assert client.post(address("score_proposal", other.pk), typed).status_code == 404


def test_making_a_sheet_final_with_a_gap_keeps_the_draft_and_says_so(panel):
    sheet = Sheet.objects.filter(seat__panel=panel).select_related("seat__expert__person")[0]
    client = enter(sheet.seat.expert.person)
    criterion = panel.call.criteria.first()
    url = address("score_proposal", sheet.pk)
    page = client.post(url, {f"c{criterion.pk}": "90", "final": "1"}, follow=True)
    sheet.refresh_from_db()
    assert sheet.state == "draft"
    assert sheet.scores.get().points_hundredths == 9000
    assert [message.level_tag for message in page.context["messages"]][-1] == "error"


def test_a_judge_finds_neither_anothers_sheet_nor_a_conflicted_one(panel):
    mine, other = Sheet.objects.select_related("seat__expert__person").order_by("seat")[::8][:2]
    judge = enter(mine.seat.expert.person)
    assert mine.seat_id != other.seat_id
    assert judge.get(address("score_proposal", other.pk)).status_code == 404
    assert judge.get(address("screen_proposal", mine.proposal_id)).status_code == 404
    assert judge.get(reverse("proposals:proposal", args=[mine.proposal_id])).status_code == 404
    mine.seat.conflicts.create(proposal=mine.proposal, reason="x", found_at=clock.now())
    assert judge.get(address("score_proposal", mine.pk)).status_code == 404
    assert panel.state == "scoring"


def test_wrong_roles_are_refused_and_strangers_find_nothing():
    panel = make_panel()
    number = panel.call.number
    auditor = enter(make_person("", Role.AUDITOR))
    assert auditor.get(address("call", number)).status_code == 200
    proposal = Proposal.objects.all()[0]
    assert auditor.get(address("screen_proposal", proposal.pk)).status_code == 403
    for name in ("draw_panel", "begin_scoring", "rank_proposals", "draw_substitute"):
        assert auditor.post(address(name, number)).status_code == 403
    assert auditor.get(address("enrol_expert")).status_code == 403
    for person in (make_person(), make_buyer(), bidder_of(make_social())):
        client = enter(person)
        assert client.get(address("call", number)).status_code == 404
        assert client.post(address("begin_scoring", number)).status_code == 404
        assert client.get(address("take_seat", panel.seats.all()[0].pk)).status_code == 404
        assert client.get(address("expert", Expert.objects.all()[0].pk)).status_code == 404
    panel.refresh_from_db()
    assert panel.state == "drawn"


def test_a_judges_name_is_not_on_the_public_ranking_before_the_result():
    call, _ranking = make_ranked_call()
    url = address("ranking", call.number)
    assert Client().get(url).status_code == 404
    assert Client().get(address("ranking_inputs", call.number)).status_code == 404
    names = list(Seat.objects.values_list("expert__person__name", flat=True))
    text = enter(make_buyer()).get(url).content.decode()
    assert not any(name in text for name in names)
    Call.objects.update(decided_at=clock.now())
    text = Client().get(url).content.decode()
    assert all(name in text for name in names)


def test_anybody_can_compute_the_published_ranking_again(django_assert_max_num_queries):
    from bidding.evaluation.ranking import rank
    from foundation.seals.chain import sha256_of

    call, ranking = make_ranked_call()
    Call.objects.update(decided_at=clock.now())
    with django_assert_max_num_queries(8):
        Client().get(address("ranking", call.number))
    body = Client().get(address("ranking_inputs", call.number)).json()
    assert body["sha256"] == ranking.sha256 == sha256_of(body["inputs"])
    assert [row.rank for row in rank(body["inputs"])] == [1, 2, 3]
    Call.objects.update(title_en="The contest of 2026")
    english = Client().get(f"/en{address('ranking', call.number)}").content.decode()
    assert "The contest of 2026" in english
    assert call.title not in english


def test_a_bidder_sees_the_result_and_unsigned_comments_once_it_is_published():
    call, _ranking = make_ranked_call()
    proposal = Proposal.objects.all()[0]
    Sheet.objects.filter(proposal=proposal).update(comment="目标可更具体")
    client = enter(bidder_of(proposal.organisation))
    url = address("result", proposal.pk)
    assert client.get(url).status_code == 404
    Call.objects.update(decided_at=clock.now())
    page = client.get(url)
    assert page.content.decode().count("目标可更具体") == 3
    for name in Seat.objects.values_list("expert__person__name", flat=True):
        assert name not in page.content.decode()
    assert enter(bidder_of(make_social())).get(url).status_code == 404
    assert call.number


def test_experts_and_ties_through_their_pages():
    client, person = enter(make_officer()), make_person("张专家", Role.EXPERT)
    assert client.get(address("experts")).status_code == 200
    wrong = client.post(address("enrol_expert"), {"email": "no@x.test", "field_of_work": "法"})
    assert wrong.context["form"].errors["email"]
    client.post(address("enrol_expert"), {"email": person.email.upper(), "field_of_work": "法"})
    expert = Expert.objects.get()
    again = client.post(address("enrol_expert"), {"email": person.email, "field_of_work": "法"})
    assert again.status_code == 200
    own = enter(person)
    organisation = make_social()
    day = clock.today().isoformat()
    data = {"organisation": organisation.pk, "tie": "coach", "began_on": day}
    assert own.post(address("state_tie", expert.pk), data).status_code == 302
    tie = Employment.objects.get()
    assert own.post(address("end_tie", tie.pk), {"ended_on": day}).status_code == 302
    own.post(address("change_availability", expert.pk))
    expert.refresh_from_db()
    assert expert.available is False


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_speaks_both_languages_within_few_queries(
    language, django_assert_max_num_queries
):
    panel = make_panel()
    officer, seat = enter(make_officer()), panel.seats.select_related("expert__person")[0]
    with translation.override("zh-hans"):
        paths = [
            address("desk"),
            address("call", panel.call.number),
            address("experts"),
            address("enrol_expert"),
            address("expert", seat.expert_id),
            address("state_tie", seat.expert_id),
            address("leave_seat", seat.pk),
            address("screen_proposal", Proposal.objects.all()[0].pk),
        ]
        bench = [address("bench"), address("take_seat", seat.pk)]
    for path in paths:
        # twelve, and one that notes who read what is not public (docs/auditing.md)
        with django_assert_max_num_queries(13, info=path):
            assert officer.get(f"{language}{path}").status_code == 200, path
    for path in bench:
        assert enter(seat.expert.person).get(f"{language}{path}").status_code == 200


def test_the_officers_page_takes_the_same_queries_for_one_proposal_and_for_three():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = enter(make_officer()), []
    for count in (2, 5):
        call = make_screened_call(count)
        panel = make_panel(call)
        seat_all(panel)
        client.get(address("call", call.number))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("call", call.number))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_a_judge_has_still_to_do_stands_before_what_is_done(panel):
    mine = list(own_sheets(panel.seats.all()[0].expert.person))
    judge = mine[0].seat.expert.person
    fill_sheet(mine[0], 3, 3, 3)
    page = enter(judge).get(address("bench"))
    assert page.context["open"] == mine[1:]
    assert page.context["final"] == mine[:1]
    for sheet in mine[1:]:
        fill_sheet(sheet, 3, 3, 3)
    assert "您的评分已全部定稿" in enter(judge).get(address("bench")).content.decode()


def test_the_officer_weighs_how_sure_the_order_is_and_departs_with_a_reason(
    django_assert_max_num_queries,
):
    call, _ranking = make_ranked_call()
    officer, place = make_officer(), Place.objects.get(rank=2)
    client, url = enter(officer), address("standing", call.number)
    with django_assert_max_num_queries(12):
        page = client.get(url)
    assert [row["rank"] for row in page.context["rows"]] == [1, 2, 3]
    assert len(page.context["judges"]) == 3
    assert enter(make_buyer()).get(url).status_code == 404
    move = address("move_place", place.pk)
    assert client.post(move, {"to_rank": "1", "reason": ""}).context["form"].errors["reason"]
    assert client.post(move, {"to_rank": "1", "reason": "覆盖园区"}).url == url
    assert "覆盖园区" in client.get(url).content.decode()
    assert enter(make_person("", Role.AUDITOR)).get(move).status_code == 403
    Call.objects.update(decided_at=clock.now())
    public = Client().get(address("ranking", call.number))
    assert public.context["moved"] is True
    assert public.context["holds"] is True
    assert "覆盖园区" in public.content.decode()
    table = Client().get(address("ranking_table", call.number)).content.decode().splitlines()
    assert len(table) == 1 + 9


def test_a_bidder_takes_the_score_sheet_home_and_a_rival_does_not():
    make_ranked_call()
    proposal = Place.objects.get(rank=1).proposal
    Call.objects.update(decided_at=clock.now())
    client = enter(bidder_of(proposal.organisation))
    page = client.get(address("result", proposal.pk))
    assert page.context["judges"] == [1, 2, 3]
    assert page.context["totals"] == ["90.10", "90.20", "90.30"]
    paper = client.get(address("score_sheet", proposal.pk))
    assert paper.content.startswith(b"%PDF")
    assert enter(bidder_of(make_social())).get(paper.request["PATH_INFO"]).status_code == 404
