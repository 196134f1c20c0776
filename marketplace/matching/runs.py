"""What becomes of a computation: its plan kept or its failure said, changed by hand, explained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.proposals.models import Proposal
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.face.values import own_words_lazily
from foundation.money import yuan
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import allow
from marketplace.matching import by_hand
from marketplace.matching.allocation import (
    HAND,
    Plan,
    Problem,
    Refusal,
    plan_from_facts,
    problem_from_facts,
)
from marketplace.matching.limit_models import Ground
from marketplace.matching.models import AllocationRun, Match, Policy, RunFault
from marketplace.matching.problems import names_of
from marketplace.matching.solving import outcome
from marketplace.matching.states import RunState

TURNS = (Policy.RANK, Policy.RANK_STOP, Policy.PART_FUND)


def keep_outcome(run: AllocationRun, found: Mapping[str, Any]) -> None:
    """Keep what came out: the plan with a row for each line, or that there is none."""
    if found["plan"] is None:
        run.move_to(RunState.FAILED, fault=RunFault.FLOORS, result=dict(found), done_at=clock.now())
        return
    if found["faults"]:
        raise DomainError(
            _("The plan broke its own rules: %(faults)s") % {"faults": found["faults"][0]}
        )
    run.move_to(RunState.PROPOSED, result=dict(found), done_at=clock.now(), share=100)
    _keep_lines(run, plan_from_facts(found["plan"]))


def _keep_lines(run: AllocationRun, plan: Plan) -> None:
    """A row for each sum granted, and for each proposal refused with its reason."""
    names = names_of(refusal.group for refusal in plan.refusals if refusal.group)
    notes = {change["proposal"]: change["reason"] for change in run.changes}
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
            group_name=str(names.get(refusal.group, refusal.group)),
            other_id=refusal.other,
            note=notes.get(refusal.proposal, "") if refusal.reason == HAND else "",
            in_the_end=run.policy not in TURNS,
        )
        for refusal in plan.refusals
    ]
    Match.objects.bulk_create([*granted, *refused])


@operation
def finish_run(
    run: AllocationRun, *, found: Mapping[str, Any] | None, fault: str = "", actor: Any
) -> AllocationRun:
    """The solver's process has answered, or ended without an answer; whoever asked is told."""
    run = lock(run, "call", "computed_by")
    allow(actor, "finish_run", run)
    if found is None or found.get("faults"):
        run.move_to(RunState.FAILED, fault=fault or RunFault.BROKEN, done_at=clock.now())
    else:
        keep_outcome(run, found)
    record(actor, "finish_run", run.call, run=run.pk, state=run.state)
    tell(
        [run.computed_by],
        "plan_computed",
        url=path_to("matching:run", run.pk),
        call=own_words_lazily(run.call, "title"),
    )
    return run


@operation
def adjust_run(
    run: AllocationRun, *, proposal: Proposal, amount_fen: int, reason: str, actor: Any
) -> AllocationRun:
    """Give one proposal another sum (or nothing) by hand: a plan of its own, checked like any.

    The plan it is based on stays as it was computed.
    """
    run = lock(run, "call", "fund")
    allow(actor, "adjust_run", run)
    problem, plan = problem_from_facts(run.inputs), plan_from_facts(run.result["plan"])
    made = _by_hand(run, problem, plan, proposal, amount_fen)
    change = {
        "proposal": proposal.pk,
        "amount_fen": amount_fen,
        "before_fen": plan.granted().get(proposal.pk, 0),
        "reason": reason,
        "by": str(actor),
        "at": clock.now().isoformat(),
    }
    new = AllocationRun.objects.create(
        call=run.call,
        fund=run.fund,
        policy=Policy.BY_HAND,
        counted=run.counted,
        chance=run.chance,
        inputs=run.inputs,
        sha256=run.sha256,
        based_on=run,
        changes=[*run.changes, change],
        computed_by=actor,
        computed_at=clock.now(),
    )
    search = run.result.get("search")
    keep_outcome(new, outcome(problem, made, Policy.BY_HAND, search=search))
    facts = {"run": new.pk, "based_on": run.pk, "proposal": proposal.pk, "reason": reason}
    record(actor, "adjust_run", run.call, fen=amount_fen, **facts)
    return new


def _by_hand(
    run: AllocationRun, problem: Problem, plan: Plan, proposal: Proposal, amount_fen: int
) -> Plan:
    """The changed plan, or a sentence why there is none."""
    candidate = next((c for c in problem.candidates if c.proposal == proposal.pk), None)
    if candidate is None:
        raise DomainError(_("This proposal is not part of the plan."), field="proposal")
    if plan.granted().get(proposal.pk, 0) == amount_fen:
        raise DomainError(_("That is what the plan gives it already."), field="amount_fen")
    low, high = candidate.least, problem.most(candidate)
    if amount_fen and not low <= amount_fen <= high:
        raise DomainError(
            _("It can get nothing, or from %(low)s to %(high)s.")
            % {"low": yuan(low), "high": yuan(high)},
            field="amount_fen",
        )
    made = by_hand.changed(problem, plan, proposal.pk, amount_fen)
    if isinstance(made, Refusal):
        raise DomainError(_sentence(run, made), field="amount_fen")
    return made


def _sentence(run: AllocationRun, refusal: Refusal) -> str:
    """Why a change cannot be made, in words."""
    name = names_of([refusal.group]).get(refusal.group, "") if refusal.group else ""
    other = Proposal.objects.filter(pk=refusal.other).first() if refusal.other else None
    said = Match(
        run=run,
        reason=refusal.reason,
        have_fen=refusal.have,
        needed_fen=refusal.needed,
        group_name=str(name),
        other=other,
        in_the_end=True,
    )
    return said.why_not


# --- why not me? ----------------------------------------------------------------------------


@operation
def ask_ground(refusal: Match, *, actor: Any) -> Ground:
    """Have it worked out what a refused proposal lacked; asked twice it is worked out once."""
    refusal = lock(refusal, "run__call", "proposal")
    allow(actor, "ask_ground", refusal)
    ground, made = Ground.objects.get_or_create(
        run=refusal.run,
        proposal=refusal.proposal,
        defaults={"asked_by": actor, "asked_at": clock.now()},
    )
    if not made and ground.fault:
        ground.begun_at = ground.done_at = None
        ground.fault = ""
        ground.save(update_fields=["begun_at", "done_at", "fault"])
    record(actor, "ask_ground", refusal.run.call, run=refusal.run_id, proposal=refusal.proposal_id)
    return ground


@operation
def finish_ground(
    ground: Ground, *, facts: Mapping[str, Any] | None, fault: str = "", actor: Any
) -> Ground:
    """The solver has answered what a refused proposal lacked, or ended without an answer."""
    ground = lock(ground, "run__call", "asked_by")
    allow(actor, "finish_ground", ground)
    ground.facts = dict(facts or {})
    ground.fault = "" if facts else fault or RunFault.BROKEN
    ground.done_at = clock.now()
    ground.save(update_fields=["facts", "fault", "done_at"])
    record(actor, "finish_ground", ground.run.call, run=ground.run_id, proposal=ground.proposal_id)
    return ground


def asked_of(run: AllocationRun, proposal: int | None = None) -> dict[str, Any]:
    """What the solver's process is asked: the run, or why it refused one proposal."""
    asked = {"problem": run.inputs, "policy": run.policy, "chance": run.chance}
    if proposal is None:
        return asked
    return asked | {"plan": run.result["plan"], "proposal": proposal}
