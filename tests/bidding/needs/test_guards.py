"""What the database itself refuses about surveys, whoever asks it: raw SQL past every operation."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from bidding.needs import operations
from bidding.needs.guards import SQLITE, SURVEYS, TRIGGERS
from bidding.needs.models import Option, Question, Response, Survey
from foundation import clock
from tests.factories.needs import make_question, make_responses, make_survey
from tests.factories.organisations import make_officer

pytestmark = pytest.mark.django_db

QUESTION = "INSERT INTO bidding_question (survey_id, position, code, kind, wording, wording_en, hint, hint_en, required, levels, conditions) SELECT survey_id, 99, 'extra', kind, wording, '', '', '', required, levels, conditions FROM bidding_question WHERE survey_id = {s} AND position = 1"  # noqa: E501  # one statement
OPTION = "INSERT INTO bidding_option (question_id, position, code, wording, wording_en, is_other) SELECT question_id, 99, '99', wording, '', is_other FROM bidding_option WHERE question_id = {q} AND position = 1"  # noqa: E501  # one statement
SHEET = "INSERT INTO bidding_response (survey_id, token, channel, industry, doubt, answered_at, answers) SELECT survey_id, {fresh}, '{channel}', '', '', answered_at, answers FROM bidding_response WHERE survey_id = {s} LIMIT 1"  # noqa: E501  # one statement


def asked(words, survey, **facts):
    """Said in one savepoint; True when the database did it."""
    on_postgresql = connection.vendor == "postgresql"
    fresh = "gen_random_uuid()" if on_postgresql else "lower(hex(randomblob(16)))"
    question = survey.questions.first()
    said = words.format(s=survey.pk, q=question.pk, fresh=fresh, **facts)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(said)
    except IntegrityError:
        return False
    return True


def opened():
    survey = make_survey()
    make_question(survey, "法律", "健康", kind="single")
    survey = operations.open_survey(
        survey,
        opens_at=clock.now() - dt.timedelta(hours=1),
        closes_at=clock.now() + dt.timedelta(days=2),
        actor=make_officer(),
    )
    make_responses(survey.questions.get(), *survey.questions.get().options.all())
    return survey


def test_an_opened_questionnaire_stays_as_it_is_whoever_asks():
    draft, survey = make_survey(), opened()
    make_question(draft, "甲", kind="single")
    for words in (
        QUESTION,
        "UPDATE bidding_question SET wording = 'x' WHERE survey_id = {s}",
        OPTION,
        "UPDATE bidding_option SET wording = 'x' WHERE question_id = {q}",
        "UPDATE bidding_survey SET title = 'x' WHERE id = {s}",
        "DELETE FROM bidding_option WHERE question_id = {q}",
        "DELETE FROM bidding_question WHERE survey_id = {s}",
    ):
        assert asked(words, draft), words
        if "DELETE" not in words:
            assert not asked(words, survey), words
    assert not asked("DELETE FROM bidding_option WHERE question_id = {q}", survey)
    assert not asked("UPDATE bidding_survey SET fingerprint = '' WHERE id = {s}", survey)
    assert not asked("UPDATE bidding_survey SET state = 'draft' WHERE id = {s}", survey)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(survey=survey).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(link="other")
    assert Option.objects.filter(question__survey=survey).count() == 2


def test_sheets_stay_as_they_came_and_come_in_time():
    survey = opened()
    assert asked(SHEET, survey, channel="web")
    assert not asked("UPDATE bidding_response SET answers = '{{}}' WHERE survey_id = {s}", survey)
    assert not asked("DELETE FROM bidding_response WHERE survey_id = {s}", survey)
    assert asked("UPDATE bidding_response SET union_id = NULL WHERE survey_id = {s}", survey)
    survey = operations.close_survey(survey, actor=make_officer())
    assert not asked(SHEET, survey, channel="web")
    assert asked(SHEET, survey, channel="paper")  # it came by post
    operations.publish_survey(survey, actor=make_officer())
    assert not asked(SHEET, survey, channel="paper")
    assert not asked("UPDATE bidding_survey SET state = 'closed' WHERE id = {s}", survey)
    assert Response.objects.filter(survey=survey).count() == 4


def test_a_law_that_was_taken_away_is_missed():
    assert SURVEYS.missing(connection) == []
    table = " ON bidding_response" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER sheet_in_time{table}")
    assert SURVEYS.missing(connection) == ["sheet_in_time"]
    with connection.cursor() as cursor:
        words = (TRIGGERS if table else SQLITE)["sheet_in_time"]
        cursor.execute(f"CREATE TRIGGER sheet_in_time {words}", None)
    assert SURVEYS.missing(connection) == []


@pytest.mark.postgres
def test_a_table_of_opened_surveys_is_not_emptied():
    survey = opened()
    for table in ("survey", "question", "option", "response"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing waits for the end
            with pytest.raises(IntegrityError, match="stay as they are"), transaction.atomic():
                cursor.execute(f"TRUNCATE bidding_{table} CASCADE")
    assert Option.objects.filter(question__survey=survey).count() == 2
