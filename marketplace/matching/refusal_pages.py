"""What the page of a refusal says: the reason with its numbers, and what would have been enough."""

from __future__ import annotations

from typing import Any

from bidding.proposals.models import Proposal
from foundation.money import yuan
from marketplace.matching.allocation import plan_from_facts, problem_from_facts
from marketplace.matching.grounds import why_not
from marketplace.matching.limit_models import Ground
from marketplace.matching.models import ALONE, WHY_NOT, Match, Policy, RunFault
from marketplace.matching.problems import names_of

FULL = 100
"""No proposal scores more points."""


def refusal_page(refusal: Match) -> dict[str, Any]:
    """The refusal, and its ground: computed where that takes no solver, else as it was kept."""
    run = refusal.run
    ground = None
    if run.policy == Policy.BEST:
        ground = Ground.objects.filter(run=run, proposal=refusal.proposal_id).first()
        facts = ground.facts if ground else {}
    else:
        problem, plan = problem_from_facts(run.inputs), plan_from_facts(run.result["plan"])
        facts = why_not(problem, plan, run.policy, refusal.proposal_id).as_facts()
    candidate = next(
        one for one in run.inputs["candidates"] if one["proposal"] == refusal.proposal_id
    )
    return {
        "refusal": refusal,
        "run": run,
        "proposal": refusal.proposal,
        "ground": ground,
        "fault": RunFault(ground.fault).label if ground and ground.fault else "",
        "asked_fen": candidate["asked"],
        "said": _said(refusal, facts, candidate) if facts else None,
    }


def _said(refusal: Match, facts: dict[str, Any], candidate: dict[str, Any]) -> dict[str, Any]:
    """The ground's numbers as people read them."""
    score = refusal.proposal.place.score
    needed = None
    if facts["value"] and candidate["value"]:
        needed = score * facts["value"] / candidate["value"]
    overtakes = None
    if facts["overtakes"]:
        overtakes = Proposal.objects.filter(pk=facts["overtakes"]).select_related("place").first()
    cheaper = facts["price"] if facts["price"] and facts["price"] < candidate["asked"] else None
    share = facts["lacks"] / candidate["value"] if facts["lacks"] and candidate["value"] else None
    return {
        "possible": facts["possible"],
        "exact": facts["exact"],
        "binds": _binds(refusal, facts["binds"]),
        "score": score,
        "lacks": share * score if share is not None else None,
        "needed": needed,
        "out_of_reach": needed is not None and needed > FULL,
        "price": yuan(cheaper) if cheaper else "",
        "overtakes": overtakes,
    }


def _binds(refusal: Match, binds: dict[str, Any]) -> str:
    """The limit that stands against it even if nobody else were there."""
    group = binds["group"]
    row = Match(
        run=refusal.run,
        reason=binds["reason"],
        have_fen=binds["have"],
        needed_fen=binds["needed"],
        group_name=str(names_of([group]).get(group, group)) if group else "",
        other=refusal.other,
        note=refusal.note,
    )
    return row.said(WHY_NOT | ALONE)
