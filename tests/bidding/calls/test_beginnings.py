"""Beginning a call: from needs, or like an earlier one."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bidding.calls import beginnings, operations
from bidding.calls.apportioning import STEP_FEN, apportion
from bidding.calls.models import Call
from bidding.calls.readiness import check_call
from bidding.needs.states import NeedState
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import DomainError, Forbidden, WrongState
from tests.factories.calls import WAN, make_call
from tests.factories.needs import make_need
from tests.factories.organisations import make_officer, make_person


# a busy machine is no fault of the code
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=9), st.integers(0, 10**11))
def test_the_parts_are_the_whole_and_nobody_goes_empty(weights, extra):
    total = len(weights) * STEP_FEN + extra
    parts = apportion(total, weights)
    assert sum(parts) == total
    assert min(parts) >= STEP_FEN


def test_money_follows_the_workers():
    assert apportion(100 * WAN, [2000, 1000, 0]) == [66_600_000, 33_300_000, 100_000]
    assert apportion(10 * WAN, [1, 1]) == [5 * WAN, 5 * WAN]
    assert apportion(0, []) == []
    with pytest.raises(ValueError, match="step"):
        apportion(STEP_FEN, [1, 1])


def wanted(**changed):
    facts = {
        "kind": "procurement",
        "title": "采购",
        "summary": "说明",
        "total_fen": 90 * WAN,
        "proposal_fen": 40 * WAN,
        "closes_on": clock.today() + dt.timedelta(days=60),
    }
    return {**facts, **changed}


@pytest.mark.django_db
def test_a_call_from_needs_is_proposed_whole_and_may_be_published():
    law, care, officer = "legal-aid", "life-care", make_officer()
    needs = [make_need(code=law, headcount=1000), make_need(code=care, headcount=500)]
    needs += [make_need(code=law, headcount=500)]
    for wrong, field in (
        ({"needs": []}, "needs"),
        ({"needs": needs, "total_fen": STEP_FEN}, "total_fen"),
        ({"needs": needs, "proposal_fen": 91 * WAN}, "proposal_fen"),
        ({"needs": needs, "closes_on": clock.today()}, "closes_on"),
    ):
        with pytest.raises(DomainError) as refused:
            beginnings.draft_from_needs(**wanted(**wrong), actor=officer)
        assert refused.value.field == field
    with pytest.raises(Forbidden):
        beginnings.draft_from_needs(**wanted(needs=needs), actor=make_person())
    assert not Call.objects.exists()
    call = beginnings.draft_from_needs(**wanted(needs=needs), actor=officer)
    assert check_call(call) == []
    lots = list(call.lots.values_list("category", "ceiling_fen", "proposal_ceiling_fen"))
    assert {code: (held, most) for code, held, most in lots} == {
        "legal-aid": (67_500_000, 40 * WAN),
        "life-care": (22_500_000, 22_500_000),
    }
    assert {lot.least_proposals for lot in call.lots.all()} == {3}
    assert set(call.needs.all()) == set(needs)
    soon = wanted(needs=needs, closes_on=clock.today() + dt.timedelta(days=12))
    assert check_call(beginnings.draft_from_needs(**soon, actor=officer)) != []  # too short, said


@pytest.mark.django_db
def test_a_call_like_an_earlier_one_has_its_words_but_todays_rules(client):
    old, officer = make_call(state="cancelled", cure_days=9, judges_drawn=3), make_officer()
    old.needs.add(make_need(), make_need(state=NeedState.DRAFT))
    old.criteria.all().delete()
    operations._write_criteria(old, [operations.CriterionFacts("全部", 100, description="问")])
    client.force_login(officer)
    answer = client.post(reverse("calls:copy_call", args=[old.number]))
    new = Call.objects.latest("pk")
    assert answer.url == reverse("calls:manage", args=[new.number])
    assert (new.state, new.title, new.cure_days, new.needs.count()) == ("draft", old.title, 3, 1)
    assert list(new.criteria.values_list("name", "weight", "description")) == [("全部", 100, "问")]
    held = [
        set(one.lots.values_list("category", "ceiling_fen", "least_proposals"))
        for one in (old, new)
    ]
    assert held[0] == held[1]
    assert check_call(new) == []
    page = reverse("calls:draft_from_needs")
    assert client.get(f"{page}?need=1&need=x&need=²").status_code == 200
    need = make_need(code="funds-audit")
    sent = {**wanted(needs=[need.pk]), "total_fen": "900000", "proposal_fen": "400000"}
    made = client.post(page, sent)
    assert made.status_code == 302
    assert Call.objects.latest("pk").lots.get().category_id == "funds-audit"
    client.force_login(make_person())
    assert client.post(reverse("calls:copy_call", args=[old.number])).status_code == 403


@pytest.mark.django_db
def test_a_draft_is_thrown_away_and_nothing_that_was_published(client):
    officer, need = make_officer(), make_need()
    draft, published = make_call(state="draft"), make_call()
    draft.needs.add(need)
    change = {"rule": "cure_days", "value": 5, "was": 3, "reason": "放宽"}
    operations.set_call_rule(draft, **change, actor=officer)
    with pytest.raises(WrongState):
        beginnings.discard_call(published, actor=officer)
    with pytest.raises(Forbidden):
        beginnings.discard_call(draft, actor=make_person())
    client.force_login(officer)
    address = reverse("calls:discard_call", args=[draft.number])
    assert address in client.get(reverse("calls:manage", args=[draft.number])).content.decode()
    assert client.post(address).url == reverse("calls:desk")
    assert list(Call.objects.all()) == [published]
    assert Entry.objects.get(action="discard_call").facts["number"] == draft.number
    assert client.post(address).status_code == 404
    held = make_call(state="draft")
    make_call(state="draft", reruns=held)  # as a page of the site would hold it
    with pytest.raises(DomainError):
        beginnings.discard_call(held, actor=officer)
    assert held.lots.count() == 2


@pytest.mark.django_db
def test_empty_rows_of_criteria_are_folded_away_unless_something_is_wrong(client):
    client.force_login(make_officer())
    call = make_call(state="draft", kind="procurement")
    address = reverse("calls:set_criteria", args=[call.number])
    page = client.get(address).context
    assert (len(page["rows"]), len(page["more"])) == (6, 4)
    wrong = client.post(address, {"name-1": "甲", "weight-10": "5"}).context
    assert (len(wrong["rows"]), len(wrong["more"])) == (10, 0)
    public = client.get(call.get_absolute_url()).content.decode()
    assert "先比较价格分" in public
