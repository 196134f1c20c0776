"""Collecting answers: versions, quotas, short links, paper, tables that break off, and the desk."""

import csv
import datetime as dt
import io
import uuid

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.urls import reverse

from bidding.needs import intake_operations, operations, xlsform
from bidding.needs.choices import Choice
from bidding.needs.models import Response, Survey
from bidding.needs.queries import questionnaire_of
from bidding.needs.question_operations import OTHER
from bidding.needs.questionnaire import Clause, Level
from bidding.needs.rules import takes_paper
from bidding.needs.states import SurveyState
from foundation import clock
from foundation.errors import DomainError, WrongState
from foundation.permissions import SYSTEM
from tests.at_once import at_once
from tests.factories.needs import make_intake, make_question, make_quota, make_survey
from tests.factories.organisations import make_district, make_officer, make_union

pytestmark = pytest.mark.django_db
TWO = [Choice("甲"), Choice("乙")]


@pytest.fixture
def officer(client):
    person = make_officer()
    client.force_login(person)
    return person


def whole_survey(officer, slug="whole"):
    """One of every kind, with skip logic, open."""
    survey = operations.create_survey(title="调研", title_en="Survey", slug=slug, actor=officer)

    def add(kind, **facts):
        return operations.add_question(survey, kind=kind, wording=kind, actor=officer, **facts)

    add("section")
    add("single", choices=TWO, with_other=True)
    add("multiple", choices=TWO, most=1, conditions=[Clause("q1", "any", ("1",))])
    add("ranking", choices=TWO)
    add("grid", choices=TWO, levels=[Level("否"), Level("是")])
    add("scale")
    add("number", least=1, most=9)
    add("text", required=False)
    add("district")
    add("industry")
    now = clock.now()
    closes_at = now + dt.timedelta(days=3)
    return operations.open_survey(survey, opens_at=now, closes_at=closes_at, actor=officer)


GIVEN = {
    "q1": {"q1": "other", "q1.other": "<script>alert(1)</script>"},
    "q3": {"q3.1": "2", "q3.2": "1"},
    "q4": {"q4.1": "1", "q4.2": "2"},
    "q5": {"q5": "4"},
    "q6": {"q6": "3"},
    "q7": {"q7": "谢谢"},
    "q9": {"q9": "C"},
}


def test_every_kind_is_answered_by_thumb_within_six_queries_a_question(
    client, django_assert_max_num_queries
):
    survey = whole_survey(make_officer())
    given = {**GIVEN, "q8": {"q8": make_district().pk}}
    at, asked = reverse("needs:answer_survey", args=[survey.slug, 1]), []
    while True:
        page = client.get(at)
        if "item" not in page.context or page.context["item"] is None:
            break
        asked.append(page.context["item"].code)
        assert client.post(at, {}).url if asked[-1] == "q7" else client.post(at, {}).context
        with django_assert_max_num_queries(6):
            at = client.post(at, given[asked[-1]]).url
    assert asked == sorted(given)
    assert client.get(reverse("needs:answer_survey", args=[survey.slug, 2])).status_code == 302
    assert "&lt;script&gt;" in page.content.decode()
    assert client.post(at, {}).url == survey.get_absolute_url()
    stored = Response.objects.get()
    assert (stored.industry, stored.district_id, stored.doubt) == ("C", given["q8"]["q8"], "fast")
    assert stored.answers == {
        **{"q1": "other", "q1.other": "<script>alert(1)</script>", "q3": ["2", "1"]},
        **{"q4": {"1": 1, "2": 2}, "q5": 4, "q6": 3, "q7": "谢谢"},
    }


def test_hidden_fields_that_were_tampered_with_are_refused(client):
    survey = make_survey(state=SurveyState.OPEN)
    make_question(survey, "甲", "乙", kind="single")
    at = reverse("needs:answer_survey", args=[survey.slug, 1])
    for more in ({"website": "http://x.example"}, {"asked": "q2"}):
        assert client.post(at, {"q1": "1", **more}).context["form"].non_field_errors()
    assert "survey" not in "".join(client.cookies)


def test_the_same_answers_from_the_same_browser_count_once(client):
    cache.clear()
    survey = make_survey(state=SurveyState.OPEN)
    for _place in range(8):
        make_question(survey, "甲", "乙", kind="single")
    for _time in range(2):
        for step in range(1, 9):
            client.post(reverse("needs:answer_survey", args=[survey.slug, step]), {f"q{step}": "1"})
        client.post(reverse("needs:answer_survey", args=[survey.slug, 9]), {})
        client.cookies.clear()
    assert Response.objects.count() == 1


def test_a_new_version_keeps_codes_closes_the_old_one_and_takes_over_its_link(client):
    officer = make_officer()
    first = whole_survey(officer)
    client.force_login(officer)
    led = client.post(reverse("needs:revise_survey", args=[first.slug]))
    second = Survey.objects.get(earlier=first)
    assert led.url == reverse("needs:manage", args=[second.slug])
    client.logout()
    assert (second.slug, second.version, second.state) == ("whole-v2", 2, SurveyState.DRAFT)
    assert questionnaire_of(second).fingerprint() == first.fingerprint
    with pytest.raises(WrongState):
        operations.revise_survey(first, actor=officer)
    short = reverse("needs:short_link", args=[first.link])
    assert client.get(short).url == first.get_absolute_url()
    now = clock.now()
    closes_at = now + dt.timedelta(days=3)
    operations.open_survey(second, opens_at=now, closes_at=closes_at, actor=officer)
    first.refresh_from_db()
    assert first.state == SurveyState.CLOSED
    english = client.get(short, headers={"Accept-Language": "en"})
    assert english.url == f"/en{second.get_absolute_url()}"


def test_questions_move_but_never_before_what_they_hang_on():
    officer = make_officer()
    survey = operations.create_survey(title="调研", actor=officer)
    add = {"wording": "?", "actor": officer}
    first = operations.add_question(survey, kind="single", choices=TWO, **add)
    second = operations.add_question(
        survey, kind="text", conditions=[Clause("q1", "any", ("2",))], **add
    )
    third = operations.add_question(survey, kind="scale", **add)
    for move in (
        lambda: operations.move_question(second, up=True, actor=officer),
        lambda: operations.move_question(first, up=True, actor=officer),
        lambda: operations.remove_question(first, actor=officer),
    ):
        with pytest.raises(DomainError):
            move()
    operations.move_question(third, up=True, actor=officer)
    assert [item.code for item in questionnaire_of(survey).items] == ["q1", "q3", "q2"]


def test_a_full_survey_and_a_full_union_say_so(client):
    survey = make_survey(state=SurveyState.OPEN, most_sheets=2)
    make_question(survey, "甲", "乙", kind="single")
    quota = make_quota(survey, 1, union=make_union().union, is_cap=True)
    last = reverse("needs:answer_survey", args=[survey.slug, 2])
    refused = []
    for _person in range(2):
        client.cookies.clear()
        client.get(reverse("needs:union_link", args=[survey.link, quota.pk]))
        client.post(reverse("needs:answer_survey", args=[survey.slug, 1]), {"q1": "1"})
        refused.append(client.post(last, {}).status_code)
    assert refused == [302, 200]
    assert Response.objects.get().union == quota.union
    operations.answer_survey(survey, token=uuid.uuid4(), answers={"q1": "1"}, actor=SYSTEM)
    client.cookies.clear()
    assert client.get(survey.get_absolute_url()).context["refusal"] is not None


def test_a_table_is_read_on_where_a_killed_reader_stopped(monkeypatch):
    monkeypatch.setattr(intake_operations, "BATCH", 3)
    survey = make_survey(state=SurveyState.OPEN)
    make_question(survey, "甲", "乙")
    rows = "".join(f"{number},{3 if number % 4 == 2 else 1}\n" for number in range(10))
    intake = make_intake(survey, f"sheet,q1\n{rows}".encode())
    intake = intake_operations.read_in(intake, seconds=0)
    assert (intake.rows_done, intake.accepted, intake.state) == (3, 2, "reading")
    assert intake_operations.read_all() == 1
    intake.refresh_from_db()
    assert (intake.rows_done, intake.accepted, intake.refused) == (10, 8, 2)
    assert (intake.state, intake.share_done) == ("done", 100)
    assert list(intake.refusals.values_list("line", flat=True)) == [4, 8]


def test_a_table_of_a_survey_that_was_published_meanwhile_breaks_off():
    survey = make_survey(state=SurveyState.PUBLISHED)
    make_question(survey, "甲", "乙")
    intake = intake_operations.read_in(make_intake(survey))
    assert (intake.state, intake.fault) == ("broken", str(takes_paper(survey)))
    assert not Response.objects.exists()


def test_a_table_broken_further_on_is_broken_off_and_holds_up_nobody(monkeypatch, client, officer):
    monkeypatch.setattr(intake_operations, "BATCH", 2)
    survey = make_survey(state=SurveyState.OPEN)
    make_question(survey, "甲", "乙")
    huge = "x" * (csv.field_size_limit() + 1)
    torn = make_intake(survey, f"sheet,q1\n1,1\n2,2\n3,{huge}\n".encode())
    whole = make_intake(survey, b"sheet,q1\n9,1\n")
    assert intake_operations.read_all() == 2
    torn.refresh_from_db()
    whole.refresh_from_db()
    assert (torn.state, torn.accepted, whole.state) == ("broken", 2, "done")
    assert intake_operations.read_all() == 0
    page = client.get(reverse("needs:intake", args=[survey.slug, torn.pk])).content.decode()
    assert torn.fault
    assert torn.fault in page


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_readers_at_once_take_every_row_once(monkeypatch):
    monkeypatch.setattr(intake_operations, "BATCH", 5)
    survey = make_survey(state=SurveyState.OPEN)
    make_question(survey, "甲", "乙")
    rows = "".join(f"{number},1\n" for number in range(23))
    intake = make_intake(survey, f"sheet,q1\n{rows}".encode())

    def read():
        for _time in range(20):
            intake_operations.read_in(survey.intakes.get())

    at_once(read, read)
    intake.refresh_from_db()
    assert (intake.state, intake.rows_done, intake.accepted) == ("done", 23, 23)
    assert Response.objects.count() == 23


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_sheet_sent_twice_at_once_counts_once_and_a_cap_holds():
    survey = make_survey(state=SurveyState.OPEN)
    make_question(survey, "甲", "乙")
    token = uuid.uuid4()

    def send(token=token, union=None):
        return operations.answer_survey(
            survey, token=token, answers={"q1": "1"}, union=union, actor=SYSTEM
        )

    first, second = at_once(send, send)
    assert first == second == Response.objects.get()
    union = make_union().union
    make_quota(survey, 2, union=union, is_cap=True)
    results = at_once(*[lambda: send(uuid.uuid4(), union)] * 5)
    assert sum(isinstance(result, Response) for result in results) == 2
    assert Response.objects.filter(union=union).count() == 2


def test_an_xlsx_table_with_every_kind_comes_in_and_refused_rows_go_out(client, officer):
    survey, place = whole_survey(officer), make_district()
    book = openpyxl.Workbook()
    heads = ["sheet", "district", "industry", "q1", "q1.other", "q2", "q3", "q4.1", "q4.2"]
    book.active.append([*heads, "q5", "q6", "q7"])
    book.active.append(["A1", place.name, "制造业", 1, None, "乙", "2;1", "是", 1, 5.0, 3, "好"])
    book.active.append(["A2", place.name, "C", "其他（请说明）", "骑手", None, "1；2", 1, 1, 1, 1])
    book.active.append(["+A3", place.name, "C", 1, None, 1, "1;2", 1, 3, 1, 1])
    out = io.BytesIO()
    book.save(out)
    sent = ContentFile(out.getvalue(), name="paper.xlsx")
    page = client.post(reverse("needs:import_responses", args=[survey.slug]), {"file": sent})
    intake = survey.intakes.get()
    assert page.url == reverse("needs:intake", args=[survey.slug, intake.pk])
    assert (intake.accepted, intake.refused) == (2, 1)
    first, second = Response.objects.order_by("pk")
    assert (first.answers["q2"], first.answers["q4"]) == (["2"], {"1": 2, "2": 1})
    assert (second.answers["q1"], second.answers["q1.other"]) == (OTHER.code, "骑手")
    assert "q2" not in second.answers
    mended = reverse("needs:refused", args=[survey.slug, intake.pk])
    lines = b"".join(client.get(mended).streaming_content).decode().splitlines()
    assert lines[0].endswith("q7,#line,#why")
    assert lines[1].startswith("'+A3,")


def test_the_desk_of_collecting_shows_where_answers_come_from(
    client, officer, django_assert_max_num_queries
):
    survey, place = whole_survey(officer), make_district()
    typed = {"sheet_number": "7", "q8": place.pk}
    for given in GIVEN.values():
        typed |= given
    at = reverse("needs:enter_sheet", args=[survey.slug])
    assert client.post(at, typed).status_code == 302
    assert "sheet_number" in client.post(at, typed).context["form"].errors
    wanted = {"industry": "C", "wanted": "2"}
    client.post(reverse("needs:set_quota", args=[survey.slug]), wanted)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("needs:monitor", args=[survey.slug]))
    (industry,) = page.context["standing"].industries
    assert (industry.came, industry.wanted) == (1, 2)
    for name in ("manage", "poster", "qr_code", "import_responses", "export_xlsform"):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"needs:{name}", args=[survey.slug])).status_code == 200
    assert client.get(reverse("needs:preview", args=[survey.slug, 1])).status_code == 200


def test_a_form_that_went_out_comes_in_as_the_same_questions(client, officer):
    survey = whole_survey(officer)
    data = client.get(reverse("needs:export_xlsform", args=[survey.slug])).content
    copy = operations.create_survey(title="抄本", slug="copy", actor=officer)
    at = reverse("needs:import_xlsform", args=["copy"])
    assert client.post(at, {"file": ContentFile(data, name="form.xlsx")}).status_code == 302
    assert questionnaire_of(copy).fingerprint() == survey.fingerprint
    page = client.post(at, {"file": ContentFile(b"nonsense", name="form.xlsx")})
    assert len(page.context["form"].faults) == 1
    assert Survey.objects.get(slug="copy").questions.count() == 10
    assert xlsform.MOST_ROWS > 60
