"""Computing a sharing, or an answer to “why not me?”, from plain facts: what a run keeps.

Pure, and a program of its own: `python -m marketplace.matching.solving < asked.json` reads what is
asked as JSON, tells how far it is on lines of its own, and ends with a line of what came out. The
platform starts it as a child process; anybody may run it on a published file (docs/allocation.md).
"""

from __future__ import annotations

import json
import platform
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from marketplace.matching import shares, turns
from marketplace.matching.allocation import (
    BEST,
    BY_HAND,
    EQUAL_SHARES,
    RULES,
    Plan,
    Problem,
    plan_as_facts,
    plan_from_facts,
    problem_from_facts,
    worth,
)
from marketplace.matching.checker import faults, missed
from marketplace.matching.grounds import blocking_pairs, why_not


def compute(
    problem: Problem, policy: str, *, seed: int = 1, tell: Any = lambda _share, _what: None
) -> dict[str, Any]:
    """The sharing by a policy with everything that is kept of it, as plain facts."""
    if policy != BEST:
        plan = (
            shares.allocate(problem) if policy == EQUAL_SHARES else turns.allocate(problem, policy)
        )
        return outcome(problem, plan, policy, seed=seed)
    from marketplace.matching.optimum import allocate  # SciPy: only where it is needed

    found = allocate(problem, seed=seed, tell=tell)
    search = {
        "bound": found.bound,
        "gap": found.gap,
        "nodes": found.nodes,
        "cut_short": found.cut_short,
        "greedy": float(found.greedy),
        "unreachable": [asdict(one) for one in found.unreachable],
    }
    versions = {"scipy": version("scipy"), "numpy": version("numpy")}
    return outcome(problem, found.plan, policy, seed=seed, search=search, versions=versions)


def outcome(
    problem: Problem,
    plan: Plan | None,
    policy: str,
    *,
    seed: int = 1,
    search: Mapping[str, Any] | None = None,
    versions: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What is kept of a plan: itself, its worth, the checker's verdict, who would rather."""
    facts: dict[str, Any] = {
        "policy": policy,
        "chance": seed,
        "search": dict(search) if search else None,
        "versions": {"rules": RULES, "python": platform.python_version(), **(versions or {})},
        "plan": None,
    }
    if plan is None:
        return facts
    return facts | {
        "plan": plan_as_facts(plan),
        "worth": float(worth(problem, plan)),
        "faults": faults(problem, plan, "" if policy == BY_HAND else policy),
        "missed": [asdict(one) for one in missed(problem, plan)],
        "pairs": [asdict(one) for one in blocking_pairs(problem, plan)],
    }


def answer(asked: Mapping[str, Any], tell: Any) -> dict[str, Any]:
    """What is asked: a sharing, or why one proposal was refused in one (`proposal`, `plan`)."""
    problem = problem_from_facts(asked["problem"])
    if "proposal" not in asked:
        return compute(problem, asked["policy"], seed=asked.get("chance", 1), tell=tell)
    plan = plan_from_facts(asked["plan"])
    return why_not(problem, plan, asked["policy"], asked["proposal"]).as_facts()


def main() -> None:
    """Read what is asked, say how far it is, and what came out."""
    asked = json.load(sys.stdin)
    most = asked.get("memory_bytes")
    if most:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    def tell(share: int, what: str) -> None:
        print(json.dumps({"share": share, "what": what}), flush=True)

    try:
        print(json.dumps({"out": answer(asked, tell)}), flush=True)
    except MemoryError:
        print(json.dumps({"fault": "memory"}), flush=True)


if __name__ == "__main__":
    main()
