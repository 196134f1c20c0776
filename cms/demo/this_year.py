"""The last twelve months: 74 projects at every stage, a contest in evaluation, one that is open."""

from __future__ import annotations

import datetime as dt

from bidding.needs.models import Need
from cms.demo import asking, bidding, comparing, contest, funding, on_stage, stories, voices
from cms.demo.delivering import Stage
from cms.demo.town import BIDDER, YEARLY, Town, prove_standing
from foundation import clock
from foundation.organisations.operations import require_proof
from marketplace.ledger.models import Fund

LOT, CEILING, ASKED = 250_000_000, 30_000_000, 17_500_000

RUNNING: tuple[Stage | None, ...] = (
    *[Stage.MIDTERM_ACCEPTED] * 14,
    *[Stage.MIDTERM_REPORTED] * 8,
    *[Stage.MIDTERM_RETURNED] * 3,
    *[Stage.BEGUN] * 11,
    Stage.TERMINATED,
    None,
    None,
)
ENDING: tuple[Stage | None, ...] = (
    *[Stage.CLOSED] * 29,
    *[Stage.FINAL_ACCEPTED] * 3,
    *[Stage.FINAL_REPORTED] * 4,
    Stage.MIDTERM_ACCEPTED,
)


def tell(town: Town, today: dt.date) -> None:
    """Everything since the second survey, counted back from today."""
    now = dt.datetime.combine(today, dt.time(9), clock.SHANGHAI)
    town.now = now
    with clock.at(now - bidding.days(420)):
        for kind in YEARLY:
            require_proof(actor=town["officer"], organisation_kind="social", proof_kind=kind.value)
        prove_standing(town, town.social, today + dt.timedelta(days=300))
    needs = asking.hold_survey(
        town,
        stories.SURVEY_2025,
        opens_at=now - bidding.days(415),
        sheets=500,
        seed=2025,
    )
    fund = _year(town, needs, now)
    _to_be_signed(town, needs, now, fund)
    _in_evaluation(town, needs, now, fund)
    _on_stage(town, needs, now)
    _open(town, needs, now)
    comparing.compare_with_bank(town, now)
    voices.speak(town, needs[0].survey, now)


def _year(town: Town, needs: list[Need], now: dt.datetime) -> Fund:
    """Two contests, 37 agreements each, thirteen million yuan together."""
    winter = _plan(
        "工会职工服务项目创投大赛（冬季场）",
        "Venture contest, winter round",
        now - bidding.days(330),
        begins_after=45,
        lasts=180,
        seed=26,
    )
    spring = _plan(
        "工会职工服务项目创投大赛（春季场）",
        "Venture contest, spring round",
        now - bidding.days(235),
        begins_after=45,
        lasts=240,
        objection=True,
        seed=27,
    )
    with clock.at(winter.opens_at):
        fund = funding.set_up_fund(
            town,
            code=f"{now.year}-seed",
            name=f"{now.year}年创投种子资金",
            name_en=f"Seed fund {now.year}",
            begins=(now - bidding.days(365)).date(),
            ends=dt.date(now.year + 1, 12, 31),
        )
    for plan, stages in ((winter, ENDING), (spring, RUNNING)):
        call = contest.judged(town, plan, needs)
        awards = contest.funded(town, plan, call, fund, winners=len(stages))
        going = plan is spring
        contest.delivered(town, awards, stages, fund=fund, seed=plan.seed, going=going)
    return fund


def _plan(
    title: str, title_en: str, opens_at: dt.datetime, *, bidders: int = 40, **rest: object
) -> bidding.CallPlan:
    year = opens_at.year
    return bidding.CallPlan(
        title=f"{year}年{title}",
        title_en=f"{title_en} {year}",
        opens_at=opens_at,
        lot_fen=LOT,
        ceiling_fen=CEILING,
        asked_fen=ASKED,
        bidders=bidders,
        **rest,  # type: ignore[arg-type]  # the plan's own fields, by name
    )


def _to_be_signed(town: Town, needs: list[Need], now: dt.datetime, fund: Fund) -> None:
    """A small call to which nobody may object any more; the start page's bidder and buyer have
    to sign."""
    plan = _plan(
        "秋季补充征集",
        "Additional call of autumn",
        now - bidding.days(80),
        bidders=2,
        seed=30,
    )
    call = contest.judged(town, plan, needs, skip=BIDDER)
    for award in contest.funded(town, plan, call, fund, winners=2, buyers=1):
        funding.agree(town, award, now - bidding.days(1), sign=False)


def _in_evaluation(town: Town, needs: list[Need], now: dt.datetime, fund: Fund) -> None:
    """Closed twelve days ago, the money for it is there; most sheets are handed in."""
    plan = _plan(
        "新就业形态劳动者服务专项征集",
        "Services for platform workers",
        now - bidding.days(42),
        bidders=10,
        blind=True,
        seed=28,
    )
    call = bidding.open_call(town, plan, needs)
    bidding.ask_and_answer(town, call)
    bidding.bid(town, call, plan)
    call = bidding.open_and_screen(town, call, plan)
    bidding.seat_panel(town, call)
    bidding.score_all(call, seed=28, leave=7)
    with clock.at(now - bidding.days(6)):
        funding.lay_ready(town, fund, seed_fen=120_000_000, each_fen=9_000_000, buyers=6)


def _on_stage(town: Town, needs: list[Need], now: dt.datetime) -> None:
    """A small contest whose roadshow is held today: the board, the judge's page, the audience's."""
    plan = _plan(
        "职工技能与文化项目路演专场",
        "Skills and culture, on stage",
        now - bidding.days(55),
        bidders=on_stage.BIDDERS,
        on_stage=on_stage.ON_STAGE,
        seed=31,
    )
    on_stage.hold(town, plan, needs, now)


def _open(town: Town, needs: list[Need], now: dt.datetime) -> None:
    """Open for another twenty days; the start page's bidder has not begun yet."""
    plan = _plan(
        "职工服务项目创投大赛（年末场）",
        "Venture contest, year-end round",
        now - bidding.days(10),
        bidders=6,
        blind=True,
        seed=29,
    )
    call = bidding.open_call(town, plan, needs)
    bidding.ask_and_answer(town, call)
    bidding.bid(town, call, plan, skip=2, until=now - bidding.days(1))
