"""The demo's projects: milestones reported, returned and accepted; money paid; grades given."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from cms.demo.served import EVERY, hear
from cms.demo.stories import OUTCOMES
from cms.demo.town import Town, certificate
from foundation import clock
from foundation.organisations.models import Organisation
from foundation.uscc import make
from marketplace.delivery.extension_operations import ask_extension
from marketplace.delivery.models import Goal, Milestone, Project
from marketplace.delivery.operations import (
    Proof,
    accept_milestone,
    close_project,
    report_milestone,
    return_milestone,
    terminate_project,
)
from marketplace.delivery.served import Reached
from marketplace.delivery.spending_operations import enter_expense
from marketplace.ledger.models import Fund
from marketplace.payments.batches import (
    approve_batch,
    confirm_payout,
    make_batch,
    send_batch,
)
from marketplace.payments.models import Payable
from marketplace.payments.operations import enter_invoice, state_bank_account
from marketplace.payments.own_accounts import add_bank_account

OUR_ACCOUNT = "31050161364000001888"
"""The federation's, into which unions pay."""


SELLERS = (
    ("上海浦江会务服务有限公司", make("91", "310115", "MA1K3X01"), "活动场地与讲师"),
    ("上海浦东文具有限公司", make("91", "310115", "MA1K3X02"), "宣传资料与物料"),
)


class Stage(IntEnum):
    """How far a project of the demo has come."""

    BEGUN = 0
    MIDTERM_REPORTED = 1
    MIDTERM_RETURNED = 2
    MIDTERM_ACCEPTED = 3
    FINAL_REPORTED = 4
    FINAL_ACCEPTED = 5
    CLOSED = 6
    TERMINATED = 7


def deliver(town: Town, project: Project, stage: Stage, chance: random.Random) -> None:
    """Let the project come as far as `stage`."""
    if stage == Stage.TERMINATED:
        with clock.at(noon(project.starts_on + dt.timedelta(days=40))):
            terminate_project(
                project, reason="承接方人员变动，双方协商终止。", actor=town["officer"]
            )
        return
    middle, final = project.milestones.order_by("position")[:2]
    if stage >= Stage.MIDTERM_REPORTED:
        hear(town, project, middle)
        _report(town, project, middle, project.headcount // 2, share=50)
    if stage == Stage.MIDTERM_RETURNED or (project.pk % 9 == 0 and stage > Stage.MIDTERM_RETURNED):
        _return(town, project, middle)
        if stage > Stage.MIDTERM_RETURNED:
            _report(town, project, middle, project.headcount // 2, share=50, later=4)
    if stage == Stage.MIDTERM_RETURNED:
        _ask_for_time(town, project, middle)
    if stage >= Stage.MIDTERM_ACCEPTED:
        _accept(town, project, middle)
    if stage >= Stage.FINAL_REPORTED:
        served = project.headcount * chance.randint(92, 118) // 100
        share = 47 if project.pk % 4 == 0 else 50
        _report(town, project, final, served, share=share)
    if stage >= Stage.FINAL_ACCEPTED:
        _accept(town, project, final)


def noon(day: dt.date) -> dt.datetime:
    """Twelve o'clock in Shanghai."""
    return dt.datetime.combine(day, dt.time(12), clock.SHANGHAI)


def _report(
    town: Town, project: Project, milestone: Milestone, served: int, *, share: int, later: int = -3
) -> None:
    spent = project.amount_fen * share // 100
    if project.pk % EVERY == 0 and later < 0:
        _spend(town, project, milestone, spent)
    with clock.at(noon(milestone.due_on + dt.timedelta(days=later))):
        report_milestone(
            Milestone.objects.get(pk=milestone.pk),
            text="按计划开展活动，签到、照片和满意度问卷齐全。",
            served=served,
            spent_fen=spent,
            results=_results(project, served),
            evidence=[Proof(certificate(f"Attendance {milestone.pk}"), "活动签到表", public=True)],
            actor=town.signer_of(project.organisation),
        )


def _spend(town: Town, project: Project, milestone: Milestone, fen: int) -> None:
    """What the next report will say was spent, on two invoices."""
    day = milestone.due_on - dt.timedelta(days=20)
    parts = (fen - fen // 3, fen // 3)
    with clock.at(noon(day)):
        for line, (part, (seller, code, note)) in enumerate(zip(parts, SELLERS, strict=True)):
            enter_expense(
                project,
                line=line,
                amount_fen=part,
                number=f"2631{milestone.pk:012d}{line:04d}",
                issued_on=day - dt.timedelta(days=3),
                invoice_fen=part,
                seller=seller,
                seller_uscc=code,
                note=note,
                actor=town.signer_of(project.organisation),
            )


def _results(project: Project, served: int) -> dict[int, Reached]:
    """Everybody was served for the first need, a third of them for a second one."""
    goals = Goal.objects.filter(project=project).select_related("need").order_by("pk")
    return {
        goal.pk: Reached(served // (1 if turn == 0 else 3), OUTCOMES[goal.need.category_id])
        for turn, goal in enumerate(goals)
    }


def _return(town: Town, project: Project, milestone: Milestone) -> None:
    with clock.at(noon(milestone.due_on + dt.timedelta(days=1))):
        return_milestone(
            Milestone.objects.get(pk=milestone.pk),
            reason="签到表缺少第二场活动，请补充后再次提交。",
            actor=town.signer_of(project.buyer),
        )


def _ask_for_time(town: Town, project: Project, milestone: Milestone) -> None:
    """What the buyer misses takes some days to gather: it is asked for them, and has to decide."""
    with clock.at(noon(milestone.due_on + dt.timedelta(days=2))):
        ask_extension(
            Milestone.objects.get(pk=milestone.pk),
            due_on=milestone.due_on + dt.timedelta(days=75),
            reason="第二场活动的签到表在合作场地保管，需补办并重新盖章。",
            actor=town.signer_of(project.organisation),
        )


def _accept(town: Town, project: Project, milestone: Milestone) -> None:
    with clock.at(noon(milestone.due_on + dt.timedelta(days=6))):
        accept_milestone(
            Milestone.objects.get(pk=milestone.pk),
            remark="材料齐全，同意通过。",
            actor=town.signer_of(project.buyer),
        )


def close(town: Town, project: Project, chance: random.Random) -> None:
    """The buyer closes it with a score; what was not spent goes back to where it came from."""
    with clock.at(noon(project.ends_on + dt.timedelta(days=30))):
        close_project(
            project,
            score_hundredths=chance.randint(6400, 9700),
            lessons="与街镇工会联合宣传，报名率明显提高。",
            actor=town["officer"],
        )


def name_our_accounts(town: Town) -> None:
    """Where unions pay in, and one more account of the federation's to pay from."""
    ours = town.federation
    assert ours is not None
    facts: dict[str, Any] = {"holder": ours.name, "actor": town["fund"]}
    with clock.at(town.moment):
        state_bank_account(ours, bank="中国建设银行上海浦东分行", number=OUR_ACCOUNT, **facts)
        add_bank_account(ours, bank="上海农商银行浦东分行", number="50131000000010888", **facts)
    town.banked.add(ours.pk)


def name_bank_account(town: Town, organisation: Organisation) -> None:
    """Where the organisation is paid."""
    state_bank_account(
        organisation,
        holder=organisation.name,
        bank="上海农商银行浦东分行",
        number=f"6222{organisation.pk:012d}",
        actor=town.signer_of(organisation),
    )


@dataclass(frozen=True)
class Leave:
    """How many payments are left for the start page's people: without an invoice, without a
    batch, and in a batch that a second manager has to approve."""

    owed: int = 3
    ready: int = 4
    to_approve: int = 5


def pay_what_is_owed(
    town: Town, fund: Fund, moment: dt.datetime, leave: Leave | None = None
) -> None:
    """Invoices come in; one manager makes the batch, the other approves; the bank confirms."""
    left = leave or Leave(0, 0, 0)
    with clock.at(moment):
        payables = list(
            Payable.objects.filter(fund=fund, state="owed")
            .select_related("organisation")
            .order_by("pk")
        )
        for payable in payables[left.owed :]:
            enter_invoice(
                payable,
                code="031001900111",
                number=f"{payable.pk:08d}",
                issued_on=clock.today(),
                amount_fen=payable.amount_fen,
                seller_uscc=payable.organisation.uscc or "",
                actor=town.signer_of(payable.organisation),
            )
        ready = list(Payable.objects.filter(fund=fund, state="invoiced").order_by("pk"))
        ready = ready[left.ready :]
        if left.to_approve:
            make_batch(fund, payables=ready[: left.to_approve], actor=town["fund"])
            ready = ready[left.to_approve :]
        if not ready:
            return
        batch = make_batch(fund, payables=ready, actor=town["fund"])
        batch = approve_batch(batch, actor=town["fund2"])
        batch = send_batch(batch, actor=town["fund"])
    with clock.at(moment + dt.timedelta(days=1)):
        for payout in batch.payouts.order_by("pk"):
            confirm_payout(payout, actor=town["fund"])
