"""The deals of a padded contest in bulk: awards, agreements, and projects as far as they came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from bidding.notices.models import Notice
from cms.demo.bidding import days
from cms.demo.delivering import noon
from cms.demo.padded_bodies import Body, Hands
from cms.demo.padded_plan import Contest, Entrant
from foundation import clock
from foundation.audit.operations import record
from foundation.seals.chain import sha256_of
from marketplace.agreements.models import Agreement, Gate, Party, Tranche
from marketplace.agreements.states import AgreementState, TrancheState
from marketplace.agreements.terms import amounts_of, gates_of
from marketplace.awards.models import Award, Share
from marketplace.awards.states import AwardState
from marketplace.delivery.grading import grade_of
from marketplace.delivery.models import Goal, Milestone, Project, Report, Result
from marketplace.delivery.states import MilestoneState, ProjectState
from marketplace.matching.models import AllocationRun, Match

BROKEN_OFF = 37
"""Every so-manieth project is broken off."""


@dataclass
class Deal:
    """One funded proposal on its way: what it came to, and when its parts became owed."""

    entrant: Entrant
    buyer: Body
    matches: list[Match]
    number: int
    score: int
    share: int
    """How many percent of the money it really spends."""
    terminated_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    award: Award = field(init=False)
    agreement: Agreement = field(init=False)
    project: Project = field(init=False)
    tranches: dict[str, Tranche] = field(default_factory=dict)
    reports: dict[str, tuple[dt.datetime | None, dt.datetime | None]] = field(default_factory=dict)
    """{gate: (reported, accepted)}, as far as that has happened."""

    @property
    def ended_at(self) -> dt.datetime | None:
        """When it was closed or broken off, if it was."""
        return self.terminated_at or self.closed_at

    def spent_until(self, gate: str) -> int:
        """What its organisation says it spent in the part that ends with `gate`."""
        half = self.award.amount_fen // 2
        return half if gate == Gate.MIDTERM else self.award.amount_fen * self.share // 100 - half

    @property
    def served(self) -> int:
        """How many people it serves in the end."""
        return int(self.entrant.facts["headcount"]) * (92 + self.number % 27) // 100

    def served_until(self, gate: str) -> int:
        """How many of them in the part that ends with `gate`."""
        half = int(self.entrant.facts["headcount"]) // 2
        return half if gate == Gate.MIDTERM else self.served - half


def strike(
    hands: Hands,
    contest: Contest,
    run: AllocationRun,
    notice: Notice,
    lines: dict[int, list[Match]],
) -> list[Deal]:
    """Awards that stood their notice, agreements both sides signed, projects up to today."""
    deals = [
        _deal(hands, contest, entrant, lines[entrant.pk], turn)
        for turn, entrant in enumerate(contest.funded)
    ]
    _write_awards(hands, contest, run, notice, deals)
    _write_agreements(hands, contest, deals)
    _write_projects(hands, contest, deals)
    _write_milestones(contest, deals)
    _write_people_served(deals)
    return deals


def _deal(
    hands: Hands, contest: Contest, entrant: Entrant, matches: list[Match], turn: int
) -> Deal:
    """How far this one has come by now."""
    number = contest.number * 101 + turn
    deal = Deal(
        entrant,
        entrant.buyer if entrant.buyer and entrant.pledged_fen else hands.federation,
        matches,
        number,
        score=5600 + number * 631 % 4200,
        share=97 if number % 4 == 0 else 100,
    )
    broken = noon(contest.starts_on) + days(40)
    if number % BROKEN_OFF == BROKEN_OFF - 1 and broken < clock.now():
        deal.terminated_at = broken
        return deal
    middle = entrant.facts["milestones"][0]["due_on"]
    for gate, due_on in ((Gate.MIDTERM, middle), (Gate.FINAL, contest.ends_on)):
        reported, accepted = noon(due_on) - days(3), noon(due_on) + days(6)
        deal.reports[gate] = (_past(reported), _past(accepted))
    deal.closed_at = _past(noon(contest.ends_on) + days(30))
    return deal


def _past(moment: dt.datetime) -> dt.datetime | None:
    return moment if moment < clock.now() else None


def _write_awards(
    hands: Hands, contest: Contest, run: AllocationRun, notice: Notice, deals: list[Deal]
) -> None:
    rows = Award.objects.bulk_create(
        Award(
            proposal=deal.entrant.proposal,
            run=run,
            fund=run.fund,
            buyer=deal.buyer.organisation,
            notice=notice,
            amount_fen=sum(match.amount_fen for match in deal.matches),
            decided_by=hands.officer,
            decided_at=contest.day(44),
            activated_at=contest.stood_at,
            state=AwardState.CONTRACTED,
        )
        for deal in deals
    )
    for deal, row in zip(deals, rows, strict=True):
        deal.award = row
    Share.objects.bulk_create(
        Share(
            award=deal.award,
            position=position,
            pocket=match.pocket,
            buyer_id=match.buyer_id,
            pledge_id=match.pledge_id,
            amount_fen=match.amount_fen,
        )
        for deal in deals
        for position, match in enumerate(deal.matches, start=1)
    )


def _write_agreements(hands: Hands, contest: Contest, deals: list[Deal]) -> None:
    """Terms, two signatures, three parts. A padded agreement has no file of its own: what both
    sides sign is the fingerprint of its terms."""
    rows = Agreement.objects.bulk_create(_agreement(hands, contest, deal) for deal in deals)
    for deal, row in zip(deals, rows, strict=True):
        deal.agreement = row
    Party.objects.bulk_create(
        Party(
            agreement=deal.agreement,
            organisation=body.organisation,
            side=side,
            signed_by=body.head,
            signed_name=body.head.name,
            signed_at=contest.signed_at,
            signed_sha256=deal.agreement.sha256,
        )
        for deal in deals
        for side, body in ((Party.Side.BUYER, deal.buyer), (Party.Side.PROVIDER, deal.entrant.body))
    )
    for deal in deals:
        with clock.at(contest.signed_at):
            facts = {"side": Party.Side.PROVIDER.value, "sha256": deal.agreement.sha256}
            record(deal.entrant.body.head, "sign_agreement", deal.agreement, **facts)
        deal.tranches = {tranche.gate: tranche for tranche in _tranches(deal)}
    Tranche.objects.bulk_create(t for deal in deals for t in deal.tranches.values())


def _agreement(hands: Hands, contest: Contest, deal: Deal) -> Agreement:
    submission = deal.entrant.submission
    assert submission is not None
    milestones = submission.content["milestones"]
    terms = {
        "receipt": submission.receipt,
        "sha256": submission.sha256,
        "content": submission.content,
        "milestones": [
            {**milestone, "gate": gate}
            for milestone, gate in zip(milestones, gates_of(milestones), strict=True)
        ],
        "shares": [
            {
                "pocket": match.pocket,
                "buyer": deal.buyer.organisation.name if match.buyer_id else "",
                "amount_fen": match.amount_fen,
            }
            for match in deal.matches
        ],
    }
    state = AgreementState.COMPLETED if deal.closed_at else AgreementState.SIGNED
    return Agreement(
        award=deal.award,
        number=f"{contest.call.number}-A{deal.entrant.place:02d}",
        title=deal.entrant.facts["title"],
        terms=terms,
        sha256=sha256_of(terms),
        amount_fen=deal.award.amount_fen,
        starts_on=contest.starts_on,
        ends_on=contest.ends_on,
        drawn_up_by=hands.officer,
        drawn_up_at=contest.stood_at,
        offered_at=contest.stood_at,
        sign_until=(contest.stood_at + days(30)).date(),
        signed_at=contest.signed_at,
        ended_at=deal.ended_at,
        state=AgreementState.TERMINATED if deal.terminated_at else state,
    )


def _tranches(deal: Deal) -> list[Tranche]:
    """The parts, each owed as far as its gate was passed; the last as far as it was spent."""
    amounts = amounts_of(deal.award.amount_fen, [Gate.MIDTERM.value, Gate.FINAL.value])
    owed, before = {}, 0
    for gate, amount in amounts.items():
        _reported, accepted = deal.reports.get(gate, (None, None))
        passed = gate == Gate.SIGNING or accepted is not None
        spent = deal.award.amount_fen * deal.share // 100 - before
        owed[gate] = (max(0, min(spent, amount)) if gate == Gate.FINAL else amount) * passed
        before += owed[gate]
    waiting = TrancheState.RETURNED if deal.ended_at else TrancheState.WAITING
    return [
        Tranche(
            agreement=deal.agreement,
            position=position,
            gate=gate,
            amount_fen=amount,
            spent_fen=owed[gate],
            state=TrancheState.DUE if owed[gate] else waiting,
        )
        for position, (gate, amount) in enumerate(amounts.items(), start=1)
    ]


def _write_projects(hands: Hands, contest: Contest, deals: list[Deal]) -> None:
    rows = Project.objects.bulk_create(_project(hands, contest, deal) for deal in deals)
    for deal, row in zip(deals, rows, strict=True):
        deal.project = row
    through = Project.districts.through
    through.objects.bulk_create(
        through(project_id=deal.project.pk, district_id=pk)
        for deal in deals
        for pk in deal.entrant.facts["districts"]
    )
    for deal in deals:
        if deal.ended_at:
            action = "terminate_project" if deal.terminated_at else "close_project"
            facts: dict[str, Any] = (
                {"reason": deal.project.ended_reason}
                if deal.terminated_at
                else {"score_hundredths": deal.score, "grade": deal.project.grade}
            )
            with clock.at(deal.ended_at):
                record(hands.officer, action, deal.project, **facts)


def _project(hands: Hands, contest: Contest, deal: Deal) -> Project:
    facts = deal.entrant.facts
    accepted = [gate for gate, (_reported, moment) in deal.reports.items() if moment]
    closed = bool(deal.closed_at)
    state = ProjectState.CLOSED if closed else ProjectState.RUNNING
    return Project(
        agreement=deal.agreement,
        number=f"{contest.call.number}-{deal.entrant.place:02d}",
        title=facts["title"],
        summary=facts["summary"],
        category=deal.entrant.category,
        organisation=deal.entrant.body.organisation,
        buyer=deal.buyer.organisation,
        audience=facts["audience"],
        year=contest.starts_on.year,
        amount_fen=deal.award.amount_fen,
        headcount=facts["headcount"],
        served=sum(deal.served_until(gate) for gate in accepted),
        starts_on=contest.starts_on,
        ends_on=contest.ends_on,
        started_at=contest.signed_at,
        closed_at=deal.ended_at,
        closed_by=hands.officer if deal.ended_at else None,
        score_hundredths=deal.score if closed else None,
        grade=grade_of(deal.score) if closed else "",
        lessons="与街镇工会联合宣传，报名率明显提高。" if closed else "",
        ended_reason="承接方人员变动，双方协商终止。" if deal.terminated_at else "",
        state=ProjectState.TERMINATED if deal.terminated_at else state,
    )


def _write_milestones(contest: Contest, deals: list[Deal]) -> None:
    """Milestones with their reports: accepted, still waiting, or not there yet."""
    gates = (Gate.MIDTERM, Gate.FINAL)
    rows = Milestone.objects.bulk_create(
        Milestone(
            project=deal.project,
            position=position,
            title=promised["title"],
            measure=promised["measure"],
            due_on=promised["due_on"],
            gate=gate,
            state=_milestone_state(deal, gate),
        )
        for deal in deals
        for position, (gate, promised) in enumerate(
            zip(gates, deal.entrant.facts["milestones"], strict=True), start=1
        )
    )
    owners = [deal for deal in deals for _gate in gates]
    Report.objects.bulk_create(
        _report(deal, milestone)
        for deal, milestone in zip(owners, rows, strict=True)
        if deal.reports.get(milestone.gate, (None, None))[0]
    )


def _milestone_state(deal: Deal, gate: str) -> MilestoneState:
    if deal.terminated_at:
        return MilestoneState.DROPPED
    reported, accepted = deal.reports[gate]
    if accepted:
        return MilestoneState.ACCEPTED
    return MilestoneState.REPORTED if reported else MilestoneState.PLANNED


def _report(deal: Deal, milestone: Milestone) -> Report:
    reported, accepted = deal.reports[milestone.gate]
    assert reported is not None
    return Report(
        milestone=milestone,
        text="按计划开展活动，签到、照片和满意度问卷齐全。",
        served=deal.served_until(milestone.gate),
        spent_fen=deal.spent_until(milestone.gate),
        reported_by=deal.entrant.body.head,
        reported_at=reported,
        verdict=Report.Verdict.ACCEPTED if accepted else Report.Verdict.WAITING,
        remark="材料齐全，同意通过。" if accepted else "",
        judged_by=deal.buyer.head if accepted else None,
        judged_at=accepted,
    )


def _write_people_served(deals: list[Deal]) -> None:
    """Each project answers the needs of its proposal; its reports say so many people for each."""
    goals = Goal.objects.bulk_create(
        Goal(project=deal.project, need_id=pk, served=deal.project.served)
        for deal in deals
        for pk in deal.entrant.facts["needs"]
    )
    by_project: dict[int, list[Goal]] = {}
    for goal in goals:
        by_project.setdefault(goal.project_id, []).append(goal)
    reports = Report.objects.filter(milestone__project__in=by_project).order_by("pk")
    Result.objects.bulk_create(
        Result(report_id=report, goal=goal, served=served)
        for report, served, project in reports.values_list("pk", "served", "milestone__project")
        for goal in by_project[project]
    )
