"""Calls: drafted, set up, checked, published, amended, cancelled."""

import datetime as dt

import pytest

from bidding.calls import operations, queries
from bidding.calls.defaults import CRITERIA
from bidding.calls.hindrances import may_bid
from bidding.calls.models import Amendment, Call, Criterion, Lot
from bidding.calls.operations import CriterionFacts, LotFacts
from bidding.calls.readiness import check_call
from bidding.calls.states import CallState, Phase, phase_of
from bidding.calls.versions import versions_of
from bidding.calls.waiting import looks_for
from bidding.needs.states import NeedState
from foundation import clock
from foundation.due.models import DueEvent
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.waiting import find
from tests.factories.calls import WAN, make_call, make_lots, make_opened_call, make_question_about
from tests.factories.needs import category, make_need
from tests.factories.organisations import make_buyer, make_officer, make_person, make_social

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def dates(opens=1, closes=31):
    now = clock.now()
    return {
        "opens_at": now + opens * DAY,
        "questions_until": now + (closes - 5) * DAY,
        "closes_at": now + closes * DAY,
    }


def draft(kind="contest", **fields):
    return operations.draft_call(
        kind=kind, title="征集", summary="说明", actor=make_officer(), **{**dates(), **fields}
    )


def test_draft_call_numbers_calls_year_by_year():
    with clock.at(dt.datetime(2026, 12, 31, 15, tzinfo=dt.UTC)):
        assert [draft().number, draft().number] == ["GC-2026-01", "GC-2026-02"]
    with clock.at(dt.datetime(2026, 12, 31, 16, tzinfo=dt.UTC)):  # 2027 in Shanghai
        assert draft().number == "GC-2027-01"


def test_the_number_after_ninety_nine_is_one_hundred():
    with clock.at(dt.datetime(2026, 5, 1, tzinfo=dt.UTC)):
        make_call(number="GC-2026-99")
        assert [draft().number, draft().number] == ["GC-2026-100", "GC-2026-101"]


def test_draft_call_brings_the_rules_of_its_kind():
    contest, procurement = draft("contest"), draft("procurement")
    assert (contest.panel_size, procurement.panel_size) == (3, 5)
    assert (contest.notice_days, contest.answer_days, contest.cure_days) == (5, 7, 3)
    assert [c.weight for c in contest.criteria.all()] == [row[3] for row in CRITERIA]


def test_draft_call_refuses_dates_out_of_order():
    for wrong, field in (
        ({"closes_at": clock.now()}, "closes_at"),
        ({"questions_until": clock.now() + 40 * DAY}, "questions_until"),
    ):
        with pytest.raises(DomainError) as refused:
            draft(**wrong)
        assert refused.value.field == field
    assert not Call.objects.exists()


def test_only_officers_work_on_calls():
    call, stranger = make_call(state=CallState.DRAFT), make_person()
    for attempt in (
        lambda: operations.draft_call(
            kind="contest", title="", summary="", actor=stranger, **dates()
        ),
        lambda: operations.edit_call(call, title="x", actor=stranger),
        lambda: operations.set_lots(call, lots=[], actor=stranger),
        lambda: operations.set_criteria(call, criteria=[], actor=stranger),
        lambda: operations.publish_call(call, actor=stranger),
        lambda: operations.cancel_call(make_call(), reason="x", actor=stranger),
    ):
        with pytest.raises(Forbidden):
            attempt()
    call.refresh_from_db()
    assert (call.state, call.lots.count()) == (CallState.DRAFT, 2)


def test_edit_call_changes_what_is_given_and_the_needs():
    call, need = make_call(state=CallState.DRAFT), make_need()
    before = call.summary
    operations.edit_call(call, title="新标题", needs=[need], actor=make_officer())
    call.refresh_from_db()
    assert (call.title, call.summary) == ("新标题", before)
    assert list(call.needs.all()) == [need]
    for strange in ({"state": "published"}, {"panel_size": 5}):  # rules change with a reason
        with pytest.raises(TypeError):
            operations.edit_call(call, actor=make_officer(), **strange)


def test_set_lots_and_set_criteria_replace_what_was_there():
    call, officer = make_call(state=CallState.DRAFT), make_officer()
    lots = [LotFacts(category("funds-audit"), 50 * WAN, 10 * WAN, 2)]
    operations.set_lots(call, lots=lots, actor=officer)
    operations.set_criteria(call, criteria=[CriterionFacts("全部", 100)], actor=officer)
    assert list(Lot.objects.values_list("category", "ceiling_fen", "least_proposals")) == [
        ("funds-audit", 50 * WAN, 2)
    ]
    assert list(Criterion.objects.values_list("name", "weight")) == [("全部", 100)]


def test_a_lot_gives_one_proposal_no_more_than_it_holds():
    call = make_call(state=CallState.DRAFT)
    lots = [LotFacts(category("funds-audit"), 10 * WAN, 11 * WAN, 1)]
    with pytest.raises(DomainError):
        operations.set_lots(call, lots=lots, actor=make_officer())
    assert call.lots.count() == 2


def test_check_call_lists_every_fault_at_once():
    call = make_call(
        state=CallState.DRAFT, kind="procurement", lots=(), opens=-1, closes=19.9, notice_days=2
    )
    call.panel_size = 3
    call.needs.add(make_need(state=NeedState.DRAFT))
    call.criteria.first().delete()
    assert len(check_call(call)) == 6
    make_lots(call, "legal-aid")
    call.lots.update(least_proposals=2)
    assert len(check_call(call)) == 6


def test_a_window_that_began_is_counted_from_now():
    call = make_call(state=CallState.DRAFT, opens=-5, closes=19)
    assert len(check_call(call)) == 1
    assert check_call(make_call(state=CallState.DRAFT, opens=-5, closes=20.1)) == []


def test_publish_call_refuses_a_faulty_draft_with_all_its_faults():
    call = make_call(state=CallState.DRAFT, lots=(), opens=1, closes=5)
    with pytest.raises(DomainError) as refused:
        operations.publish_call(call, actor=make_officer())
    assert str(refused.value) == " ".join(check_call(call))
    call.refresh_from_db()
    assert call.state == CallState.DRAFT
    assert not DueEvent.objects.exists()


def test_publish_call_schedules_its_closing_and_then_the_opening():
    call = make_call(state=CallState.DRAFT, opens=1, closes=31)
    operations.publish_call(call, actor=make_officer())
    news, soon, closing, opening = DueEvent.objects.order_by("due_at")
    assert (news.handler, soon.handler) == ("tell_followers", "tell_followers")
    assert soon.due_at == call.closes_at - dt.timedelta(days=3)
    assert (closing.handler, closing.facts) == ("close_call", {"call": call.pk})
    assert (opening.handler, opening.facts) == ("open_envelopes", {"call": call.pk})
    assert closing.due_at == call.closes_at < opening.due_at
    with pytest.raises(WrongState):
        operations.publish_call(call, actor=make_officer())
    with pytest.raises(WrongState):
        operations.edit_call(call, title="x", actor=make_officer())


def amend(call, **changes):
    facts = {
        "summary": call.summary,
        "questions_until": call.questions_until,
        "closes_at": call.closes_at,
        "reason": "补充说明",
    }
    return operations.amend_call(call, actor=make_officer(), **{**facts, **changes})


def test_amend_call_says_publicly_what_changed_and_tells_who_asked():
    call = make_call(closes=20)
    asker = make_question_about(call).asked_by
    amend(call, summary="新的说明")
    call.refresh_from_db()
    amendment = Amendment.objects.get()
    changed = {"what": "summary", "before": "征集服务职工的项目。", "after": "新的说明"}
    assert (call.summary, amendment.changes) == ("新的说明", [changed])
    assert amendment.closes_before == amendment.closes_after == call.closes_at
    told = Notification.objects.filter(kind="call_amended")
    assert {row.person_id for row in told} == {asker.pk, call.created_by_id}


def test_what_a_call_says_changes_fifteen_days_before_closing_or_the_closing_moves():
    friday = dt.datetime(2026, 6, 5, 9, tzinfo=dt.UTC)
    with clock.at(friday - 30 * DAY):
        call = make_call(opens=0, closes_at=friday, questions_until=friday - 5 * DAY)
    with clock.at(friday - 15 * DAY):
        amend(call, title="改题")
        call.refresh_from_db()
        assert (call.title, call.closes_at) == ("改题", friday)
    with clock.at(friday - dt.timedelta(seconds=1)):
        asker = make_question_about(call).asked_by
        amend(call, summary="新的说明")
    call.refresh_from_db()
    moved = friday + 17 * DAY  # the fifteenth day is a Saturday
    assert moved.weekday() == 0
    assert (call.summary, call.closes_at) == ("新的说明", moved)
    assert DueEvent.objects.filter(handler="close_call", due_at=moved).exists()
    assert [change["what"] for change in call.amendments.first().changes] == [
        "summary",
        "closes_at",
    ]
    assert Notification.objects.filter(person=asker, kind="call_amended").exists()
    call.amend_days = None
    call.save()
    with clock.at(moved - dt.timedelta(seconds=1)):
        amend(call, summary="又改")
    call.refresh_from_db()
    assert (call.summary, call.closes_at) == ("又改", moved)


def test_lots_and_weights_are_amended_and_stay_sound():
    call = make_call(closes=40)
    lot, criterion = call.lots.first(), call.criteria.first()
    for wrong in (
        {"weights": {criterion.pk: criterion.weight - 1}},  # ninety-nine
        {"lots": {lot.pk: (10 * WAN, 11 * WAN)}},
        {"summary": "晚了", "version": 1},  # another officer was faster
        {},
    ):
        with pytest.raises(DomainError):
            amend(call, **wrong)
    assert not Amendment.objects.exists()
    other = call.criteria.last()
    weights = {criterion.pk: criterion.weight - 5, other.pk: other.weight + 5}
    amend(call, lots={lot.pk: (90 * WAN, 20 * WAN)}, weights=weights, version=0)
    (version,) = versions_of(list(call.amendments.all()), call.lots.all(), call.criteria.all())
    assert version.number == 2
    assert [said.label for said in version.changes] == [
        f"{lot.category}：标段资金",
        f"{criterion.name}：权重",
        f"{other.name}：权重",
    ]
    assert version.changes[0].pieces == [("out", "¥1,000,000.00"), ("in", "¥900,000.00")]
    elsewhere = make_call(closes=40).lots.first()
    with pytest.raises(DomainError):
        amend(call, lots={elsewhere.pk: (WAN, WAN)})


def test_a_call_that_money_hangs_on_is_not_cancelled(monkeypatch):
    call = make_call()
    monkeypatch.setattr("bidding.calls.concerned.BINDING", [lambda call: "先撤销立项。"])
    with pytest.raises(DomainError, match="先撤销立项"):
        operations.cancel_call(call, reason="调整", actor=make_officer())
    call.refresh_from_db()
    assert call.state == CallState.PUBLISHED


def test_the_closing_only_moves_later():
    call = make_call(closes=20)
    with pytest.raises(DomainError):
        amend(call, closes_at=call.closes_at - DAY, questions_until=call.opens_at + DAY)
    with pytest.raises(DomainError):
        amend(call)
    with pytest.raises(WrongState):
        amend(make_call(opens=-30, closes=-1), summary="太晚")
    assert not Amendment.objects.exists()


def test_cancel_call_ends_it_with_a_reason():
    call = make_call()
    operations.cancel_call(call, reason="经费调整", actor=make_officer())
    call.refresh_from_db()
    assert (call.state, call.cancelled_reason) == (CallState.CANCELLED, "经费调整")
    assert phase_of(call, clock.now()) == Phase.CANCELLED
    with pytest.raises(WrongState):
        operations.cancel_call(call, reason="又", actor=make_officer())


def test_a_decided_call_cannot_be_cancelled():
    call = make_opened_call(decided_at=clock.now())
    with pytest.raises(WrongState):
        operations.cancel_call(call, reason="晚了", actor=make_officer())


def test_the_phase_follows_the_clock_and_the_facts_and_the_query_agrees():
    now = clock.now()
    made = {
        Phase.DRAFT: make_call(state=CallState.DRAFT),
        Phase.UPCOMING: make_call(opens=1, closes=30),
        Phase.OPEN: make_call(),
        Phase.CLOSED: make_call(opens=-30, closes_at=now, questions_until=now),
        Phase.OPENED: make_opened_call(),
        Phase.DECIDED: make_opened_call(decided_at=now),
        Phase.CANCELLED: make_call(state=CallState.CANCELLED),
    }
    for phase, call in made.items():
        assert phase_of(call, now) == phase
        assert list(queries.in_phase(Call.objects.all(), phase, now)) == [call]


def test_may_bid_says_every_reason_or_nothing():
    call = make_call()
    assert may_bid(make_social(), call) == []
    assert len(may_bid(make_social(), make_call(opens=1, closes=30))) == 1
    assert len(may_bid(make_social(), make_call(opens=-30, closes=-1))) == 1
    assert may_bid(make_social(standing=False), call) != []
    union = make_buyer().memberships.get().organisation
    assert len(may_bid(union, call)) == 1


def test_drafts_are_seen_by_the_desk_only():
    make_call(state=CallState.DRAFT)
    assert queries.calls_visible_to(make_officer()).count() == 1
    assert queries.calls_visible_to(make_person()).count() == 0


def test_questions_and_drafts_wait_for_officers(django_assert_num_queries):
    make_question_about(make_call())
    make_question_about(make_call(), answer="可以。")
    make_call(state=CallState.DRAFT)
    officer = make_officer()
    assert officer.roles
    with django_assert_num_queries(1):
        assert len(find(looks_for(officer))) == 2
    assert find(looks_for(make_person())) == []
