"""The demo's surveys: questions, sheets of answers, needs drawn from them, reports published."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import uuid
from typing import Any

from django.core.files.base import ContentFile

from bidding.needs.choices import Choice
from bidding.needs.intake_operations import read_in
from bidding.needs.models import Category, Need, Survey
from bidding.needs.need_operations import draw_need, publish_need
from bidding.needs.operations import (
    add_question,
    answer_survey,
    close_survey,
    create_survey,
    import_responses,
    open_survey,
    publish_survey,
    set_totals,
)
from bidding.needs.queries import figures_of
from cms.demo.stories import WISHES
from cms.demo.town import Town
from foundation import clock
from foundation.organisations.models import District
from foundation.permissions import SYSTEM

WORKERS_BY_AGE = (520_000, 500_000, 260_000)
AGES = (("35岁以下", "Under 35", 46), ("35至50岁", "35 to 50", 38), ("50岁以上", "Over 50", 16))
HOURS = (
    ("工作日晚上", "Weekday evenings", 44),
    ("周末", "Weekends", 37),
    ("午休时间", "Lunch breaks", 12),
    ("都可以", "Any time", 7),
)
SAID = (
    "希望暑托班多开几个点。",
    "下夜班后没有地方上课。",
    "希望有人帮忙看看劳动合同。",
    "暑托班名额太少。",
    "夜班多，希望晚上也有活动。",
    "想请律师看看劳动合同。",
)
LEANING = {
    "life-care": (0.95, 1.25, 0.5),
    "cultural-literacy": (1.25, 0.9, 0.55),
    "legal-aid": (0.85, 1.05, 1.35),
}
"""How much more or less often each age asks for a service; the others alike."""
URGENCY = {
    "life-care": 5,
    "legal-aid": 4,
    "cultural-literacy": 4,
    "comprehensive-service": 4,
    "labour-competition": 3,
    "union-building": 3,
    "funds-audit": 2,
}
AUDIENCE = {
    "labour-competition": ("一线技术工人", "front-line skilled workers"),
    "funds-audit": ("基层工会干部和会员", "union officers and members"),
    "legal-aid": ("农民工和新就业形态劳动者", "migrant workers and platform workers"),
    "union-building": ("小微企业职工", "workers of small enterprises"),
    "cultural-literacy": ("青年职工", "young workers"),
    "life-care": ("双职工家庭", "families in which both work"),
    "comprehensive-service": ("园区和楼宇职工", "workers of parks and office blocks"),
}


def hold_survey(
    town: Town, facts: dict[str, Any], *, opens_at: dt.datetime, sheets: int, seed: int
) -> list[Need]:
    """Ask, collect `sheets` on paper and a few on line, close, draw and publish seven needs."""
    officer = town["officer"]
    closes_at = opens_at + dt.timedelta(days=30)
    with clock.at(opens_at - dt.timedelta(days=5)):
        survey = create_survey(**facts, population=1_280_000, actor=officer)
        _ask(survey, officer)
        survey = open_survey(survey, opens_at=opens_at, closes_at=closes_at, actor=officer)
    chance = random.Random(seed)
    with clock.at(opens_at + dt.timedelta(days=12)):
        _answer_on_line(survey, chance, count=24)
        paper = ContentFile(_sheets(survey, chance, sheets), name="paper.csv")
        read_in(import_responses(survey, file=paper, actor=officer))
    with clock.at(closes_at + dt.timedelta(days=1)):
        survey = close_survey(survey, actor=officer)
    with clock.at(closes_at + dt.timedelta(days=12)):
        _weigh(survey, officer)
        needs = _draw(survey, officer)
        publish_survey(survey, actor=officer)
    return needs


def _ask(survey: Survey, officer: object) -> None:
    def choices(rows: tuple[tuple[str, str, int], ...]) -> list[Choice]:
        return [Choice(word, english) for word, english, _share in rows]

    add_question(
        survey,
        kind="single",
        wording="您的年龄？",
        wording_en="How old are you?",
        choices=choices(AGES),
        actor=officer,
    )
    add_question(
        survey,
        kind="multiple",
        wording="您最希望工会提供哪些服务？（可多选）",
        wording_en="Which services do you want most from the union? (several)",
        choices=[Choice(word, english, code) for word, english, code, _share in WISHES],
        actor=officer,
    )
    add_question(
        survey,
        kind="single",
        wording="什么时间参加活动最方便？",
        wording_en="When can you best take part?",
        choices=choices(HOURS),
        actor=officer,
    )
    add_question(
        survey,
        kind="scale",
        wording="您对现在的工会服务满意吗？（1 不满意，5 很满意）",
        wording_en="How content are you with the union's services? (1 not at all, 5 very)",
        choices=[],
        actor=officer,
    )
    add_question(
        survey,
        kind="text",
        wording="还有什么想对工会说的？",
        wording_en="Is there anything else you want to say?",
        required=False,
        choices=[],
        actor=officer,
    )


def _pick(chance: random.Random, rows: tuple[tuple[str, str, int], ...]) -> int:
    return chance.choices(range(len(rows)), weights=[row[2] for row in rows])[0]


def _wishes(chance: random.Random, age: int) -> list[int]:
    picked = [
        place
        for place, row in enumerate(WISHES)
        if chance.random() * 100 < row[3] * LEANING.get(row[2], (1, 1, 1))[age]
    ]
    return picked or [_pick(chance, tuple((a, b, share) for a, b, _code, share in WISHES))]


def _sheets(survey: Survey, chance: random.Random, count: int) -> bytes:
    districts = list(District.objects.values_list("name", flat=True))
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["sheet", "district", "q1", "q2", "q3", "q4", "q5"])
    for number in range(1, count + 1):
        district, age = chance.choice(districts), _pick(chance, AGES)
        writer.writerow(
            [
                f"{survey.slug}-{number:05d}",
                district,
                age + 1,
                ";".join(str(place + 1) for place in _wishes(chance, age)),
                _pick(chance, HOURS) + 1,
                chance.choices((1, 2, 3, 4, 5), weights=(6, 14, 34, 32, 14))[0],
                SAID[number % 40] if number % 40 < len(SAID) else "",
            ]
        )
    return table.getvalue().encode()


def _answer_on_line(survey: Survey, chance: random.Random, count: int) -> None:
    districts = list(District.objects.all())
    said = (*SAID[:3], "")
    for number in range(count):
        district, age = chance.choice(districts), _pick(chance, AGES)
        answer_survey(
            survey,
            token=uuid.uuid5(uuid.NAMESPACE_URL, f"{survey.slug}:{number}"),
            district=district,
            answers={
                "q1": str(age + 1),
                "q2": [str(place + 1) for place in _wishes(chance, age)],
                "q3": str(_pick(chance, HOURS) + 1),
                "q4": str(chance.randint(2, 5)),
                "q5": said[number % len(said)],
            },
            actor=SYSTEM,
        )


def _weigh(survey: Survey, officer: object) -> None:
    """The workers there are, by age and by district: round numbers of the demo, and they say so."""
    year = survey.opens_at.year - 1 if survey.opens_at else 2013
    facts: dict[str, Any] = {"dated_on": dt.date(year, 12, 31), "actor": officer}
    ages = [([str(place)], workers) for place, workers in enumerate(WORKERS_BY_AGE, start=1)]
    source = "演示数据：约数，仅供演示（demo figures, rounded）"
    set_totals(survey, margin="q1", groups=ages, source=source, **facts)
    codes = District.objects.values_list("code", flat=True)
    answered = set(survey.responses.values_list("district", flat=True))
    places = [
        ([code], 12_000 + int(code) * 7919 % 36 * 1_000) for code in codes if code in answered
    ]
    set_totals(survey, margin="district", groups=places, source=source, **facts)


def _draw(survey: Survey, officer: object) -> list[Need]:
    """One need for each wish, its headcount the share of those asked times the workers."""
    wishes = survey.questions.get(position=2)
    asked = survey.responses.count()
    needs = []
    for option in wishes.options.select_related("category").order_by("position"):
        category = option.category
        assert isinstance(category, Category)
        chosen, _answered = figures_of(survey, option, None)
        audience, audience_en = AUDIENCE[category.code]
        need = draw_need(
            survey,
            option=option,
            title=option.wording,
            title_en=option.wording_en,
            audience=audience,
            audience_en=audience_en,
            headcount=survey.population * chosen // asked,
            urgency=URGENCY[category.code],
            actor=officer,
        )
        needs.append(publish_need(need, actor=officer))
    return needs
