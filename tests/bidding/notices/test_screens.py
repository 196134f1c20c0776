"""The screens of notices: results, objecting without an account, answering on the desk."""

import datetime as dt

import pytest
from django.urls import reverse

from bidding.notices import operations
from bidding.notices.keys import key_of
from bidding.notices.models import Objection
from bidding.notices.states import ObjectionState
from foundation import clock
from foundation.people.models import Role
from tests.factories.notices import make_notice, make_objection
from tests.factories.organisations import make_officer, make_person

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_results_have_a_constant_number_of_queries(client, django_assert_max_num_queries):
    for _round in range(2):
        notice = make_notice(proposals=2)
        make_objection(notice)
        with django_assert_max_num_queries(8):
            assert client.get("/results/").status_code == 200
        with django_assert_max_num_queries(8):
            assert client.get(f"/en/results/{notice.number}/").status_code == 200


def test_a_notice_shows_its_lines_and_a_register_without_names_or_contacts(client):
    notice = make_notice()
    objection = make_objection(notice)
    make_objection(notice, state=ObjectionState.FILED, name="", contact="", answer_due_on=None)
    page = text(client.get(f"/results/{notice.number}/"))
    assert notice.body["lines"][0]["title"] in page
    assert "¥150,000.00" in page
    assert notice.sha256[:32] in page
    assert "张*" in page
    assert objection.name not in page
    assert objection.contact not in page


def test_the_period_is_told_in_words(client):
    notice = make_notice(first_day=dt.date(2021, 8, 18), last_day=dt.date(2021, 8, 24))
    for day, words in (
        (17, "begins on 18 August 2021"),
        (18, "5 working days left"),
        (21, "2 working days left"),
        (24, "1 working day left"),
        (25, "is over"),
    ):
        with clock.at(dt.datetime(2021, 8, day, 4, tzinfo=dt.UTC)):
            assert words in client.get(f"/en/results/{notice.number}/").context["period"]


def address_of(notice):
    return reverse("notices:file_objection", args=[notice.number])


def typed(notice, **changes):
    facts = {"text": "名单不实", "name": "张小明", "contact": "13800000000"}
    return {**facts, "proposal": notice.call.proposals.first().pk, **changes}


def test_anybody_objects_without_signing_in(client):
    notice = make_notice()
    assert client.get(address_of(notice)).status_code == 200
    sent = client.post(address_of(notice), typed(notice))
    objection = Objection.objects.get()
    assert objection.state == ObjectionState.OPEN
    followed = client.get(sent.url)
    assert sent.url.endswith(key_of(objection) + "/")
    assert "张*" in text(followed)
    assert objection.contact not in text(followed)
    assert client.get(sent.url[:-2] + "x/").status_code == 404
    client.post(address_of(notice), typed(notice, name=""))
    assert Objection.objects.filter(state=ObjectionState.FILED).count() == 1


def test_a_program_that_fills_every_field_is_refused(client):
    notice = make_notice()
    refused = client.post(address_of(notice), typed(notice, fax="1"))
    assert "fax" in refused.context["form"].errors
    assert not Objection.objects.exists()


def test_a_line_of_another_notice_cannot_be_chosen(client):
    notice, other = make_notice(), make_notice()
    foreign = typed(notice, proposal=other.call.proposals.first().pk)
    assert "proposal" in client.post(address_of(notice), foreign).context["form"].errors
    assert not Objection.objects.exists()


def test_the_sixth_objection_within_an_hour_has_to_wait(client):
    notice = make_notice()
    for number in range(5):
        sent = client.post(address_of(notice), typed(notice, contact=f"1380000000{number}"))
        assert sent.status_code == 302
    refused = client.post(address_of(notice), typed(notice, contact="13800000009"))
    assert refused.context["form"].non_field_errors()
    assert Objection.objects.count() == 5


def test_after_the_last_day_the_page_says_where_to_turn(client):
    notice = make_notice(last_day=clock.today())
    tomorrow = dt.datetime.combine(clock.today() + dt.timedelta(days=1), dt.time(), clock.SHANGHAI)
    with clock.at(tomorrow):
        refused = client.post(address_of(notice), typed(notice))
        assert "known_on" in refused.context["form"].errors
    with clock.at(tomorrow + dt.timedelta(days=30)):
        assert "<textarea" not in text(client.get(address_of(notice)))
        refused = client.post(address_of(notice), typed(notice, known_on=notice.last_day))
    assert refused.context["form"].non_field_errors()
    assert not Objection.objects.exists()


def test_the_register_is_public_masked_filtered_and_exported(client, django_assert_max_num_queries):
    for _time in range(2):
        objection = make_objection(make_notice())
        with django_assert_max_num_queries(8):
            page = text(client.get("/results/objections/"))
    assert page.count("张*") == 2
    assert objection.contact not in page
    assert objection.name not in page
    asked = {"notice": objection.notice.number, "state": "open", "year": clock.today().year}
    with django_assert_max_num_queries(8):
        assert len(client.get("/results/objections/", asked).context["entries"]) == 1
    with django_assert_max_num_queries(4):
        response = client.get("/en/results/objections/export/", asked)
        rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "张*" in rows[1]
    assert objection.contact not in rows[1]
    assert client.get("/results/objections/", {"state": "dismissed"}).context["entries"] == []


def test_who_objected_complains_through_the_link_and_another_officer_decides(client):
    first, second = make_officer(), make_officer()
    objection = make_objection(make_notice())
    operations.answer_objection(objection, upheld=False, answer="已核查", actor=first)
    key = key_of(objection)
    complain = reverse("notices:complain", args=[objection.pk, key])
    follow = reverse("notices:follow", args=[objection.pk, key])
    assert complain in text(client.get(follow))
    assert client.post(complain, {"complaint": "未看原件"}).url == follow
    decide = reverse("notices:decide_complaint", args=[objection.pk])
    client.force_login(first)
    assert client.get(decide).status_code == 403
    client.force_login(second)
    assert client.post(decide, {"upheld": "yes", "answer": "原件已过期"}).status_code == 302
    objection.refresh_from_db()
    assert (objection.state, objection.decided_by) == (ObjectionState.UPHELD, second)
    page = text(client.get(reverse("notices:objection", args=[objection.pk])))
    ban = reverse("organisations:ban_organisation", args=[objection.proposal.organisation_id])
    assert f"{ban}?reason=" in page
    assert "原件已过期" in text(client.get(objection.notice.get_absolute_url()))


def test_an_objection_is_answered_on_the_desk(client, django_assert_max_num_queries):
    objection = make_objection(make_notice())
    detail = reverse("notices:objection", args=[objection.pk])
    answer = reverse("notices:answer_objection", args=[objection.pk])
    assert client.get(detail).status_code == 302
    client.force_login(make_person())
    assert client.get(reverse("notices:desk")).status_code == 403
    assert client.get(detail).status_code == 404
    client.force_login(make_officer(Role.AUDITOR))
    assert client.get(detail).status_code == 200
    assert client.get(answer).status_code == 403
    client.force_login(make_officer())
    with django_assert_max_num_queries(12):
        client.get(reverse("notices:desk"))
    with django_assert_max_num_queries(12):
        assert objection.contact in text(client.get(detail))
    assert client.post(answer, {"upheld": "no", "answer": "已核查"}).url == detail
    objection.refresh_from_db()
    assert (objection.state, objection.answer) == (ObjectionState.DISMISSED, "已核查")


def test_who_filed_it_signed_in_sees_it_and_takes_it_back(client):
    person = make_person()
    objection = make_objection(make_notice(), filed_by=person)
    client.force_login(person)
    detail = reverse("notices:objection", args=[objection.pk])
    assert client.get(detail).context["may_retract"]
    client.post(reverse("notices:retract_objection", args=[objection.pk]))
    objection.refresh_from_db()
    assert objection.state == ObjectionState.RETRACTED
    assert not client.get(detail).context["may_retract"]
