"""One contest of the demo from the call to the agreements, for the chapters to build on."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bidding.calls.models import Call
from bidding.needs.models import Need
from cms.demo import bidding, delivering, funding, owing
from cms.demo.delivering import Stage
from cms.demo.town import Town
from foundation import clock
from marketplace.agreements.models import Agreement
from marketplace.agreements.rules import first_day_to_sign
from marketplace.awards.models import Award
from marketplace.delivery.models import Project
from marketplace.ledger.models import Fund


def judged(town: Town, plan: bidding.CallPlan, needs: list[Need], *, skip: int = 0) -> Call:
    """From the call to the ranking; the first `skip` organisations stay away."""
    call = bidding.open_call(town, plan, needs)
    bidding.ask_and_answer(town, call)
    bidding.bid(town, call, plan, skip=skip)
    call = bidding.open_and_screen(town, call, plan)
    bidding.seat_panel(town, call)
    bidding.score_all(call, seed=plan.seed)
    bidding.rank(town, call)
    owing.pay_judges(town, call)
    return call


def funded(
    town: Town, plan: bidding.CallPlan, call: Call, fund: Fund, *, winners: int, buyers: int = 12
) -> list[Award]:
    """Money is appropriated, pledged, shared out; the result stands its notice."""
    with clock.at(plan.closes_at + bidding.days(12)):
        funding.give_budgets(town, fund, call, winners=winners, buyers=buyers)
        funding.court(town, fund, call, winners=winners, buyers=buyers)
        funding.top_up(town, fund, call, winners=winners)
    with clock.at(plan.closes_at + bidding.days(14)):
        notice = funding.decide(town, fund, call)
    if plan.objection:
        funding.object_and_answer(town, notice)
    town.moment = funding.activate(notice)
    return list(Award.objects.filter(notice=notice, state="active").order_by("pk"))


def delivered(
    town: Town,
    awards: Sequence[Award],
    stages: Sequence[Stage | None],
    *,
    fund: Fund,
    seed: int,
    going: bool = False,
) -> None:
    """Agreements are signed and projects come as far as their stage; money follows.

    A stage of None leaves that award's agreement unsigned. While the contest is `going`, the
    people of the start page find something that waits for them.
    """
    if going:
        stages = _with_work_for_the_start_page(town, awards, stages)
    chance = random.Random(seed)
    begun: list[tuple[Project, Stage]] = []
    for award, stage in zip(awards, stages, strict=True):
        agreement = funding.agree(town, award, town.moment, sign=stage is not None)
        if stage is not None:
            begun.append((_project_of(agreement), stage))
    if not town.banked:
        delivering.name_our_accounts(town)
    for project, _stage in begun:
        if project.organisation_id not in town.banked:
            delivering.name_bank_account(town, project.organisation)
            town.banked.add(project.organisation_id)
    signed = delivering.noon(first_day_to_sign(awards[0]))
    delivering.pay_what_is_owed(town, fund, signed + bidding.days(10))
    for project, stage in begun:
        delivering.deliver(town, project, stage, chance)
    last = max(project.ends_on for project, _stage in begun)
    moment = min(delivering.noon(last) + bidding.days(12), town.now - bidding.days(2))
    delivering.pay_what_is_owed(town, fund, moment, leave=delivering.Leave() if going else None)
    for project, stage in begun:
        if stage == Stage.CLOSED:
            delivering.close(town, project, chance)


def _with_work_for_the_start_page(
    town: Town, awards: Sequence[Award], stages: Sequence[Stage | None]
) -> list[Stage | None]:
    """The stages dealt out so that the bidder has a report to mend and the buyer one to accept."""
    dealt = list(stages)
    wished: dict[int, Stage] = {}
    for number, award in enumerate(awards):
        if town.signer_of(award.proposal.organisation) == town["bidder"]:
            wished[number] = Stage.MIDTERM_RETURNED
        elif town.signer_of(award.buyer) == town["buyer"]:
            wished[number] = Stage.MIDTERM_REPORTED
    for number, stage in wished.items():
        other = next(n for n, had in enumerate(dealt) if had is stage and n not in wished)
        dealt[number], dealt[other] = dealt[other], dealt[number]
    return dealt


def _project_of(agreement: Agreement) -> Project:
    return Project.objects.select_related("organisation", "buyer").get(agreement=agreement)
