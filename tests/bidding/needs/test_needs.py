"""Needs: drawn from answers, worded, published, retired."""

import pytest

from bidding.needs import operations, queries
from bidding.needs.models import Need, QuestionKind, Response
from bidding.needs.need_operations import draw_need
from bidding.needs.results import priority_rows
from bidding.needs.states import NeedState, SurveyState
from bidding.needs.waiting import looks_for
from foundation import clock
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.waiting import find
from tests.factories.needs import make_need, make_question, make_responses, make_survey
from tests.factories.organisations import make_district, make_officer, make_person

pytestmark = pytest.mark.django_db
WORDS = {"title": "法律咨询进园区", "audience": "一线职工", "headcount": 7500, "urgency": 5}


def answered_survey(state=SurveyState.CLOSED):
    survey = make_survey(state=state, population=10_000)
    question = make_question(survey, ("法律咨询", "legal-aid"), ("心理疏导", "life-care"), "其他")
    legal, care, other = question.options.all()
    make_responses(question, *[legal] * 30, *[care] * 4, *[other] * 6)
    return survey, legal, care, other


def test_proposed_needs_leave_out_small_cells_and_what_speaks_for_no_category():
    survey, legal, _care, _other = answered_survey()
    (proposed,) = queries.proposed_needs(survey)
    assert (proposed.option, proposed.count, proposed.headcount) == (legal, 30, 7500)
    assert proposed.urgency == 5
    assert proposed.drawn is None
    need = operations.draw_need(survey, option=legal, **WORDS, actor=make_officer())
    assert queries.proposed_needs(survey)[0].drawn == need


def test_draw_need_takes_the_figures_along():
    survey, legal, _care, _other = answered_survey()
    need = operations.draw_need(survey, option=legal, **WORDS, actor=make_officer())
    assert (need.category_id, need.chosen, need.answered) == ("legal-aid", 30, 40)
    assert need.state == NeedState.DRAFT


def test_a_need_of_one_district_has_that_districts_figures():
    survey, legal, _care, _other = answered_survey()
    here, there = make_district(), make_district()
    make_responses(legal.question, *[legal] * 6, district=here)
    make_responses(legal.question, *[legal] * 4, district=there)
    officer = make_officer()
    need = operations.draw_need(survey, option=legal, district=here, **WORDS, actor=officer)
    assert (need.chosen, need.answered) == (6, 6)
    with pytest.raises(DomainError) as refused:
        operations.draw_need(survey, option=legal, district=there, **WORDS, actor=officer)
    assert refused.value.field == "district"
    assert Need.objects.count() == 1


def test_draw_need_refuses_other_options_small_cells_and_twice():
    survey, legal, care, other = answered_survey()
    officer = make_officer()
    foreign = make_question(make_survey(), ("甲", "legal-aid"), "乙").options.first()
    for option in (care, other, foreign):
        with pytest.raises(DomainError):
            operations.draw_need(survey, option=option, **WORDS, actor=officer)
    operations.draw_need(survey, option=legal, **WORDS, actor=officer)
    with pytest.raises(Clash):
        operations.draw_need(survey, option=legal, **WORDS, actor=officer)
    assert Need.objects.count() == 1


def test_needs_are_drawn_by_officers_after_the_survey_closed():
    survey, legal, _care, _other = answered_survey(SurveyState.OPEN)
    with pytest.raises(WrongState):
        operations.draw_need(survey, option=legal, **WORDS, actor=make_officer())
    with pytest.raises(Forbidden):
        operations.draw_need(survey, option=legal, **WORDS, actor=make_person())
    assert not Need.objects.exists()


def test_edit_need_changes_words_and_weights_not_figures():
    need, officer = make_need(state=NeedState.DRAFT), make_officer()
    operations.edit_need(need, title="新", audience="骑手", headcount=10, urgency=1, actor=officer)
    need.refresh_from_db()
    assert (need.title, need.audience, need.headcount, need.urgency) == ("新", "骑手", 10, 1)
    assert (need.chosen, need.answered) == (60, 100)


def test_publish_need_and_retire_need_move_it_on_and_off_the_list():
    need, officer = make_need(state=NeedState.DRAFT), make_officer()
    anybody = make_person()
    assert not queries.needs_visible_to(anybody).exists()
    operations.publish_need(need, actor=officer)
    assert queries.needs_visible_to(anybody).get() == need
    operations.retire_need(need, reason="已有别的渠道", actor=officer)
    assert not queries.published_needs().exists()
    with pytest.raises(WrongState):
        operations.edit_need(need, title="新", audience="", headcount=1, urgency=1, actor=officer)
    assert operations.publish_need(need, actor=officer).state == NeedState.PUBLISHED


def test_drafts_are_seen_by_the_desk_only():
    make_need(state=NeedState.DRAFT)
    make_survey()
    officer, anybody = make_officer(), make_person()
    assert queries.needs_visible_to(officer).count() == 1
    assert queries.needs_visible_to(anybody).count() == 0
    assert queries.surveys_visible_to(officer).count() == 2
    assert queries.surveys_visible_to(anybody).count() == 1


def test_closed_surveys_and_draft_needs_wait_for_officers(django_assert_num_queries):
    make_survey(state=SurveyState.CLOSED)
    make_need(state=NeedState.DRAFT)
    officer = make_officer()
    assert officer.roles
    with django_assert_num_queries(1):
        assert len(find(looks_for(officer))) == 2
    assert find(looks_for(make_person())) == []


def test_a_grid_line_says_how_severe_a_need_is_and_its_interval_knows_both():
    survey = make_survey(state=SurveyState.CLOSED)
    wish = make_question(survey, ("法律援助", "legal-aid"), "健康")
    levels = [{"wording": str(n), "wording_en": ""} for n in range(1, 6)]
    grid = make_question(survey, "劳动争议", "少有人答", kind=QuestionKind.GRID, levels=levels)
    line, rare = grid.options.all()
    for number in range(40):
        answers = {"q1": ["1"] if number % 2 else ["2"], "q2": {"1": 4 + number % 2}}
        answers["q2"] |= {"2": 5} if number < 3 else {}
        Response.objects.create(survey=survey, answered_at=clock.now(), answers=answers)
    option, officer = wish.options.first(), make_officer()
    facts = {"audience": "职工", "headcount": 5000, "urgency": 2, "actor": officer}
    for wrong in (rare, option):
        with pytest.raises(DomainError) as refused:
            draw_need(survey, option=option, title="援助", severity_row=wrong, **facts)
        assert refused.value.field == "severity_row"
    assert not Need.objects.exists()
    need = draw_need(survey, option=option, title="援助", severity_row=line, **facts)
    assert need.severity == pytest.approx(0.9)
    assert need.severity_low < 0.9 < need.severity_high
    value, low, high = need.priority
    assert value == pytest.approx(0.45)
    assert 0.25 < low < value < high < 0.65
    (row,) = priority_rows([need])
    assert " · " not in row[2]
    need.severity = None  # as officers hold it to be
    assert need.priority == pytest.approx((0.2, need.low * 0.4, need.high * 0.4))
    assert " · " in priority_rows([need])[0][2]
