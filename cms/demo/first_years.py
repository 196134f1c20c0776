"""2014: the first survey, the first contest with its 20 matches, and three more in autumn."""

from __future__ import annotations

import datetime as dt

from bidding.needs.models import Need
from cms.demo import asking, bidding, contest, funding, stories
from cms.demo.delivering import Stage
from cms.demo.town import Town, day
from foundation import clock

CONTEST = bidding.CallPlan(
    title="2014年浦东工会职工服务项目创投大赛",
    title_en="Pudong workers' services venture contest 2014",
    opens_at=day(2014, 3, 10),
    lot_fen=60_000_000,
    ceiling_fen=15_000_000,
    asked_fen=8_700_000,
    bidders=24,
    refused=2,
    objection=True,
    seed=14,
)
AUTUMN = bidding.CallPlan(
    title="2014年秋季职工服务项目补充征集",
    title_en="Additional call of autumn 2014",
    opens_at=day(2014, 8, 4),
    lot_fen=60_000_000,
    ceiling_fen=15_000_000,
    asked_fen=8_700_000,
    bidders=3,
    seed=15,
)


def tell(town: Town) -> list[Need]:
    """23 projects, two million yuan; all of them closed long ago."""
    needs = asking.hold_survey(
        town, stories.SURVEY, opens_at=day(2014, 1, 10), sheets=600, seed=2014
    )
    with clock.at(day(2014, 2, 20)):
        fund = funding.set_up_fund(
            town,
            code="2014-seed",
            name="2014年创投种子资金",
            name_en="Seed fund 2014",
            begins=dt.date(2014, 1, 1),
            ends=dt.date(2015, 12, 31),
        )
    for plan, winners, buyers in ((CONTEST, 20, 10), (AUTUMN, 3, 3)):
        call = contest.judged(town, plan, needs)
        awards = contest.funded(town, plan, call, fund, winners=winners, buyers=buyers)
        contest.delivered(town, awards, [Stage.CLOSED] * len(awards), fund=fund, seed=plan.seed)
    return needs
