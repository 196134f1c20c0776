"""The screens of needs: what each reader gets, and how a survey is answered on a phone."""

import io
import re

import pytest
from django.core import signing
from django.urls import reverse

from bidding.needs import progress
from bidding.needs.freezing import freeze
from bidding.needs.models import Need, QuestionKind, Response, Survey
from bidding.needs.states import NeedState, SurveyState
from foundation.people.models import Role
from tests.factories.needs import make_need, make_question, make_responses, make_survey
from tests.factories.organisations import make_district, make_officer, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = make_officer()
    client.force_login(person)
    return person


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_list_of_needs_has_a_constant_number_of_queries(
    client, prefix, django_assert_max_num_queries
):
    for _round in range(2):
        make_need()
        make_need(district=make_district())
        make_survey(state=SurveyState.OPEN)
        with django_assert_max_num_queries(8):
            response = client.get(f"{prefix}/needs/")
        assert response.status_code == 200


def test_needs_are_narrowed_by_category_place_and_urgency(client):
    here = make_district()
    wanted = make_need(code="life-care", district=here, urgency=5)
    make_need(code="life-care", urgency=5)
    make_need(code="legal-aid", district=here, urgency=5)
    make_need(code="life-care", district=here, urgency=2)
    make_need(code="life-care", district=here, urgency=5, state=NeedState.RETIRED)
    address = f"/needs/?category=life-care&district={here.pk}&urgency=4"
    assert list(client.get(address).context["page"]) == [wanted]
    assert client.get("/needs/?urgency=nothing&category=x").status_code == 200


def test_a_need_shows_its_interval_and_the_calls_that_answer_it(
    client, django_assert_max_num_queries
):
    from tests.factories.calls import make_call  # the room above, only as a row here

    survey = make_survey(state=SurveyState.PUBLISHED)
    option = make_question(survey, ("甲", "legal-aid"), "乙").options.first()
    need = make_need(survey=survey, option=option, title_en="Legal advice")
    call, draft = make_call(), make_call(state="draft")
    for one in (call, draft):
        one.needs.add(need)
    with django_assert_max_num_queries(8):
        page = text(client.get(f"/en/needs/{need.pk}/"))
    assert "Legal advice" in page
    assert call.number in page
    assert draft.number not in page
    assert "60.0 %" in page


def test_drafts_are_not_there_for_the_public(client):
    assert client.get(f"/needs/{make_need(state=NeedState.DRAFT).pk}/").status_code == 404
    assert client.get(f"/needs/surveys/{make_survey().slug}/").status_code == 404
    closed = make_survey(state=SurveyState.CLOSED)
    assert client.get(f"/needs/surveys/{closed.slug}/results.csv").status_code == 404


def open_survey():
    survey = make_survey(state=SurveyState.OPEN, title_en="Needs")
    first = make_question(survey, "甲", "乙", kind=QuestionKind.SINGLE)
    second = make_question(survey, "丙", "丁")
    make_question(survey, kind=QuestionKind.SCALE)
    make_question(survey, kind=QuestionKind.NUMBER, required=False)
    make_question(survey, kind=QuestionKind.TEXT, required=False)
    return survey, first, second


def step(survey, number):
    return reverse("needs:answer_survey", args=[survey.slug, number])


def answer_all(client, survey):
    """Answer every question by posting screen after screen; the last response."""
    questions = list(survey.questions.all())
    for number, question in enumerate(questions, start=1):
        options = [option.code for option in question.options.all()]
        given = {"single": options[:1], "multiple": options, "scale": "4", "number": "12"}
        response = client.post(
            step(survey, number), {question.code: given.get(question.kind, "谢谢")}
        )
        assert response.url == step(survey, number + 1)
    place = make_district()
    return client.post(step(survey, len(questions) + 1), {"district": place.pk})


def test_a_survey_is_answered_one_question_a_screen_and_counts_once(client):
    survey, _first, _second = open_survey()
    client.force_login(make_person())
    assert answer_all(client, survey).url == survey.get_absolute_url()
    response = Response.objects.get()
    assert response.answers == {"q1": "1", "q2": ["1", "2"], "q3": 4, "q4": 12, "q5": "谢谢"}
    assert response.district is not None
    assert client.get(step(survey, 1)).url == survey.get_absolute_url()
    assert client.get(survey.get_absolute_url()).context["progress"].done
    left = signing.loads(client.cookies[f"survey-{survey.pk}"].value, salt=progress.SALT)
    assert left == {"done": True}  # nothing that says which sheet it was


def test_the_last_screen_sent_twice_counts_once(client):
    survey, _first, _second = open_survey()
    before = None
    for number, question in enumerate(survey.questions.all(), start=1):
        options = [option.code for option in question.options.all()[:1]]
        client.post(step(survey, number), {question.code: options or "3"})
        before = client.cookies[f"survey-{survey.pk}"].value
    for _time in range(2):
        client.cookies[f"survey-{survey.pk}"] = before
        assert client.post(step(survey, 6), {}).url == survey.get_absolute_url()
    assert Response.objects.count() == 1


def test_what_was_answered_is_there_when_one_comes_back(client):
    survey, first, _second = open_survey()
    chosen = first.options.last().code
    client.post(step(survey, 1), {first.code: chosen})
    assert client.get(survey.get_absolute_url()).context["progress"].begun
    page = text(client.get(step(survey, 1)))
    assert re.search(f'value="{chosen}"[^>]* checked', page)


def test_a_required_question_left_empty_is_asked_for_beside_it(client):
    survey, first, _second = open_survey()
    response = client.post(step(survey, 1), {})
    assert response.status_code == 200
    assert first.code in response.context["form"].errors
    assert client.get(step(survey, 6)).url == step(survey, 1)
    assert not Response.objects.exists()


def test_a_tampered_cookie_begins_a_new_sheet(client):
    survey, _first, _second = open_survey()
    client.cookies[f"survey-{survey.pk}"] = "nonsense"
    assert client.get(step(survey, 1)).status_code == 200
    assert not client.get(survey.get_absolute_url()).context["progress"].begun


def test_an_answer_cookie_fits_what_browsers_keep(client):
    survey = make_survey(state=SurveyState.OPEN)
    for _place in range(37):
        make_question(survey, *[f"选项{n}" for n in range(10)])
    texts = [make_question(survey, kind=QuestionKind.TEXT) for _place in range(3)]
    kept = progress.Progress(
        values={
            **{
                q.code: [option.code for option in q.options.all()]
                for q in survey.questions.exclude(kind="text")
            },
            **{q.code: "".join(chr(0x4E00 + 7 * n + q.pk) for n in range(200)) for q in texts},
        },
        token=__import__("uuid").uuid4(),
    )
    from django.http import HttpResponse

    assert progress.fits(kept)
    cookies = progress.write(HttpResponse(), survey, kept).cookies
    assert all(len(cookie.OutputString()) < 4096 for cookie in cookies.values())


def test_a_closed_survey_says_so_and_takes_nothing(client):
    survey = make_survey(state=SurveyState.CLOSED)
    make_question(survey, "甲", "乙")
    assert client.get(step(survey, 1)).url == survey.get_absolute_url()
    assert client.post(step(survey, 1), {}).url == survey.get_absolute_url()
    assert client.get(survey.get_absolute_url()).context["refusal"] is not None


def test_too_many_sheets_from_one_connection_have_to_wait(client, monkeypatch):
    monkeypatch.setattr("bidding.needs.answer_views.SHEETS_AN_HOUR", 0)
    survey, _first, _second = open_survey()
    response = answer_all(client, survey)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert not Response.objects.exists()


def published_survey():
    survey = make_survey(state=SurveyState.PUBLISHED, title_en="Needs 2025")
    question = make_question(survey, ("=甲", "legal-aid"), "乙", "丙")
    first, second, third = question.options.all()
    make_responses(question, *[first] * 12, *[second] * 8, *[third] * 3)
    make_responses(make_question(survey, kind=QuestionKind.SCALE), *[4] * 9)
    freeze(survey)
    return survey


def test_published_results_show_n_and_margin_and_hide_small_cells(
    client, django_assert_max_num_queries
):
    survey = published_survey()
    with django_assert_max_num_queries(8):
        page = text(client.get(f"/en{survey.get_absolute_url()}"))
    assert "52.2 % (12)" in page
    assert "fewer than 5" in page
    assert "n = 23" in page


def test_results_as_csv_leave_small_cells_empty_and_hold_no_formulas(client):
    response = client.get(f"/needs/surveys/{published_survey().slug}/results.csv")
    rows = response.content.decode("utf-8-sig").splitlines()
    assert rows[1] == "问题1,'=甲,12,23,0.5217,0.3296,0.7076"
    assert rows[3] == "问题1,丙,,23,,,"


def test_the_desk_is_for_officers_and_auditors(client):
    address, survey = reverse("needs:desk"), make_survey()
    assert client.get(address).status_code == 302
    client.force_login(make_person())
    assert client.get(address).status_code == 403
    assert client.get(reverse("needs:manage", args=[survey.slug])).status_code == 404
    client.force_login(make_officer(Role.AUDITOR))
    assert client.get(address).status_code == 200
    assert client.get(reverse("needs:manage", args=[survey.slug])).status_code == 200
    assert client.get(reverse("needs:create_survey")).status_code == 403
    assert client.get(reverse("needs:edit_survey", args=[survey.slug])).status_code == 403


def test_a_survey_from_its_first_word_to_a_published_need(client, officer):
    created = client.post(
        reverse("needs:create_survey"), {"title": "调研", "slug": "a", "population": "1000"}
    )
    survey = Survey.objects.get()
    assert created.url == reverse("needs:manage", args=["a"])
    lines = "法律咨询 | Legal advice | 3\n其他"
    refused = client.post(
        reverse("needs:add_question", args=["a"]),
        {"kind": "multiple", "wording": "?", "required": "on", "choices": "甲 | A | 没有"},
    )
    assert "choices" in refused.context["form"].errors
    client.post(
        reverse("needs:add_question", args=["a"]),
        {"kind": "multiple", "wording": "?", "required": "on", "choices": lines},
    )
    question = survey.questions.get()
    assert question.options.first().category_id == "legal-aid"
    page = text(client.get(reverse("needs:edit_question", args=[question.pk])))
    assert "法律咨询 | Legal advice | legal-aid" in page
    client.post(
        reverse("needs:open_survey", args=["a"]),
        {"opens_at": "2020-01-01T08:00", "closes_at": "2050-01-01T08:00"},
    )
    make_responses(question, *[question.options.first()] * 6)
    table = io.BytesIO(b"sheet,district,q1\n1,,1\n2,,9\n")
    table.name = "paper.csv"
    brought = client.post(reverse("needs:import_responses", args=["a"]), {"file": table})
    assert (survey.intakes.get().accepted, survey.intakes.get().refused) == (1, 1)
    assert "q1: " in text(client.get(brought.url))
    client.post(reverse("needs:close_survey", args=["a"]))
    draw = reverse("needs:draw_need", args=["a", question.options.first().pk])
    form = client.get(draw).context["form"]
    assert (form.initial["title"], form.initial["headcount"]) == ("法律咨询", 1000)
    words = {"title": "法律咨询", "audience": "职工", "headcount": "900", "urgency": "5"}
    client.post(draw, words)
    need = Need.objects.get()
    assert (need.chosen, need.answered, need.urgency) == (7, 7, 5)
    client.post(reverse("needs:publish_need", args=[need.pk]))
    client.post(reverse("needs:publish_survey", args=["a"]))
    survey.refresh_from_db()
    need.refresh_from_db()
    assert (survey.state, need.state) == (SurveyState.PUBLISHED, NeedState.PUBLISHED)
    for name in ("desk", "create_survey"):
        assert client.get(reverse(f"needs:{name}")).status_code == 200
    assert client.get(reverse("needs:edit_need", args=[need.pk])).status_code == 200
    assert client.get(reverse("needs:paper_table", args=["a"])).content.endswith(
        b"sheet,district,industry,union,q1\r\n"
    )


def test_desk_lists_have_a_constant_number_of_queries(
    client, officer, django_assert_max_num_queries
):
    for _round in range(2):
        make_need(state=NeedState.DRAFT)
        survey = make_survey(state=SurveyState.CLOSED)
        question = make_question(survey, ("甲", "legal-aid"), ("乙", "life-care"))
        make_responses(question, *[question.options.first()] * 5)
        with django_assert_max_num_queries(12):
            client.get(reverse("needs:desk"))
        with django_assert_max_num_queries(12):
            client.get(reverse("needs:manage", args=[survey.slug]))
