"""The end of a project before its time: the work done is paid, the rest goes home or comes back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.money import yuan
from foundation.operations import lock, operation
from foundation.permissions import allow
from marketplace.agreements.claims import claim_too_much
from marketplace.agreements.models import Agreement
from marketplace.agreements.money import called_off, owe_tranche, references_of, send_rest_home
from marketplace.agreements.states import AgreementState, TrancheState
from marketplace.delivery.halt_models import Halt
from marketplace.delivery.halt_operations import decide, end_suspension, locked_halt, tell_all
from marketplace.delivery.halt_queries import reckoning_of
from marketplace.delivery.models import Project, Report
from marketplace.delivery.reckoning import Outcome
from marketplace.delivery.states import DONE, HaltState, MilestoneState, ProjectState
from marketplace.payments.holds import locked_unsettled


@operation
def settle_termination(
    halt: Halt, *, accepted_fen: int, reason: str, seen: str = "", actor: Any
) -> Halt:
    """An officer ends the project: the work done comes to `accepted_fen`, and all else follows.

    `seen` are the figures the officer was shown (`Outcome.seal`): were they to differ by now,
    nothing is done.
    """
    halt = locked_halt(halt)
    allow(actor, "settle_termination", halt)
    project = halt.project
    lock(project.agreement.award.fund)  # before what is owed, as whoever makes a batch does
    owed = locked_unsettled(references_of(project.agreement))
    follows = _follows(project, accepted_fen)
    if seen and seen != follows.seal:
        raise Clash(_("The figures have changed since you saw them. Look at them again."))
    decide(halt, HaltState.SETTLED, reason, actor, accepted_fen=accepted_fen)
    _drop_what_is_open(project, halt.remark, actor)
    _settle_money(project.agreement, owed, follows, halt.remark, actor)
    for suspension in Halt.objects.filter(project=project, state=HaltState.IN_FORCE):
        suspension.project = project
        end_suspension(suspension, HaltState.SETTLED)
    project.move_to(
        ProjectState.TERMINATED,
        ended_reason=halt.remark,
        closed_at=clock.now(),
        closed_by=actor,
    )
    facts = {
        "accepted_fen": accepted_fen,
        "returned_fen": follows.home_fen,
        "claimed_fen": follows.claimed_fen,
    }
    more = {"owed_fen": follows.owed_now_fen, "called_off_fen": follows.called_off_fen}
    record(actor, "settle_termination", project, halt=halt.pk, reason=halt.remark, **facts, **more)
    tell_all(halt, "termination_settled", actor, reason=halt.remark, **facts)
    return halt


def _follows(project: Project, accepted_fen: int) -> Outcome:
    reckoning = reckoning_of(project)
    if not 0 <= accepted_fen <= reckoning.most_fen:
        raise DomainError(
            _("The work cannot come to more than %(most)s: what was paid, is owed and is bound.")
            % {"most": yuan(reckoning.most_fen)},
            field="accepted_fen",
        )
    return reckoning.outcome(accepted_fen)


def _drop_what_is_open(project: Project, why: str, actor: Any) -> None:
    """Milestones not accepted are dropped; a report that waits is answered by the settlement."""
    waiting = Report.objects.filter(
        milestone__project=project, verdict=Report.Verdict.WAITING
    ).select_related("milestone")
    for report in waiting:
        report.verdict, report.remark = Report.Verdict.RETURNED, why
        report.judged_by, report.judged_at = actor, clock.now()
        report.save(update_fields=["verdict", "remark", "judged_by", "judged_at"])
        report.milestone.move_to(MilestoneState.RETURNED)
    for milestone in project.milestones.exclude(state__in=DONE):
        milestone.move_to(MilestoneState.DROPPED)


def _settle_money(
    agreement: Agreement, owed: list[Any], follows: Outcome, why: str, actor: Any
) -> None:
    """In this order: less is owed, or more; what is still bound goes home; the rest is claimed."""
    called_off(agreement, owed, follows.called_off_fen, actor=actor)
    more = follows.owed_now_fen
    for tranche in agreement.tranches.filter(state=TrancheState.WAITING):
        part = min(more, tranche.amount_fen)
        if part:
            tranche.agreement = agreement
            owe_tranche(tranche, part, actor=actor)
            more -= part
    if more:  # the parts that wait hold less than is bound: an earlier one was owed in part
        raise DomainError(_("The parts of the money do not hold that much."), field="accepted_fen")
    send_rest_home(agreement, AgreementState.TERMINATED, actor=actor)
    if follows.claimed_fen:
        claim_too_much(agreement, follows.claimed_fen, reason=why, actor=actor)
