"""What every call has, and the criteria a new one begins with; its rules are in the rulebook."""

from __future__ import annotations

WEIGHTS_SUM = 100
"""What the weights of a call sum to: they are percentages."""

BUDGET = ("预算合理", "Budget", "预算是否真实、合理，每一分钱用在何处。", 15)
CRITERIA: tuple[tuple[str, str, str, int], ...] = (
    ("需求契合", "Fit to needs", "项目回应了哪些职工需求，对象和人数是否清楚。", 25),
    ("方案可行", "Soundness of the plan", "活动安排、进度和风险应对是否具体可行。", 25),
    ("团队能力", "Team", "团队的资质、经验和分工。", 20),
    BUDGET,
    ("成效与持续", "Effect and what stays", "成效如何衡量，资助结束后留下什么。", 15),
)
"""Criteria a new contest begins with: name, in English, what it asks, weight."""

PRICE = ("价格", "Price")
"""In a procurement the price takes the place of what judges think of the budget."""
