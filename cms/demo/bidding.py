"""The demo's calls: opened, answered by proposals, screened, judged and ranked."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from bidding.calls.models import Call, Lot, Stage
from bidding.calls.operations import (
    CriterionFacts,
    LotFacts,
    draft_call,
    edit_call,
    publish_call,
    set_criteria,
    set_lots,
)
from bidding.calls.question_operations import answer_clarification, ask_clarification
from bidding.evaluation.models import Sheet
from bidding.evaluation.operations import (
    begin_scoring,
    draw_panel,
    finalise_sheet,
    rank_proposals,
    score_proposal,
    screen_proposal,
    take_seat,
)
from bidding.needs.models import Category, Need
from bidding.proposals.models import Proposal
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import draft_proposal, edit_proposal, submit_proposal
from bidding.proposals.sections import Section
from cms.demo.stories import CRITERIA, PROJECTS
from cms.demo.town import Town
from foundation import clock
from foundation.organisations.models import District, Organisation
from foundation.people.models import Person
from foundation.permissions import SYSTEM

SPECIAL: dict[str, dict[str, Any]] = {
    "labour-competition": {
        "enterprise": "申港集装箱码头有限公司",
        "agreed_items": "比赛项目与规则\n奖励办法\n安全责任",
    },
    "funds-audit": {"auditor_certificates": "310000123456\n310000123457"},
    "legal-aid": {"lawyer_licences": "13101201010123456\n13101201110123457"},
    "union-building": {"unions_founded": 12},
    "cultural-literacy": {"teachers": "书法，中国书协会员\n声乐，上海音乐学院"},
    "life-care": {"safety": "每场配备两名安全员，联系最近的社区卫生服务中心。"},
    "comprehensive-service": {"venue": "街镇职工服务站，工作日 9:00 至 20:00。"},
}


WHY_BLIND = "本区社会组织彼此熟识，匿名评审使评委只看方案本身。"


@dataclass(frozen=True)
class CallPlan:
    """One call of the demo: when, for whom, how much."""

    title: str
    title_en: str
    opens_at: dt.datetime
    lot_fen: int
    ceiling_fen: int
    asked_fen: int
    bidders: int
    days: int = 30
    kind: str = "contest"
    begins_after: int = 75
    lasts: int = 240
    refused: int = 0
    objection: bool = False
    blind: bool = False
    on_stage: frozenset[str] = frozenset()
    seed: int = 1

    @property
    def closes_at(self) -> dt.datetime:
        """When the envelopes are due."""
        return self.opens_at + dt.timedelta(days=self.days)


def days(count: int) -> dt.timedelta:
    """So many days."""
    return dt.timedelta(days=count)


def open_call(town: Town, plan: CallPlan, needs: list[Need]) -> Call:
    """Draft, set up and publish a call a week before it opens."""
    officer = town["officer"]
    with clock.at(plan.opens_at - dt.timedelta(days=7)):
        call = draft_call(
            kind=plan.kind,
            title=plan.title,
            title_en=plan.title_en,
            summary="面向全市社会组织征集职工服务项目，回应职工需求调研中最集中的期盼。",
            summary_en="Projects that serve workers are sought from social organisations all over "
            "the city, answering what workers asked for most.",
            opens_at=plan.opens_at,
            questions_until=plan.closes_at - dt.timedelta(days=7),
            closes_at=plan.closes_at,
            actor=officer,
        )
        facts = {"blind": True, "blind_reason": WHY_BLIND} if plan.blind else {}
        call = edit_call(call, needs=needs, actor=officer, **facts)
        lots = [
            LotFacts(category, plan.lot_fen, plan.ceiling_fen, 1)
            for category in Category.objects.order_by("position")
        ]
        call = set_lots(call, lots=lots, actor=officer)
        criteria = [
            CriterionFacts(
                name=name,
                name_en=english,
                description=asks,
                weight=weight,
                stage=Stage.ROADSHOW if name in plan.on_stage else Stage.PAPER,
            )
            for name, english, asks, weight in CRITERIA
        ]
        call = set_criteria(call, criteria=criteria, actor=officer)
        return publish_call(call, actor=officer)


def ask_and_answer(town: Town, call: Call) -> None:
    """Two questions about the call, answered in public."""
    rows = (
        ("联合体可以申报吗？", "可以。由一家组织牵头申报，合作方写入团队部分。"),
        ("管理费包含税费吗？", "不包含。税费单列，管理费不超过预算的百分之十。"),
    )
    for number, (question, answer) in enumerate(rows):
        organisation = town.social[number]
        with clock.at(call.opens_at + dt.timedelta(days=3 + number)):
            asked = ask_clarification(
                call,
                organisation=organisation,
                question=question,
                actor=town.head_of(organisation),
            )
            answer_clarification(asked, answer=answer, actor=town["officer"])


def bid(
    town: Town,
    call: Call,
    plan: CallPlan,
    *,
    skip: int = 0,
    until: dt.datetime | None = None,
) -> None:
    """As many organisations as planned write a proposal each and hand it in.

    The first `skip` organisations stay away; nobody comes after `until`.
    """
    chance = random.Random(plan.seed)
    lots = list(call.lots.select_related("category").order_by("category__position"))
    needs = {need.category_id: need for need in call.needs.all()}
    districts = list(District.objects.order_by("code")[:36])
    for number in range(plan.bidders):
        organisation = town.social[(skip + number) % len(town.social)]
        lot = lots[number % len(lots)]
        moment = plan.opens_at + dt.timedelta(days=4, hours=number * 9 % 500)
        with clock.at(min(moment, until or moment)):
            writer = town.head_of(organisation)
            proposal = _draft(call, lot, organisation, number, actor=writer)
            _fill_in(
                proposal,
                plan,
                answers=_answered(needs, lot.category_id, number),
                districts=chance.sample(districts, 2),
                chance=chance,
                actor=writer,
            )
            submit_proposal(proposal, actor=writer)


def _answered(needs: dict[str, Need], category: str, number: int) -> list[Need]:
    """The need of its lot; every sixth proposal answers the one-stop service as well."""
    more = needs.get("comprehensive-service") if number % 6 == 5 else None
    own = needs[category]
    return [own, more] if more and more != own else [own]


def _draft(
    call: Call, lot: Lot, organisation: Organisation, number: int, *, actor: Person
) -> Proposal:
    stories = PROJECTS[lot.category_id]
    title = stories[number // 7 % len(stories)][0]
    return draft_proposal(call, lot=lot, organisation=organisation, title=title, actor=actor)


def _fill_in(
    proposal: Proposal,
    plan: CallPlan,
    *,
    answers: list[Need],
    districts: list[District],
    chance: random.Random,
    actor: Person,
) -> None:
    """Write every section, as the task list asks."""
    starts_on = (plan.closes_at + dt.timedelta(days=plan.begins_after)).date()
    ends_on = starts_on + dt.timedelta(days=plan.lasts)
    category = proposal.lot.category_id
    story = next(text for title, text in PROJECTS[category] if title == proposal.title)
    headcount = chance.randrange(200, 1600, 50)
    activity = plan.asked_fen * chance.randrange(80, 121) // 100 // 2_000_00 * 2_000_00
    sections: dict[str, dict[str, Any]] = {
        Section.BASICS: {
            "title": proposal.title,
            "summary": story,
            "starts_on": starts_on,
            "ends_on": ends_on,
        },
        Section.PEOPLE: {
            "needs": answers,
            "audience": answers[0].audience,
            "headcount": headcount,
            "districts": districts,
        },
        Section.PLAN: {
            "goals": f"服务职工不少于{headcount}人次，满意度不低于九成。",
            "plan": f"{story}\n第一阶段走访与报名；第二阶段集中开展活动；第三阶段回访与总结。",
            "risks": "参与人数不足时，与街镇工会联合再次宣传；雨天活动改在室内。",
            "sustainability": "培养职工骨干，形成可复制的活动手册，"
            f"由{proposal.organisation}与所在工会继续开展。",
        },
        Section.MILESTONES: {"milestones": milestones_for(starts_on, ends_on, headcount)},
        Section.TEAM: {
            "team": [
                {"name": "项目负责人", "duty": "统筹与对接", "certificate": "社会工作师（中级）"},
                {"name": "项目专员", "duty": "活动执行与记录", "certificate": ""},
            ]
        },
        Section.BUDGET: {"budget": budget_for(activity), "least_fen": activity * 8 // 10},
        Section.SPECIAL: {"special": SPECIAL[category]},
    }
    for section, values in sections.items():
        proposal = edit_proposal(
            proposal, section=section, values=values, revision=proposal.revision, actor=actor
        )


def milestones_for(starts_on: dt.date, ends_on: dt.date, headcount: int) -> list[dict[str, Any]]:
    """Half of the people by half-time, all of them at the end."""
    middle = starts_on + (ends_on - starts_on) / 2
    return [
        {"title": "中期：活动过半", "due_on": middle, "measure": f"已服务{headcount // 2}人次"},
        {"title": "结项：全部完成", "due_on": ends_on, "measure": f"服务{headcount}人次并完成回访"},
    ]


def budget_for(activity_fen: int) -> list[dict[str, Any]]:
    """Three quarters for activities, a fifth for people's time, a twentieth for management."""
    rows = (
        ("activity", "活动与课程", "场", 10, activity_fen * 75 // 1000),
        ("activity", "专业人员服务费", "人次", 20, activity_fen * 10 // 1000),
        ("management", "项目管理", "月", 5, activity_fen * 10 // 1000),
    )
    return [
        {
            "group": group,
            "item": item,
            "unit": unit,
            "quantity": quantity,
            "unit_price_fen": price,
            "source": "seed",
        }
        for group, item, unit, quantity, price in rows
    ]


def open_and_screen(town: Town, call: Call, plan: CallPlan) -> Call:
    """At the closing the envelopes open; the officer admits all but the last few."""
    with clock.at(call.closes_at + dt.timedelta(minutes=1)):
        call = open_envelopes(call, actor=SYSTEM)
    with clock.at(call.closes_at + dt.timedelta(days=2)):
        opened = list(call.proposals.filter(state="opened").order_by("pk"))
        for place, proposal in enumerate(opened):
            refused = place >= len(opened) - plan.refused
            screen_proposal(
                proposal,
                decision="refuse" if refused else "admit",
                reason="服务对象不是职工，不属于本次征集范围。" if refused else "",
                actor=town["officer"],
            )
    return call


def seat_panel(town: Town, call: Call) -> None:
    """Judges are drawn, declare, take their seats; scoring begins."""
    with clock.at(call.closes_at + dt.timedelta(days=4)):
        panel = draw_panel(call, actor=town["officer"])
        for seat in panel.seats.filter(state="invited").select_related("expert__person"):
            take_seat(seat, conflicts={}, actor=seat.expert.person)
        begin_scoring(panel, actor=town["officer"])


def score_all(call: Call, *, seed: int, leave: int = 0) -> None:
    """The judges fill in their sheets and make them final, but for the last `leave`."""
    chance = random.Random(seed)
    criteria = list(call.criteria.filter(stage=Stage.PAPER).values_list("pk", flat=True))
    sheets = Sheet.objects.filter(seat__panel__call=call, state="draft")
    sheets = sheets.order_by("seat__position", "proposal__serial")  # where names are hidden, by lot
    talent: dict[int, int] = {}
    judges: dict[int, Person] = {}
    with clock.at(call.closes_at + dt.timedelta(days=9)):
        for sheet in list(sheets.select_related("seat__expert__person"))[: -leave or None]:
            merit = talent.setdefault(sheet.proposal_id, chance.randint(62, 92))
            points = {pk: (merit + chance.randint(-7, 7)) * 100 for pk in criteria}
            judge = judges.setdefault(sheet.seat_id, sheet.seat.expert.person)
            score_proposal(
                sheet, points=points, comment="目标清楚，建议细化活动安排。", actor=judge
            )
            finalise_sheet(sheet, actor=judge)


def rank(town: Town, call: Call) -> None:
    """The panel's work is done: the ranking is computed."""
    with clock.at(call.closes_at + dt.timedelta(days=10)):
        rank_proposals(call, actor=town["officer"])
