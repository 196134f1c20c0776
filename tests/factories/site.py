"""A shop window for tests: the site, and facts worth showing in it."""

from __future__ import annotations

from bidding.needs.models import Survey
from cms.site import build_site
from foundation.permissions import SYSTEM
from tests.factories.calls import WAN, make_call
from tests.factories.ledger import give, make_fund
from tests.factories.needs import make_need, make_question, make_responses, make_survey


def make_site() -> None:
    """The tree in both languages."""
    build_site(actor=SYSTEM)


def make_published_survey(answers: int = 20) -> Survey:
    """A survey whose results are out: two needs, one question with `answers` answers."""
    survey = make_survey(state="published", title="2014 年职工需求调研", title_en="Needs in 2014")
    question = make_question(survey, "法律咨询", "亲子活动", wording="您最需要什么？")
    first, second = question.options.all()
    make_responses(question, *[first] * (answers - answers // 4), *[second] * (answers // 4))
    make_need(survey=survey, title="上门法律咨询", chosen=60, answered=100)
    make_need(survey=survey, title="亲子假日课堂", code="life-care", chosen=25, answered=100)
    return survey


def make_busy_world() -> Survey:
    """A published survey, an open call, and a fund with money given to a union."""
    survey = make_published_survey()
    make_call(title="第五届公益服务项目征集", title_en="Fifth call for services")
    give(make_fund(500 * WAN), 300 * WAN)
    return survey
