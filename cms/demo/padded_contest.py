"""One padded contest in bulk: the call, what was handed in, the ranking, the plan, the notice."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from bidding.calls.models import Call, Criterion, Lot
from bidding.calls.states import CallState
from bidding.evaluation.models import Place, Ranking
from bidding.evaluation.ranking import rank
from bidding.needs.models import Category, Need
from bidding.needs.states import NeedState
from bidding.notices.lines import Line
from bidding.notices.models import Notice
from cms.demo.bidding import SPECIAL, budget_for, days, milestones_for
from cms.demo.padded_bodies import Body, Hands
from cms.demo.padded_envelopes import write_proposals, write_submissions
from cms.demo.padded_plan import Contest, Entrant
from cms.demo.stories import CRITERIA, PROJECTS
from foundation import clock
from foundation.audit.operations import record
from foundation.seals.chain import sha256_of
from foundation.workdays.queries import add_working_days, end_of_period

TEAM = (
    {"name": "项目负责人", "duty": "统筹与对接", "certificate": "社会工作师（中级）"},
    {"name": "项目专员", "duty": "活动执行与记录", "certificate": ""},
)
JUDGES = 3
NOTICE_DAYS = 5


def hold(
    hands: Hands, bodies: list[Body], number: int, opens_at: dt.datetime, projects: int
) -> Contest:
    """Everything up to the ranking; `projects` of its proposals will be funded."""
    call = _call(hands, number, opens_at)
    starts_on = (call.closes_at + days(75)).astimezone(clock.SHANGHAI).date()
    contest = Contest(number, call, [], {}, starts_on, starts_on + days(240))
    contest.entrants = _entrants(hands, bodies, contest, projects)
    inputs = _inputs(contest)
    _judge(contest, inputs)
    _open_lots(contest)
    write_proposals(contest)
    write_submissions(contest)
    _write_ranking(hands, contest, inputs)
    return contest


def _call(hands: Hands, number: int, opens_at: dt.datetime) -> Call:
    year = opens_at.astimezone(clock.SHANGHAI).year
    closes_at = opens_at + days(30)
    [call] = Call.objects.bulk_create(
        [
            Call(
                number=f"GC-{year}-P{number + 1:04d}",
                kind="contest",
                title=f"{year}年职工服务项目征集（第{number + 1}批）",
                title_en=f"Call for services {year}, round {number + 1}",
                summary="面向全市社会组织征集职工服务项目。",
                summary_en="Projects that serve workers are sought from social organisations.",
                opens_at=opens_at,
                questions_until=closes_at - days(7),
                closes_at=closes_at,
                opened_at=closes_at + dt.timedelta(minutes=1),
                decided_at=opens_at + days(44),
                notice_days=NOTICE_DAYS,
                panel_size=JUDGES,
                created_by=hands.officer,
                created_at=opens_at - days(7),
                published_at=opens_at - days(7),
                state=CallState.PUBLISHED,
            )
        ]
    )
    with clock.at(opens_at - days(7)):
        record(hands.officer, "publish_call", call, opens_at=opens_at, closes_at=closes_at)
    Criterion.objects.bulk_create(
        Criterion(
            call=call, position=place, name=name, name_en=english, description=asks, weight=weight
        )
        for place, (name, english, asks, weight) in enumerate(CRITERIA, start=1)
    )
    return call


def _entrants(hands: Hands, bodies: list[Body], contest: Contest, projects: int) -> list[Entrant]:
    """A tenth more than will be funded; each organisation once."""
    number = contest.number
    chance = random.Random(number)
    categories = list(Category.objects.order_by("position"))
    needs = {
        need.category_id: need
        for need in Need.objects.filter(state=NeedState.PUBLISHED).order_by("pk")
    }
    count = projects + projects // 10
    serials = chance.sample(range(100_000), count)
    usual = 8_700_000 + 700_000 * (contest.call.opens_at.year - 2014)
    found = []
    for turn in range(count):
        category = categories[(number + turn) % len(categories)]
        activity = usual * chance.randrange(80, 121) // 100 // 2_000_00 * 2_000_00
        facts = _facts(
            contest,
            category,
            needs.get(category.pk),
            activity=activity,
            turn=number + turn,
            chance=chance,
        )
        facts["districts"] = sorted(chance.sample(hands.districts, min(2, len(hands.districts))))
        buyer = hands.buyers[(number * 7 + turn) % len(hands.buyers)] if turn % 6 else None
        found.append(
            Entrant(
                body=bodies[(number * 53 + turn) % len(bodies)],
                category=category,
                serial=f"{serials[turn]:05d}",
                facts=facts,
                submitted_at=contest.day(4) + dt.timedelta(hours=turn * 9 % 500),
                points=[
                    {
                        str(place): chance.randrange(6000, 9800, 50)
                        for place in range(1, len(CRITERIA) + 1)
                    }
                    for _judge in range(JUDGES)
                ],
                asked_fen=activity,
                buyer=buyer,
            )
        )
    return found


def _facts(
    contest: Contest,
    category: Category,
    need: Need | None,
    *,
    activity: int,
    turn: int,
    chance: random.Random,
) -> dict[str, Any]:
    """What stands in the envelope, as the proposal's own columns and rows have it."""
    title, story = PROJECTS[category.pk][turn // 7 % len(PROJECTS[category.pk])]
    headcount = chance.randrange(200, 1600, 50)
    return {
        "title": title,
        "summary": story,
        "audience": need.audience if need else "浦东职工",
        "headcount": headcount,
        "goals": f"服务职工不少于{headcount}人次，满意度不低于九成。",
        "plan": f"{story}\n第一阶段走访与报名；第二阶段集中开展活动；第三阶段回访与总结。",
        "risks": "参与人数不足时，与街镇工会联合再次宣传；雨天活动改在室内。",
        "sustainability": "培养职工骨干，形成可复制的活动手册，由所在工会继续开展。",
        "special": SPECIAL[category.pk],
        "least_fen": activity * 8 // 10,
        "needs": [need.pk] if need else [],
        "team": list(TEAM),
        "budget": budget_for(activity),
        "milestones": milestones_for(contest.starts_on, contest.ends_on, headcount),
    }


def _inputs(contest: Contest) -> dict[str, Any]:
    """What the ranking is computed from, as an evaluation freezes it."""
    return {
        "call": contest.call.number,
        "policy": contest.call.aggregation,
        "criteria": [
            {"key": str(place), "name": name, "weight": weight}
            for place, (name, _english, _asks, weight) in enumerate(CRITERIA, start=1)
        ],
        "proposals": [
            {
                "key": entrant.serial,
                "receipt": f"{contest.call.number}-{entrant.serial}-1",
                "received_at": entrant.submitted_at.astimezone(dt.UTC).strftime(
                    "%Y-%m-%dT%H:%M:%S.%fZ"
                ),
                "sheets": [
                    {"judge": judge, "points": points}
                    for judge, points in enumerate(entrant.points, start=1)
                ],
            }
            for entrant in contest.entrants
        ],
    }


def _judge(contest: Contest, inputs: dict[str, Any]) -> None:
    """Rank them; the last of the lots that can spare one go without money."""
    by_serial = {entrant.serial: entrant for entrant in contest.entrants}
    for place in rank(inputs):
        by_serial[place.key].place, by_serial[place.key].score = place.rank, place.printed
    contest.entrants.sort(key=lambda entrant: entrant.place)
    spare = len(contest.entrants) // 11
    left: dict[str, int] = {}
    for entrant in contest.entrants:
        left[entrant.category.pk] = left.get(entrant.category.pk, 0) + 1
    for entrant in reversed(contest.entrants):
        if spare and left[entrant.category.pk] > 1:
            entrant.funded = False
            left[entrant.category.pk] -= 1
            spare -= 1


def _open_lots(contest: Contest) -> None:
    """A lot for each category that somebody bids for, with exactly the money that was given."""
    asked: dict[Category, list[int]] = {}
    for entrant in contest.funded:
        asked.setdefault(entrant.category, []).append(entrant.asked_fen)
    lots = Lot.objects.bulk_create(
        Lot(
            call=contest.call,
            category=category,
            ceiling_fen=sum(amounts),
            proposal_ceiling_fen=max(amounts),
        )
        for category, amounts in asked.items()
    )
    contest.lots = {lot.category_id: lot for lot in lots}
    through = Call.needs.through
    needs = {pk for entrant in contest.entrants for pk in entrant.facts["needs"]}
    through.objects.bulk_create(
        through(call_id=contest.call.pk, need_id=pk) for pk in sorted(needs)
    )


def _write_ranking(hands: Hands, contest: Contest, inputs: dict[str, Any]) -> None:
    moment = contest.day(40)
    ranking = Ranking.objects.create(
        call=contest.call,
        policy=contest.call.aggregation,
        inputs=inputs,
        sha256=sha256_of(inputs),
        computed_by=hands.officer,
        computed_at=moment,
    )
    Place.objects.bulk_create(
        Place(
            ranking=ranking,
            proposal=entrant.proposal,
            rank=entrant.place,
            score_ten_thousandths=entrant.score,
            judges=JUDGES,
        )
        for entrant in contest.entrants
    )
    with clock.at(moment):
        proposals = len(contest.entrants)
        facts = {"sha256": ranking.sha256, "proposals": proposals}
        record(hands.officer, "rank_proposals", contest.call, **facts)


def publish(hands: Hands, contest: Contest, why_not: dict[int, str]) -> Notice:
    """The notice with every proposal's place and what it got."""
    call, moment = contest.call, contest.day(44)
    body = {
        "kind": "award",
        "call": {"number": call.number, "title": call.title, "title_en": call.title_en},
        "lines": [
            Line(
                proposal=entrant.pk,
                title=entrant.facts["title"],
                organisation=entrant.body.organisation.name,
                category=entrant.category.name,
                category_en=entrant.category.name_en,
                awarded=entrant.funded,
                amount_fen=entrant.asked_fen if entrant.funded else 0,
                place=entrant.place,
                score=f"{entrant.score / 10_000:.2f}",
                reason=why_not.get(entrant.pk, ""),
            ).facts()
            for entrant in contest.entrants
        ],
    }
    first_day = add_working_days(moment.astimezone(clock.SHANGHAI).date(), 1)
    notice = Notice.objects.create(
        call=call,
        number=call.number.replace("GC-", "GS-"),
        title=f"“{call.title}”结果公示",
        title_en=f"Result of “{call.title_en}”",
        body=body,
        sha256=sha256_of(body),
        first_day=first_day,
        last_day=end_of_period(first_day, NOTICE_DAYS),
        working_days=NOTICE_DAYS,
        published_by=hands.officer,
        published_at=moment,
    )
    with clock.at(moment):
        record(hands.officer, "publish_notice", notice, call=call.number, sha256=notice.sha256)
    return notice
