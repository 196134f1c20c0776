"""Surveys: written, opened, answered, closed, published."""

import datetime as dt
import uuid

import pytest
from django.core.files.base import ContentFile

from bidding.needs import operations, queries
from bidding.needs.choices import Choice
from bidding.needs.intake_operations import read_in
from bidding.needs.models import Category, Question, QuestionKind, Response, Survey
from bidding.needs.states import SurveyState
from foundation import clock
from foundation.audit.models import Entry
from foundation.due.models import DueEvent
from foundation.due.operations import work_off
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.permissions import SYSTEM
from tests.factories.needs import categories, make_need, make_question, make_responses, make_survey
from tests.factories.organisations import make_district, make_officer, make_person

pytestmark = pytest.mark.django_db
TWO = [Choice("法律咨询", "Legal advice", "legal-aid"), Choice("其他")]


def test_load_categories_puts_in_the_seven_once_and_mends_wording():
    assert [category.name for category in categories()] == [
        "劳动竞赛",
        "经费审查",
        "法律援助",
        "工会组建",
        "文化素养提升",
        "生活关爱",
        "职工综合服务",
    ]
    Category.objects.filter(code="legal-aid").update(name="法援")
    entries = Entry.objects.count()
    categories()
    assert Category.objects.get(code="legal-aid").name == "法律援助"
    assert Entry.objects.count() == entries + 1
    assert Category.objects.count() == 7


def test_create_survey_gives_a_short_name_when_none_is_typed():
    officer = make_officer()
    with clock.at(dt.datetime(2026, 3, 1, tzinfo=dt.UTC)):
        first = operations.create_survey(title="调研", actor=officer)
        second = operations.create_survey(title="调研", actor=officer)
    assert (first.slug, second.slug) == ("2026-1", "2026-2")


def test_create_survey_refuses_a_short_name_that_is_taken():
    survey = make_survey()
    with pytest.raises(Clash) as refused:
        operations.create_survey(title="调研", slug=survey.slug, actor=make_officer())
    assert refused.value.field == "slug"
    assert Survey.objects.count() == 1


def test_only_officers_work_on_surveys():
    survey, stranger = make_survey(), make_person()
    with pytest.raises(Forbidden):
        operations.create_survey(title="调研", actor=stranger)
    with pytest.raises(Forbidden):
        operations.add_question(survey, kind="text", wording="?", choices=[], actor=stranger)
    with pytest.raises(Forbidden):
        operations.close_survey(make_survey(state=SurveyState.OPEN), actor=stranger)
    assert not Question.objects.exists()


def test_questions_are_added_reworded_and_removed_in_a_draft():
    categories()
    survey, officer = make_survey(), make_officer()
    first = operations.add_question(
        survey, kind="multiple", wording="您需要什么？", choices=TWO, actor=officer
    )
    second = operations.add_question(
        survey, kind="text", wording="还有吗？", required=False, choices=[], actor=officer
    )
    operations.edit_question(
        first,
        wording="您最需要什么？",
        choices=TWO[:1] * 1 + [Choice("心理疏导", "", "life-care")],
        actor=officer,
    )
    assert [option.wording for option in first.options.all()] == ["法律咨询", "心理疏导"]
    assert [question.position for question in queries.questions_of(survey)] == [1, 2]
    operations.remove_question(second, actor=officer)
    assert [question.wording for question in queries.questions_of(survey)] == ["您最需要什么？"]


def test_a_question_with_choices_needs_two_and_another_none():
    survey, officer = make_survey(), make_officer()
    for kind, choices in (("single", TWO[1:]), ("number", TWO)):
        with pytest.raises(DomainError) as refused:
            operations.add_question(survey, kind=kind, wording="?", choices=choices, actor=officer)
        assert refused.value.field == "choices"
    assert not Question.objects.exists()


def test_a_survey_takes_three_free_answers_at_most():
    survey, officer = make_survey(), make_officer()
    for _place in range(3):
        make_question(survey, kind=QuestionKind.TEXT)
    with pytest.raises(DomainError, match=r"at most 3|最多 3"):
        operations.add_question(survey, kind="text", wording="?", choices=[], actor=officer)


def test_an_open_survey_keeps_its_questions():
    survey, officer = make_survey(state=SurveyState.OPEN), make_officer()
    question = make_question(survey, "甲", "乙")
    with pytest.raises(WrongState):
        operations.add_question(survey, kind="text", wording="?", choices=[], actor=officer)
    with pytest.raises(WrongState):
        operations.edit_question(question, wording="?", choices=TWO, actor=officer)
    with pytest.raises(WrongState):
        operations.remove_question(question, actor=officer)
    with pytest.raises(WrongState):
        operations.edit_survey(survey, title="?", actor=officer)
    assert survey.questions.count() == 1


def test_open_survey_asks_for_a_question_and_a_future_end():
    survey, officer, now = make_survey(), make_officer(), clock.now()
    times = {"opens_at": now, "closes_at": now + dt.timedelta(days=7)}
    with pytest.raises(DomainError):
        operations.open_survey(survey, **times, actor=officer)
    make_question(survey, "甲", "乙")
    with pytest.raises(DomainError) as refused:
        operations.open_survey(survey, opens_at=now, closes_at=now, actor=officer)
    assert refused.value.field == "closes_at"
    survey.refresh_from_db()
    assert survey.state == SurveyState.DRAFT
    assert operations.open_survey(survey, **times, actor=officer).state == SurveyState.OPEN
    assert DueEvent.objects.get().handler == "close_survey"


def test_answer_survey_stores_the_answers_without_who_gave_them():
    survey = make_survey(state=SurveyState.OPEN)
    many = make_question(survey, "甲", "乙", "丙")
    scale = make_question(survey, kind=QuestionKind.SCALE)
    text = make_question(survey, kind=QuestionKind.TEXT, required=False)
    response = operations.answer_survey(
        survey,
        token=uuid.uuid4(),
        answers={many.code: ["1", "3"], scale.code: "4", text.code: " 谢谢 "},
        district=make_district("310115004"),
        actor=make_person(),
    )
    response.refresh_from_db()
    assert response.answers == {"q1": ["1", "3"], "q2": 4, "q3": "谢谢"}
    assert response.district_id == "310115004"
    assert Entry.objects.get(action="answer_survey").actor is None


def test_the_same_sheet_handed_in_twice_counts_once():
    survey = make_survey(state=SurveyState.OPEN)
    question = make_question(survey, "甲", "乙", kind=QuestionKind.SINGLE)
    token, answers = uuid.uuid4(), {question.code: ["1"]}
    first = operations.answer_survey(survey, token=token, answers=answers, actor=SYSTEM)
    assert operations.answer_survey(survey, token=token, answers={}, actor=SYSTEM) == first
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("single", []),
        ("single", ["999999"]),
        ("single", "both"),
        ("scale", "6"),
        ("scale", "gut"),
        ("number", "-1"),
        ("text", "长" * 201),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_beside_its_question(kind, value):
    survey = make_survey(state=SurveyState.OPEN)
    options = ("甲", "乙") if kind == "single" else ()
    question = make_question(survey, *options, kind=kind)
    if value == "both":
        value = ["1", "2"]
    with pytest.raises(DomainError) as refused:
        operations.answer_survey(
            survey, token=uuid.uuid4(), answers={question.code: value}, actor=SYSTEM
        )
    assert refused.value.field == question.code
    assert not Response.objects.exists()


@pytest.mark.parametrize("state", [SurveyState.DRAFT, SurveyState.CLOSED, SurveyState.PUBLISHED])
def test_a_survey_that_is_not_open_takes_no_answers(state):
    survey = make_survey(state=state)
    with pytest.raises(WrongState):
        operations.answer_survey(survey, token=uuid.uuid4(), answers={}, actor=SYSTEM)
    assert not Response.objects.exists()


def test_a_survey_past_its_end_takes_no_answers_even_before_it_was_closed():
    survey = make_survey(state=SurveyState.OPEN)
    with clock.at(survey.closes_at), pytest.raises(WrongState):
        operations.answer_survey(survey, token=uuid.uuid4(), answers={}, actor=SYSTEM)
    with clock.at(survey.opens_at - dt.timedelta(seconds=1)), pytest.raises(WrongState):
        operations.answer_survey(survey, token=uuid.uuid4(), answers={}, actor=SYSTEM)


def test_a_survey_closes_when_its_time_has_come_and_tells_its_officer():
    officer, now = make_officer(), clock.now()
    survey = make_survey(by=officer)
    make_question(survey, "甲", "乙")
    closes_at = now + dt.timedelta(days=7)
    operations.open_survey(survey, opens_at=now, closes_at=closes_at, actor=officer)
    with clock.at(closes_at - dt.timedelta(seconds=1)):
        assert work_off() == 0
    with clock.at(closes_at):
        assert work_off() == 1
        assert work_off() == 0
    survey.refresh_from_db()
    assert survey.state == SurveyState.CLOSED
    assert Notification.objects.get(person=officer).kind == "survey_closed"


def test_a_survey_reopens_until_needs_were_drawn():
    survey, officer, now = make_survey(state=SurveyState.CLOSED), make_officer(), clock.now()
    make_question(survey, "甲", "乙")
    times = {"opens_at": now, "closes_at": now + dt.timedelta(days=1)}
    operations.open_survey(survey, **times, actor=officer)
    closed = operations.close_survey(survey, actor=officer)
    assert now < closed.closes_at < clock.now()  # it tells when it closed, not when it would have
    make_need(survey=survey)
    with pytest.raises(WrongState):
        operations.open_survey(survey, **times, actor=officer)


def test_publish_survey_ends_it():
    survey, officer = make_survey(state=SurveyState.CLOSED), make_officer()
    assert operations.publish_survey(survey, actor=officer).state == SurveyState.PUBLISHED
    with pytest.raises(WrongState):
        operations.publish_survey(survey, actor=officer)
    with pytest.raises(WrongState):
        operations.import_responses(survey, file=table(b""), actor=officer)


def table(data):
    return ContentFile(data, name="paper.csv")


def bring_in(survey, data, by=None):
    return read_in(
        operations.import_responses(survey, file=table(data), actor=by or make_officer())
    )


def paper_survey():
    survey = make_survey(state=SurveyState.OPEN)
    make_question(survey, "甲", "乙", "丙")
    make_question(survey, kind=QuestionKind.SCALE, required=False)
    make_district("310115004", "潍坊新村街道")
    return survey


def test_import_responses_takes_good_rows_and_names_every_other():
    survey = paper_survey()
    rows = (
        "sheet,district,q1,q2\n"
        "1,潍坊新村街道,1;3,5\n"
        "2,310115004,乙,\n"
        "\n"
        "3,月球,1,1\n"
        "4,,,1\n"
        "5,,4,1\n"
        "6,,1,9\n"
        "2,,1,1\n"
        ",,1,1\n"
    )
    done = bring_in(survey, rows.encode("gb18030"))
    refused = dict(done.refusals.values_list("line", "reason"))
    assert (done.state, done.rows_done, done.accepted, done.refused) == ("done", 8, 2, 6)
    assert list(refused) == [5, 6, 7, 8, 9, 10]
    assert all(refused[line].startswith("q1: ") for line in (6, 7))
    assert [r.answers for r in Response.objects.filter(channel="paper").order_by("pk")] == [
        {"q1": ["1", "3"], "q2": 5},
        {"q1": ["2"]},
    ]


def test_the_same_table_brought_in_twice_adds_nothing():
    survey, officer = paper_survey(), make_officer()
    data = "\ufeffsheet,district,q1,q2\r\n1,,1,5\r\n2,,2,4\r\n".encode()
    bring_in(survey, data, officer)
    again = bring_in(survey, data, officer)
    assert (again.accepted, again.refused, Response.objects.count()) == (0, 2, 2)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\x00\x01", b"sheet,district,q1\n1,,1\n"])
def test_a_file_that_is_no_such_table_is_refused_whole(data):
    survey = paper_survey()
    with pytest.raises(DomainError) as refused:
        operations.import_responses(survey, file=table(data), actor=make_officer())
    assert refused.value.field == "file"
    assert not Response.objects.exists()


def test_results_count_people_not_ticks_and_hide_small_cells():
    survey = make_survey(state=SurveyState.CLOSED)
    many = make_question(survey, ("甲", "legal-aid"), "乙", "丙")
    scale = make_question(survey, kind=QuestionKind.SCALE)
    first, second, _third = many.options.all()
    both = make_responses(many, *[first] * 12)
    for response in both[:6]:
        response.answers = {many.code: [first.code, second.code]}
        response.save()
    make_responses(scale, *[5] * 8, *[4] * 7, *[1] * 2, None)
    result, levels = queries.results_of(survey)
    assert (result.n, [row.share.count for row in result.options]) == (12, [12, 6, None])
    assert (levels.n, round(levels.mean, 4)) == (17, 4.1176)
    assert [share.count for _level, share in levels.levels] == [None, None, None, None, 8]


def test_results_take_a_constant_number_of_queries(django_assert_num_queries):
    for size in (1, 3):
        survey = make_survey(state=SurveyState.CLOSED)
        for _place in range(size):
            question = make_question(survey, ("甲", "legal-aid"), "乙")
            make_responses(question, *[question.options.first()] * size)
        with django_assert_num_queries(5):
            queries.results_of(survey)
