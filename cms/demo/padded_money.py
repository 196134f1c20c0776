"""The money of a padded contest: the plan that shares it out, and every journal it leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cms.demo.padded_bodies import Hands
from cms.demo.padded_plan import Contest
from foundation import clock
from foundation.audit.operations import record
from foundation.seals.chain import sha256_of
from marketplace.awards.models import Award
from marketplace.ledger import accounts
from marketplace.ledger.models import Account, Fund
from marketplace.ledger.operations import Event, Line, post_many
from marketplace.matching.allocation import (
    RANK,
    Candidate,
    Envelope,
    Plan,
    Problem,
    Promise,
    plan_from_facts,
    problem_as_facts,
)
from marketplace.matching.models import AllocationRun, Match, Pledge
from marketplace.matching.solving import compute
from marketplace.matching.states import PledgeState, RunState


def fund_of(contest: Contest) -> Fund:
    """The services fund of the year the call opened in."""
    year = contest.call.opens_at.astimezone(clock.SHANGHAI).year
    return Fund.objects.get_or_create(
        code=f"{year}-services",
        defaults={
            "name": f"{year}年职工服务资金",
            "name_en": f"Workers' services fund {year}",
            "starts_on": dt.date(year, 1, 1),
            "ends_on": dt.date(year + 2, 12, 31),
        },
    )[0]


def give_money(hands: Hands, contest: Contest, fund: Fund) -> None:
    """Appropriate what the contest costs; give the buyers what they will pledge."""
    wanted: dict[int, int] = {}
    for entrant in contest.funded:
        if entrant.buyer and entrant.pledged_fen:
            pk = entrant.buyer.organisation.pk
            wanted[pk] = wanted.get(pk, 0) + entrant.pledged_fen
    asked = sum(entrant.asked_fen for entrant in contest.funded)
    mark = f"{fund.pk}:{contest.call.number}"
    events = [
        Event(
            key=f"appropriate:{mark}",
            kind="appropriate",
            lines=[Line(accounts.authority(fund), accounts.fund_available(fund), asked)],
            reference=f"fund:{fund.pk}",
            actor=hands.maker,
            fund=fund,
            memo="年度职工服务资金预算批复",
        )
    ]
    events += [
        Event(
            key=f"allocate:{mark}:{pk}",
            kind="allocate",
            lines=[Line(accounts.fund_available(fund), accounts.buyer_available(fund, pk), fen)],
            reference=f"organisation:{pk}",
            actor=hands.maker,
            fund=fund,
            memo="按职工人数分配",
        )
        for pk, fen in wanted.items()
    ]
    with clock.at(contest.day(42)):
        post_many(events)


def share_out(hands: Hands, contest: Contest, fund: Fund) -> tuple[AllocationRun, dict[int, str]]:
    """Pledges, the problem, the plan by rank: all as an officer would have confirmed it.

    Also {proposal: why it got nothing}.
    """
    pledges = _pledge(contest, fund)
    problem = _problem(contest, fund, pledges)
    found = compute(problem, RANK)
    plan, wrong = plan_from_facts(found["plan"]), found["faults"]
    if wrong or set(plan.granted()) != {entrant.pk for entrant in contest.funded}:
        raise RuntimeError(f"the padded contest {contest.call.number} does not add up: {wrong}")
    moment = contest.day(44)
    inputs = problem_as_facts(problem)
    [run] = AllocationRun.objects.bulk_create(
        [
            AllocationRun(
                call=contest.call,
                fund=fund,
                policy=RANK,
                inputs=inputs,
                result=found,
                sha256=sha256_of(inputs),
                computed_by=hands.officer,
                computed_at=moment,
                state=RunState.CONFIRMED,
            )
        ]
    )
    refused = _write_matches(run, plan)
    with clock.at(moment):
        facts = {"sha256": run.sha256, "awards": len(contest.funded)}
        fen = sum(plan.granted().values())
        record(hands.officer, "confirm_allocation", contest.call, run=run.pk, fen=fen, **facts)
    return run, {match.proposal_id: match.why_not for match in refused}


def _pledge(contest: Contest, fund: Fund) -> dict[int, Pledge]:
    """{proposal: its buyer's promise}, used."""
    promising = [entrant for entrant in contest.funded if entrant.buyer and entrant.pledged_fen]
    rows = Pledge.objects.bulk_create(
        Pledge(
            buyer=entrant.buyer.organisation,
            proposal=entrant.proposal,
            fund=fund,
            money="allocated",
            amount_fen=entrant.pledged_fen,
            promised_by=entrant.buyer.head,
            promised_at=contest.day(43),
            state=PledgeState.USED,
        )
        for entrant in promising
        if entrant.buyer
    )
    return {row.proposal_id: row for row in rows}


def _problem(contest: Contest, fund: Fund, pledges: dict[int, Pledge]) -> Problem:
    """What `problem_of` would say, with the pockets as they are now."""
    seed = accounts.fund_available(fund)
    codes = {accounts.buyer_available(fund, pledge.buyer_id) for pledge in pledges.values()}
    held = dict.fromkeys(sorted({seed, *codes}), 0)
    for account in Account.objects.filter(code__in=held):
        held[account.code] = account.balance_fen
    return Problem(
        candidates=tuple(
            Candidate(
                proposal=entrant.pk,
                rank=entrant.place,
                lot=contest.lots[entrant.category.pk].pk,
                asked=entrant.asked_fen,
                least=entrant.facts["least_fen"],
                promises=_promises(fund, pledges.get(entrant.pk)),
            )
            for entrant in contest.entrants
        ),
        lots={
            lot.pk: Envelope(lot.ceiling_fen, lot.proposal_ceiling_fen)
            for lot in contest.lots.values()
        },
        pockets=held,
        seed=seed,
    )


def _promises(fund: Fund, pledge: Pledge | None) -> tuple[Promise, ...]:
    if pledge is None:
        return ()
    pocket = accounts.buyer_available(fund, pledge.buyer_id)
    return (Promise(pledge.pk, pledge.buyer_id, pocket, pledge.amount_fen),)


def _write_matches(run: AllocationRun, plan: Plan) -> list[Match]:
    """The plan's lines; returns those that say no."""
    granted = [
        Match(
            run=run,
            proposal_id=line.proposal,
            buyer_id=line.buyer,
            pledge_id=line.pledge,
            pocket=line.pocket,
            amount_fen=line.amount,
        )
        for line in plan.lines
    ]
    refused = [
        Match(
            run=run,
            proposal_id=refusal.proposal,
            reason=refusal.reason,
            have_fen=refusal.have,
            needed_fen=refusal.needed,
        )
        for refusal in plan.refusals
    ]
    Match.objects.bulk_create([*granted, *refused])
    return refused


def lines_of(run: AllocationRun) -> dict[int, list[Match]]:
    """{proposal: the lines that give it money, in the plan's order}."""
    found: dict[int, list[Match]] = {}
    for match in run.matches.filter(amount_fen__gt=0).order_by("pk"):
        found.setdefault(match.proposal_id, []).append(match)
    return found


def reserve(hands: Hands, contest: Contest, awards: Iterable[tuple[Award, list[Match]]]) -> None:
    """Every award's shares go from their pockets into its reserve."""
    with clock.at(contest.day(44)):
        post_many(
            [
                Event(
                    key=f"award:{award.pk}:reserve",
                    kind="reserve",
                    lines=[
                        Line(
                            match.pocket,
                            accounts.award_reserved(award.fund, award.pk, match.pocket),
                            match.amount_fen,
                        )
                        for match in matches
                    ],
                    reference=f"award:{award.pk}",
                    actor=hands.officer,
                    fund=award.fund,
                    memo=str(award.proposal)[:200],
                )
                for award, matches in awards
            ]
        )
