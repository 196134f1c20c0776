"""The screens of calls: lists by phase, the call's page, setting up on the desk."""

import pytest
from django.urls import reverse

from bidding.calls.models import Call, Clarification
from bidding.calls.states import CallState
from foundation import clock
from foundation.people.models import Role
from tests.factories.calls import make_call, make_opened_call, make_question_about
from tests.factories.needs import make_need
from tests.factories.organisations import make_officer, make_person, make_social

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = make_officer()
    client.force_login(person)
    return person


def text(response):
    return response.content.decode()


def numbers(response):
    return [call.number for call in response.context["page"]]


def test_calls_stand_under_open_upcoming_and_past(client):
    soon, later = make_call(closes=5), make_call(closes=9)
    coming = make_call(opens=1, closes=30)
    past = [make_call(opens=-30, closes=-1), make_opened_call(), make_call(state="cancelled")]
    make_call(state=CallState.DRAFT)
    assert numbers(client.get("/calls/")) == [soon.number, later.number]
    assert numbers(client.get("/calls/?tab=upcoming")) == [coming.number]
    assert set(numbers(client.get("/calls/?tab=past"))) == {call.number for call in past}
    assert numbers(client.get("/calls/?tab=nothing")) == [soon.number, later.number]


def test_calls_are_narrowed_by_category_kind_and_year(client):
    wanted = make_call(kind="procurement", lots=("funds-audit", "legal-aid"))
    make_call(kind="procurement", lots=("life-care",))
    make_call(lots=("funds-audit",))
    year = wanted.closes_at.astimezone(clock.SHANGHAI).year
    address = f"/calls/?category=funds-audit&kind=procurement&year={year}"
    assert numbers(client.get(address)) == [wanted.number]
    assert numbers(client.get(f"{address[:-4]}1999")) in ([], [wanted.number])


@pytest.mark.parametrize("tab", ["open", "upcoming", "past"])
def test_the_list_of_calls_has_a_constant_number_of_queries(
    client, tab, django_assert_max_num_queries
):
    for _round in range(2):
        make_call()
        make_call(opens=1, closes=40)
        make_opened_call()
        with django_assert_max_num_queries(8):
            assert client.get(f"/en/calls/?tab={tab}").status_code == 200


def test_a_call_shows_its_facts_in_both_languages_with_few_queries(
    client, django_assert_max_num_queries
):
    call = make_call(title_en="Venture contest")
    call.needs.add(make_need())
    make_question_about(call, answer="可以。")
    hidden = make_question_about(call)
    Clarification.objects.filter(pk=hidden.pk).update(question="没有回答的问题")
    with django_assert_max_num_queries(8):
        page = text(client.get(f"/en/calls/{call.number}/"))
    assert "Venture contest" in page
    assert "¥1,000,000.00" in page
    assert "可以。" in page
    assert "没有回答的问题" not in page
    assert call.title in text(client.get(f"/calls/{call.number}/"))


def test_a_draft_is_previewed_by_the_desk_and_not_there_for_others(client):
    call = make_call(state=CallState.DRAFT)
    assert client.get(call.get_absolute_url()).status_code == 404
    client.force_login(make_officer())
    assert client.get(call.get_absolute_url()).status_code == 200


def test_a_bidders_call_takes_few_queries(client, django_assert_max_num_queries):
    call = make_call()
    client.force_login(make_social().memberships.get(role="representative").person)
    client.get(call.get_absolute_url())
    with django_assert_max_num_queries(12):
        page = client.get(call.get_absolute_url())
    assert len(page.context["bidders"]) == 1


def test_the_box_says_whether_ones_organisation_may_bid(client):
    call, good, bad = make_call(), make_social("好组织"), make_social("差组织", standing=False)
    for organisation in (good, bad):
        person = organisation.memberships.get(role="representative").person
        client.force_login(person)
        ((found, reasons),) = client.get(call.get_absolute_url()).context["bidders"]
        assert (found, bool(reasons)) == (organisation, organisation == bad)


def test_a_question_is_asked_for_ones_organisation(client):
    call, organisation = make_call(), make_social()
    address = reverse("calls:ask_clarification", args=[call.number])
    assert client.get(address).status_code == 302
    client.force_login(make_person())
    assert client.get(address).status_code == 403
    client.force_login(organisation.memberships.get(role="representative").person)
    other = client.post(address, {"organisation": make_social().pk, "question": "?"})
    assert "organisation" in other.context["form"].errors
    sent = client.post(address, {"organisation": organisation.pk, "question": "可以吗？"})
    assert sent.url == call.get_absolute_url()
    assert Clarification.objects.get().organisation == organisation


def test_the_desk_is_for_officers_and_auditors(client):
    call = make_call(state=CallState.DRAFT)
    manage = reverse("calls:manage", args=[call.number])
    client.force_login(make_person())
    assert client.get(reverse("calls:desk")).status_code == 403
    assert client.get(manage).status_code == 404
    client.force_login(make_officer(Role.AUDITOR))
    assert client.get(reverse("calls:desk")).status_code == 200
    assert client.get(manage).status_code == 200
    for law in ("edit_call", "set_lots", "set_criteria"):
        assert client.get(reverse(f"calls:{law}", args=[call.number])).status_code == 403
    assert client.post(reverse("calls:publish_call", args=[call.number])).status_code == 403
    call.refresh_from_db()
    assert call.state == CallState.DRAFT


DATES = {
    "opens_at": "2050-01-03T09:00",
    "questions_until": "2050-01-20T17:00",
    "closes_at": "2050-01-31T17:00",
}


def test_a_call_from_its_first_word_to_publication_and_beyond(client, officer):
    need = make_need()
    first = {"kind": "contest", "title": "创投大赛", "summary": "说明", **DATES}
    assert client.get(reverse("calls:draft_call")).status_code == 200
    client.post(reverse("calls:draft_call"), first)
    call = Call.objects.get()
    manage = reverse("calls:manage", args=[call.number])
    assert len(client.get(manage).context["faults"]) == 1
    rules = client.get(reverse("calls:edit_call", args=[call.number])).context["form"].initial
    facts = {name: rules[name] for name in ("aggregation", "tie_rule", "line_rule", "custody")}
    facts |= {"bonus_points": 5, "bonus_full_percent": 30, "judges_drawn": ""}
    edited = client.post(
        reverse("calls:edit_call", args=[call.number]), {**first, **facts, "needs": [need.pk]}
    )
    assert edited.url == manage
    lots = {f"least-{code}": "1" for code in ("labour-competition", "funds-audit", "legal-aid")}
    lots |= {f"least-{code}": "1" for code in ("union-building", "cultural-literacy")}
    lots |= {"least-life-care": "2", "least-comprehensive-service": "1"}
    wrong = client.post(
        reverse("calls:set_lots", args=[call.number]),
        {**lots, "ceiling-legal-aid": "100", "most-legal-aid": "200", "most-life-care": "5"},
    )
    assert set(wrong.context["form"].errors) == {"most-legal-aid", "ceiling-life-care"}
    client.post(
        reverse("calls:set_lots", args=[call.number]),
        {**lots, "ceiling-life-care": "1,000,000", "most-life-care": "200000.50"},
    )
    lot = call.lots.get()
    assert (lot.ceiling_fen, lot.proposal_ceiling_fen) == (100_000_000, 20_000_050)
    assert lot.least_proposals == 2
    criteria = {"name-1": "甲", "weight-1": "60", "name-3": "乙", "weight-3": "30"}
    client.post(reverse("calls:set_criteria", args=[call.number]), criteria)
    assert len(client.get(manage).context["faults"]) == 1
    refused = client.post(reverse("calls:publish_call", args=[call.number]), follow=True)
    assert refused.context["call"].state == CallState.DRAFT
    client.post(reverse("calls:set_criteria", args=[call.number]), {**criteria, "weight-3": "40"})
    client.post(reverse("calls:publish_call", args=[call.number]))
    call.refresh_from_db()
    assert call.state == CallState.PUBLISHED
    amend = reverse("calls:amend_call", args=[call.number])
    shown = client.get(amend).context["form"]
    later = {bound.html_name: bound.value() for bound in shown}
    later |= {**DATES, "closes_at": "2050-02-28T17:00", "summary": "新", "reason": "补充"}
    client.post(amend, later)
    assert call.amendments.get().reason == "补充"
    client.post(reverse("calls:cancel_call", args=[call.number]), {"reason": "调整"})
    call.refresh_from_db()
    assert call.state == CallState.CANCELLED
    assert "调整" in text(client.get(call.get_absolute_url()))


def test_questions_are_answered_on_the_desk(client, officer):
    clarification = make_question_about(make_call())
    number = clarification.call.number
    assert "可以联合申报吗" in text(client.get(reverse("calls:questions", args=[number])))
    address = reverse("calls:answer_clarification", args=[clarification.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"answer": "可以。"}).url == reverse(
        "calls:questions", args=[number]
    )
    again = client.post(address, {"answer": "不可以。"})
    assert again.context["form"].non_field_errors()
    assert "可以。" in text(client.get(f"/calls/{number}/"))


def test_desk_pages_have_a_constant_number_of_queries(
    client, officer, django_assert_max_num_queries
):
    for _round in range(2):
        call = make_call(by=officer)
        make_question_about(call, answer="可以。")
        make_question_about(call)
        draft = make_call(by=officer, state=CallState.DRAFT)
        with django_assert_max_num_queries(12):
            client.get(reverse("calls:manage", args=[draft.number]))
        with django_assert_max_num_queries(12):
            client.get(reverse("calls:call_rules", args=[draft.number]))
        with django_assert_max_num_queries(12):
            client.get(reverse("calls:rule_sets"))
        with django_assert_max_num_queries(12):
            client.get(reverse("calls:desk"))
        with django_assert_max_num_queries(12):
            client.get(reverse("calls:questions", args=[call.number]))
        with django_assert_max_num_queries(12):
            client.get(reverse("calls:manage", args=[call.number]))
