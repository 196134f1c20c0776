"""Results become needs, several at once: frozen figures, reasons, and ways back."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from bidding.needs import operations
from bidding.needs.models import Need, Question
from bidding.needs.states import NeedState, SurveyState
from foundation.errors import DomainError, Forbidden, WrongState
from tests.at_once import at_once
from tests.factories.needs import make_need, make_question, make_responses, make_survey
from tests.factories.organisations import make_officer, make_person

pytestmark = pytest.mark.django_db


def counted_survey():
    survey = make_survey(state=SurveyState.CLOSED, population=10_000)
    question = make_question(survey, ("法律咨询", "legal-aid"), ("心理疏导", "life-care"), "其他")
    legal, care, other = question.options.all()
    make_responses(question, *[legal] * 30, *[care] * 10, *[other] * 10)
    return survey, legal, care, other


def test_draw_needs_draws_the_proposed_with_their_figures_frozen():
    survey, legal, care, _other = counted_survey()
    officer = make_officer()
    one, two = operations.draw_needs(survey, options=[legal, care], audience="职工", actor=officer)
    assert (one.title, one.headcount, one.urgency) == ("法律咨询", 6000, 4)
    assert (one.chosen, one.answered, one.share) == (30, 50, pytest.approx(0.6))
    assert 0.4 < one.low < one.share < one.high < 0.8
    assert (one.asked, one.named) == (legal.question.wording, "法律咨询")
    assert not one.is_weighted
    Question.objects.update(wording="改过的问题")
    make_responses(legal.question, *[care] * 50)
    two.refresh_from_db()
    assert (two.asked, two.figure.share) == (legal.question.wording, pytest.approx(0.2))


def test_draw_needs_refuses_strange_ones_and_leaves_what_is_drawn():
    survey, legal, care, other = counted_survey()
    officer = make_officer()
    with pytest.raises(DomainError):
        operations.draw_needs(survey, options=[legal, other], audience="职工", actor=officer)
    assert not Need.objects.exists()
    operations.draw_needs(survey, options=[legal], audience="职工", actor=officer)
    (more,) = operations.draw_needs(survey, options=[legal, care], audience="职工", actor=officer)
    assert more.option == care
    with pytest.raises(DomainError):
        operations.draw_needs(survey, options=[legal], audience="职工", actor=officer)
    with pytest.raises(Forbidden):
        operations.draw_needs(survey, options=[care], audience="职工", actor=make_person())
    assert len(operations.publish_needs(survey, actor=officer)) == 2
    with pytest.raises(WrongState):
        operations.publish_needs(survey, actor=officer)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_needs_drawn_at_once_are_drawn_once():
    survey, legal, care, _other = counted_survey()
    officer = make_officer()

    def draw():
        return operations.draw_needs(survey, options=[legal, care], audience="职工", actor=officer)

    drawn = at_once(draw, draw)
    assert sorted(type(one).__name__ for one in drawn) == ["DomainError", "list"]
    assert Need.objects.count() == 2


def test_a_need_retires_with_a_reason_and_comes_back_without():
    need, officer = make_need(), make_officer()
    with pytest.raises(DomainError):
        operations.retire_need(need, reason=" ", actor=officer)
    need = operations.retire_need(need, reason="并入另一项", actor=officer)
    assert need.retired_reason == "并入另一项"
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(retired_reason="")
    assert operations.publish_need(need, actor=officer).retired_reason == ""


def test_only_a_draft_is_discarded_and_can_be_drawn_anew():
    survey, legal, _care, _other = counted_survey()
    officer = make_officer()
    (need,) = operations.draw_needs(survey, options=[legal], audience="职工", actor=officer)
    with pytest.raises(Forbidden):
        operations.discard_need(need, actor=make_person())
    operations.discard_need(need, actor=officer)
    assert not Need.objects.exists()
    operations.draw_needs(survey, options=[legal], audience="职工", actor=officer)
    with pytest.raises(WrongState):
        operations.discard_need(make_need(), actor=officer)


def test_the_desk_draws_several_publishes_and_retires(client, django_assert_max_num_queries):
    survey, legal, care, _other = counted_survey()
    client.force_login(make_officer())
    at = reverse("needs:draw_needs", args=[survey.slug])
    with django_assert_max_num_queries(12):
        page = client.get(at).content.decode()
    assert "60.0 %" in page
    assert client.post(at, {"options": [legal.pk, 0], "audience": "职工"}).status_code == 200
    drawn = client.post(at, {"options": [legal.pk, care.pk], "audience": "职工"})
    assert drawn.status_code == 302
    assert client.get(at).status_code == 302  # nothing is left to be drawn
    client.post(reverse("needs:publish_needs", args=[survey.slug]))
    need, other = Need.objects.filter(state=NeedState.PUBLISHED).order_by("pk")
    client.post(reverse("needs:retire_need", args=[need.pk]), {"reason": "重复"})
    need.refresh_from_db()
    assert need.state == NeedState.RETIRED
    listed = client.get(f"{reverse('needs:desk')}?state=published&survey={survey.pk}")
    assert list(listed.context["page"]) == [other]
