"""The rule set a new call begins with: data for each kind, which an officer may change."""

from __future__ import annotations

from dataclasses import dataclass

SHORTEST_WINDOW_DAYS = 20
"""Days from opening to closing at least."""

AMEND_DAYS = 15
"""Documents change only so many days before the closing, or the closing moves."""

SHORTEST_NOTICE_DAYS = 3
"""Working days a notice period has at least."""

WEIGHTS_SUM = 100


@dataclass(frozen=True)
class RuleSet:
    """What a kind of call asks for when nobody says otherwise."""

    panel_size: int
    smallest_panel: int
    least_proposals: int
    window_days: int = 30
    questions_days: int = 7
    notice_days: int = 5
    answer_days: int = 7
    cure_days: int = 3
    aggregation: str = "trimmed"
    management_cap_percent: int = 10

    def facts(self) -> dict[str, int | str]:
        """The columns of a call that the rule set fills."""
        return {
            "panel_size": self.panel_size,
            "notice_days": self.notice_days,
            "answer_days": self.answer_days,
            "cure_days": self.cure_days,
            "aggregation": self.aggregation,
            "management_cap_percent": self.management_cap_percent,
        }


RULE_SETS: dict[str, RuleSet] = {
    "contest": RuleSet(panel_size=3, smallest_panel=3, least_proposals=1),
    "procurement": RuleSet(panel_size=5, smallest_panel=5, least_proposals=3),
}

CRITERIA: tuple[tuple[str, str, str, int], ...] = (
    ("需求契合", "Fit to needs", "项目回应了哪些职工需求，对象和人数是否清楚。", 25),
    ("方案可行", "Soundness of the plan", "活动安排、进度和风险应对是否具体可行。", 25),
    ("团队能力", "Team", "团队的资质、经验和分工。", 20),
    ("预算合理", "Budget", "预算是否真实、合理，每一分钱用在何处。", 15),
    ("成效与持续", "Effect and what stays", "成效如何衡量，资助结束后留下什么。", 15),
)
"""Criteria a new call begins with: name, in English, what it asks, weight."""
