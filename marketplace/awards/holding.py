"""Does a plan still hold? Asked while everything it counts on is locked, before money moves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.money import yuan
from foundation.seals.chain import sha256_of
from marketplace.matching.allocation import plan_from_facts, problem_as_facts, problem_from_facts
from marketplace.matching.checker import faults, missed
from marketplace.matching.models import AllocationRun
from marketplace.matching.problems import names_of, stated_anew


def refuse_if_changed(run: AllocationRun) -> None:
    """Refuse a plan that was made from facts which are no longer so, and say which."""
    now = problem_as_facts(stated_anew(run))
    if sha256_of(now) == run.sha256:
        return
    promised, was_promised = (
        {promise["pledge"] for c in facts["candidates"] for promise in c["promises"]}
        for facts in (now, run.inputs)
    )
    if was_promised - promised:
        sentence = _("A promise this plan counts on was taken back since. Compute it again.")
    elif promised - was_promised:
        sentence = _("A promise was made since this plan was computed. Compute it again.")
    elif now["pockets"] != run.inputs["pockets"]:
        sentence = _("Money moved since this plan was computed. Compute it again.")
    else:
        sentence = _(
            "The ranking or the lots changed since this plan was computed. Compute it again."
        )
    raise DomainError(sentence)


def refuse_if_faulty(run: AllocationRun) -> None:
    """Every constraint is recomputed once more before money moves; floors have to be reached."""
    problem, plan = problem_from_facts(run.inputs), plan_from_facts(run.result["plan"])
    rows = run.matches.filter(amount_fen__gt=0)
    lines = {(row.proposal_id, row.pocket, row.pledge_id, row.amount_fen) for row in rows}
    kept = {(line.proposal, line.pocket, line.pledge, line.amount) for line in plan.lines}
    if lines != kept or faults(problem, plan):
        raise DomainError(_("This plan does not hold. Compute it again."))
    short = missed(problem, plan)
    if short:
        name = names_of([short[0].group]).get(short[0].group, short[0].group)
        raise DomainError(
            _(
                "“%(group)s” gets %(gets)s, less than its floor of %(floor)s. Change the plan, or "
                "compute it with another floor."
            )
            % {"group": name, "gets": yuan(short[0].gets), "floor": yuan(short[0].floor)}
        )
