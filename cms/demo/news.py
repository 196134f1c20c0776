"""News of the demo world: what was published in it, told in a few words."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import override

from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.needs.models import Survey
from bidding.needs.states import SurveyState
from bidding.notices.models import Notice
from cms.models import NewsIndexPage
from cms.site import CHINESE, ENGLISH, tell, with_twin
from cms.words import Words
from foundation import clock
from foundation.face.values import own_words


def tell_news() -> None:
    """The two latest results, the latest call and the latest survey."""
    for notice in Notice.objects.select_related("call").order_by("-published_at")[:2]:
        _tell(
            f"notice-{notice.number.lower()}",
            notice.published_at,
            (f"结果公示：{notice.call.title}", "排名和立项结果已公布，公示期内可以实名提出异议。"),
            (
                f"Results are public: {_english(notice.call)}",
                "Ranks and awards are published; while the notice runs anybody may object by name.",
            ),
            "/results/",
        )
    call = Call.objects.filter(state=CallState.PUBLISHED).order_by("-published_at").first()
    if call is not None and call.published_at is not None:
        _tell(
            f"call-{call.number.lower()}",
            call.published_at,
            (f"开始征集：{call.title}", call.summary),
            (f"Open for proposals: {_english(call)}", _english(call, "summary")),
            f"/calls/{call.number}/",
        )
    survey = Survey.objects.filter(state=SurveyState.PUBLISHED).order_by("-closes_at").first()
    if survey is not None and survey.closes_at is not None:
        _tell(
            f"survey-{survey.slug}",
            survey.closes_at,
            (f"调研结果发布：{survey.title}", "职工最需要什么、误差有多大，图表和数据一并公开。"),
            (
                f"Survey results: {_english(survey)}",
                "What workers need most and how sure we are, with charts and open data.",
            ),
            f"/needs/surveys/{survey.slug}/",
        )


def _english(thing: object, name: str = "title") -> str:
    with override(ENGLISH):
        return own_words(thing, name)


def _tell(
    slug: str,
    at: dt.datetime,
    chinese: tuple[str, str],
    english: tuple[str, str],
    path: str,
) -> None:
    parent = NewsIndexPage.objects.get(locale__language_code=CHINESE)
    on = at.astimezone(clock.SHANGHAI).date()
    said = [
        Words(title, lead, [("action", {"label": label, "page": None, "path": path})])
        for (title, lead), label in ((chinese, "查看详情"), (english, "Read more"))
    ]
    tell("NewsPage", slug, said[0], said[1], with_twin(parent), on=on)
