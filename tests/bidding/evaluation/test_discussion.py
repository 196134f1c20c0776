"""Discussions: when all is final, on named proposals, unseen outside, both versions kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from bidding.calls.models import Call
from bidding.evaluation import operations as do
from bidding.evaluation.before_after import moved, spread, undone
from bidding.evaluation.discussion_models import Discussed, Discussion, Minute, Revision
from bidding.evaluation.discussion_queries import items_judged_by, table_of
from bidding.evaluation.models import Place, Score, Sheet
from bidding.evaluation.own_result import result_page
from bidding.evaluation.paper import score_sheet_pdf
from bidding.evaluation.ranking import rank
from bidding.evaluation.standing import ranking_page
from bidding.evaluation.states import DiscussionState
from bidding.proposals.queries import with_asked
from foundation import clock
from foundation.audit.models import Entry
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden
from foundation.notifications.models import Notification
from foundation.people.models import Role
from tests.at_once import at_once
from tests.factories.evaluation import (
    fill_sheet,
    make_expert,
    make_scoring_panel,
    make_screened_call,
)
from tests.factories.organisations import make_officer, make_person
from tests.factories.proposals import bidder_of
from tests.scenes import scene

pytestmark = pytest.mark.django_db
GIVEN = {1: (9000, 8000, 7000), 2: (8500, 7900, 7100), 3: (4000, 8100, 7200)}
"""Seat → what it gives the first, the second and the third proposal."""


def given_panel(experts=3, call=None, **rules):
    panel = make_scoring_panel(call, experts=experts)
    fields = {"discussion_points": 30, "aggregation": "mean", **rules}
    Call.objects.filter(pk=panel.call_id).update(**fields)
    serials = list(panel.call.proposals.order_by("serial").values_list("pk", flat=True))
    for sheet in Sheet.objects.filter(seat__panel=panel).select_related("seat__expert__person"):
        points = GIVEN[sheet.seat.position][serials.index(sheet.proposal_id)]
        fill_sheet(sheet, points, comment=f"评语{sheet.seat.position}")
    panel.call.refresh_from_db()
    return panel


@scene
def panel():
    return given_panel()


def soon(hours=1):
    return clock.now() + dt.timedelta(hours=hours)


def judge(panel, position):
    return panel.seats.get(position=position).expert.person


def opened(panel, **fields):
    return do.open_discussion(panel, closes_at=soon(), actor=make_officer(), **fields)


def everything():
    return (
        list(Score.objects.values_list("pk", "points_hundredths").order_by("pk")),
        list(Discussion.objects.values_list("pk", "state")),
        Minute.objects.count(),
        Revision.objects.count(),
        Entry.objects.count(),
    )


def refused(act, match=r".+", field=None):
    before = everything()
    with pytest.raises(DomainError, match=match) as refusal:
        act()
    assert refusal.value.field == field
    assert everything() == before


def ranked(panel):
    return do.rank_proposals(Call.objects.get(pk=panel.call_id), actor=make_officer())


def points_on(item, value):
    return dict.fromkeys(item.discussion.panel.call.criteria.values_list("pk", flat=True), value)


def test_the_ranking_waits_for_the_discussion_that_the_rules_name(panel):
    officer = make_officer()
    first = panel.call.proposals.order_by("serial")[0]
    refused(lambda: ranked(panel), first.title)
    with pytest.raises(Forbidden):
        do.open_discussion(panel, closes_at=soon(), actor=judge(panel, 1))
    refused(lambda: do.open_discussion(panel, closes_at=soon(-1), actor=officer), field="closes_at")
    second = panel.call.proposals.order_by("serial")[1]
    refused(lambda: opened(panel, proposals=[second.pk]), field="reason")
    Sheet.objects.filter(seat__position=2, proposal=second).update(state="draft")
    refused(lambda: opened(panel), "1")  # first every sheet is final
    Sheet.objects.update(state="final")
    held = opened(panel, proposals=[second.pk], reason="材料有争议")
    assert list(held.items.values_list("proposal", "why", "reason")) == [
        (first.pk, "spread", ""),
        (second.pk, "named", "材料有争议"),
    ]
    assert Notification.objects.filter(kind="discussion_opened").count() == 3
    refused(lambda: opened(panel))
    refused(lambda: ranked(panel))  # it is open
    refused(lambda: do.close_discussion(held, actor=officer), first.title)  # without minutes
    for item in held.items.all():
        do.add_minute(item, words="讨论了人数", actor=judge(panel, 1))
    with pytest.raises(Forbidden):
        do.close_discussion(held, actor=judge(panel, 1))
    do.close_discussion(held, actor=officer)
    assert ranked(panel).inputs["discussion"]["revisions"] == []


def test_judges_see_the_others_then_and_only_then_and_nobody_else_does(panel):
    mine, officer = judge(panel, 1), make_officer()
    assert items_judged_by(mine).count() == 0
    held = opened(panel)
    item = held.items.get()
    assert list(items_judged_by(mine)) == [item]
    table = table_of(item, mine)
    assert sorted(table["totals"]) == ["40.00", "85.00", "90.00"]
    own = [
        total for (_letter, me), total in zip(table["columns"], table["totals"], strict=True) if me
    ]
    assert own == ["90.00"]
    strangers = (officer, make_person("", Role.AUDITOR), make_expert().person)
    for person in (*strangers, bidder_of(item.proposal.organisation)):
        assert items_judged_by(person).count() == 0
        with pytest.raises(Forbidden):
            do.add_minute(item, words="x", actor=person)
        with pytest.raises(Forbidden):
            do.revise_sheet(item, points=points_on(item, 1), reason="x", actor=person)
    # a judge who comes now sees nothing of the others before the own sheet is final
    gone = panel.seats.get(position=3)
    do.leave_seat(gone, reason="病", actor=gone.expert.person)
    new = panel.seats.get(position=4)
    do.take_seat(new, conflicts={}, actor=new.expert.person)
    assert items_judged_by(new.expert.person).count() == 0
    assert items_judged_by(gone.expert.person).count() == 0
    fill_sheet(new.sheets.get(proposal=item.proposal), 6000)
    assert items_judged_by(new.expert.person).count() == 1
    assert sorted(table_of(item, mine)["totals"]) == ["60.00", "85.00", "90.00"]


def test_points_are_revised_with_a_reason_and_both_versions_are_kept_and_shown(panel):
    officer, third = make_officer(), judge(panel, 3)
    held = opened(panel)
    item = held.items.get()
    other = Sheet.objects.exclude(proposal=item.proposal)[0]
    refused(
        lambda: do.revise_sheet(item, points=points_on(item, 8800), reason=" ", actor=third),
        field="reason",
    )
    refused(lambda: do.revise_sheet(item, points=points_on(item, 10_001), reason="x", actor=third))
    refused(lambda: do.revise_sheet(item, points=points_on(item, 4000), reason="x", actor=third))
    refused(lambda: do.revise_sheet(item, points={0: 1}, reason="x", actor=third))
    with pytest.raises(DomainError):  # by the old door it stays final
        do.score_proposal(other, points={}, comment="x", actor=other.seat.expert.person)
    do.revise_sheet(item, points=points_on(item, 6000), reason="漏看附件", actor=third)
    do.revise_sheet(item, points=points_on(item, 8800), reason="再核对", actor=third)
    do.add_minute(item, words="核对了服务人数", actor=third)
    trail = Entry.objects.filter(action__in=["revise_sheet", "add_minute"])
    assert all(set(entry.facts) == {"seat"} for entry in trail)
    with transaction.atomic(), pytest.raises(DatabaseError):
        Revision.objects.update(reason="x")
    do.close_discussion(held, actor=officer)
    refused(lambda: do.add_minute(item, words="x", actor=third))
    refused(lambda: do.revise_sheet(item, points=points_on(item, 1), reason="x", actor=third))
    ranking = ranked(panel)
    rows = ranking.inputs["discussion"]["revisions"]
    assert [(row["judge"], row["before"]["1"], row["after"]["1"]) for row in rows] == [
        (3, 4000, 6000),
        (3, 6000, 8800),
    ]
    assert Entry.objects.get(action="rank_proposals").facts["revisions"] == rows
    key = item.proposal.serial
    assert {one.key: (one.rank_before, one.rank) for one in moved(ranking.inputs)}[key] == (2, 1)
    assert rank(undone(ranking.inputs))[0].key != key
    page = ranking_page(ranking)
    assert page["holds"]
    assert [row["rank"] for row in page["discussed"]["rows"]] == [1, 2]
    assert result_page(item.proposal)["discussion"] == {}  # not before the result
    Call.objects.update(decided_at=clock.now())
    result = result_page(Place.objects.get(rank=1).proposal)
    assert result["discussion"]["minutes"] == [(3, "核对了服务人数")]
    assert len(result["discussion"]["revisions"]) == 6
    assert {row["before"] for row in result["discussion"]["revisions"]} == {"40.00", "60.00"}
    assert score_sheet_pdf(result).startswith(b"%PDF")


def test_it_closes_by_time_and_judging_anew_ends_it(panel):
    held = opened(panel)
    item = held.items.get()
    with clock.at(soon(2)):
        Discussion.objects.update(closes_at=clock.database_now(), opened_at=soon(-3))
        item = Discussed.objects.get()
        refused(lambda: do.add_minute(item, words="x", actor=judge(panel, 1)))
        work_off()
    held.refresh_from_db()
    assert held.state == DiscussionState.CLOSED
    do.judge_anew(panel, reason="泄密", actor=make_officer())
    held.refresh_from_db()
    assert held.state == DiscussionState.DROPPED
    assert items_judged_by(judge(panel, 1)).count() == 0


def test_what_crosses_the_line_is_discussed_where_the_call_says_so(panel):
    Call.objects.update(discussion_points=None, line_rule="discussion")
    panel.call.refresh_from_db()
    asked = with_asked(panel.call.proposals.order_by("serial"))[0].asked_fen
    panel.call.lots.update(ceiling_fen=asked, proposal_ceiling_fen=asked)  # one is within
    refused(lambda: ranked(panel))
    held = opened(panel)
    assert set(held.items.values_list("why", flat=True)) == {"line"}
    assert held.items.count() >= 2


def test_without_the_rule_there_is_none(panel):
    Call.objects.update(discussion_points=None)
    panel.call.refresh_from_db()
    first = panel.call.proposals.all()[0]
    refused(lambda: opened(panel, proposals=[first.pk], reason="x"))
    ranked(panel)


def test_the_pages_say_it_in_both_languages(panel):
    officer, mine = make_officer(), judge(panel, 1)
    boss, bench = Client(), Client()
    boss.force_login(officer), bench.force_login(mine)
    url = reverse("evaluation:open_discussion", args=[panel.call.number])
    typed = {"closes_at": f"{clock.today() + dt.timedelta(days=2)}T12:00"}
    for language in ("", "/en"):
        assert boss.get(f"{language}{url}").status_code == 200
    assert boss.post(url, typed).status_code == 302
    item = Discussed.objects.get()
    own = f"/desk/evaluation/discussed/{item.pk}/"
    for language in ("", "/en"):
        assert item.proposal.title in bench.get(f"{language}/desk/evaluation/bench/").text
        assert "90.00" in bench.get(f"{language}{own}").text
        assert boss.get(f"{language}{own}").status_code == 404
        page = boss.get(f"{language}/desk/evaluation/{panel.call.number}/")
        assert item.proposal.title in page.text
    assert bench.post(item.get_absolute_url(), {"words": "记录"}).status_code == 302
    revise = reverse("evaluation:revise_sheet", args=[item.pk])
    assert bench.get(revise).status_code == 200
    points = {f"c{pk}": "88" for pk in panel.call.criteria.values_list("pk", flat=True)}
    assert bench.post(revise, {**points, "reason": "复核"}).status_code == 302
    assert Revision.objects.get().after == {"1": 8800, "2": 8800, "3": 8800}
    close = reverse("evaluation:close_discussion", args=[item.discussion_id])
    assert boss.post(close).status_code == 302
    assert Discussion.objects.get().state == DiscussionState.CLOSED


def test_a_revision_that_is_not_in_the_sheets_is_noticed():
    inputs = {
        "policy": "mean",
        "criteria": [{"key": "1", "weight": 100}],
        "proposals": [
            {"key": "a", "received_at": "1", "sheets": [{"judge": 1, "points": {"1": 50}}]}
        ],
        "discussion": {
            "proposals": ["a"],
            "revisions": [{"proposal": "a", "judge": 1, "before": {"1": 10}, "after": {"1": 60}}],
        },
    }
    with pytest.raises(ValueError, match="a"):
        undone(inputs)
    inputs["discussion"]["revisions"][0]["after"] = {"1": 50}
    assert undone(inputs)["proposals"][0]["sheets"][0]["points"] == {"1": 10}
    assert spread({1: 700_000, 2: 400_000}) == 300_000


def test_names_stay_hidden_in_the_discussion_of_a_blind_call():
    call = make_screened_call()
    Call.objects.filter(pk=call.pk).update(blind=True, blind_reason="评委不知申报单位")
    panel = given_panel(call=call)
    held = opened(panel)
    item, mine = held.items.get(), Client()
    person = judge(panel, 1)
    mine.force_login(person)
    name = item.proposal.organisation.name
    for path in (item.get_absolute_url(), reverse("evaluation:revise_sheet", args=[item.pk])):
        page = mine.get(path).text
        assert name not in page
        assert f"/proposals/{item.proposal_id}/" not in page
        assert f"{item.proposal.blind_copy.number}" in page
    bench = mine.get(reverse("evaluation:bench")).text
    assert item.get_absolute_url() in bench
    assert name not in bench


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_revision_and_the_closing_at_once_leave_nothing_half_done():
    panel = given_panel()
    held = opened(panel)
    item = held.items.get()
    do.add_minute(item, words="x", actor=judge(panel, 1))
    points, third, officer = points_on(item, 8800), judge(panel, 3), make_officer()
    revised, closed = at_once(
        lambda: do.revise_sheet(item, points=points, reason="核对", actor=third),
        lambda: do.close_discussion(held, actor=officer),
    )
    assert isinstance(closed, Discussion)
    sheet = Sheet.objects.get(seat__position=3, proposal=item.proposal)
    stands = set(sheet.scores.values_list("points_hundredths", flat=True))
    assert stands == ({8800} if isinstance(revised, Revision) else {4000})
    ranked(panel)
