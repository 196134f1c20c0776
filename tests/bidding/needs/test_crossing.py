"""Answers by other answers: shares, bases, and nobody to be recognised."""

import pytest

from bidding.needs.crossing import cross_of
from bidding.needs.models import QuestionKind
from foundation.errors import DomainError
from tests.factories.needs import make_question, make_survey

pytestmark = pytest.mark.django_db


def crossed_survey():
    """12 of 20 young and 5 of 10 old workers want advice; two sheets are left half empty."""
    import uuid

    from bidding.needs.models import Response
    from foundation import clock

    survey = make_survey(state="closed")
    make_question(survey, "青年", "中年", kind=QuestionKind.SINGLE)
    make_question(survey, "咨询", "培训")
    sheets = [("1", ["1"])] * 12 + [("1", ["2"])] * 8 + [("2", ["1", "2"])] * 5 + [("2", ["2"])] * 5
    answers = [{"q1": age, "q2": wish} for age, wish in sheets] + [{"q1": "1"}, {"q2": ["1"]}]
    Response.objects.bulk_create(
        Response(survey=survey, token=uuid.uuid4(), answered_at=clock.now(), answers=given)
        for given in answers
    )
    return survey


def test_a_cross_table_gives_each_group_its_share_and_its_people():
    survey = crossed_survey()
    cross = cross_of(survey, "q2", "q1")
    assert [label.wording for label in cross.columns] == ["青年", "中年"]
    assert (cross.n, cross.bases) == (30, [20, 10])
    assert [[share.count for share in line] for line in cross.cells] == [[12, 5], [8, 10]]
    assert [share.count for share in cross.totals] == [17, 18]
    assert cross.cells[0][0].share == 0.6
    assert not cross.hides
    for row, by in (("q2", "q2"), ("q9", "q1"), ("q2", "nothing")):
        with pytest.raises(DomainError):
            cross_of(survey, row, by)
