"""What each category demands beyond the common parts of a proposal: one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Requirement:
    """One thing a category asks for."""

    key: str
    label: Any
    ask: Any
    kind: Literal["text", "lines", "number"] = "lines"
    names_somebody: bool = False
    """Does any honest answer say who bids? Judges who are not to know do not read it."""

    def missing_from(self, special: dict[str, Any]) -> bool:
        """Has nothing been said to it?"""
        value = special.get(self.key)
        return not value if self.kind == "number" else not str(value or "").strip()


REQUIREMENTS: dict[str, tuple[Requirement, ...]] = {
    "labour-competition": (
        Requirement(
            "enterprise",
            _("enterprise"),
            _("Name the enterprise in which the competition is held."),
            "text",
            names_somebody=True,
        ),
        Requirement(
            "agreed_items",
            _("agreed items"),
            _("List what enterprise, union and workers have agreed to compete in, one a line."),
        ),
    ),
    "funds-audit": (
        Requirement(
            "auditor_certificates",
            _("auditors' certificates"),
            _("List each auditor's certificate number, one a line."),
            names_somebody=True,
        ),
    ),
    "legal-aid": (
        Requirement(
            "lawyer_licences",
            _("lawyers' licences"),
            _("List each lawyer's licence number, one a line."),
            names_somebody=True,
        ),
    ),
    "union-building": (
        Requirement(
            "unions_founded",
            _("unions to be founded"),
            _("Say how many enterprise unions will be founded."),
            "number",
        ),
    ),
    "cultural-literacy": (
        Requirement(
            "teachers",
            _("teachers"),
            _("List each teacher with subject and qualification, one a line."),
            names_somebody=True,
        ),
    ),
    "life-care": (
        Requirement(
            "safety",
            _("safety of those served"),
            _("Say how those served are kept safe, and who is called in an emergency."),
        ),
    ),
    "comprehensive-service": (
        Requirement(
            "venue",
            _("place of service"),
            _("Say where the services are given and when the place is open."),
        ),
    ),
}
"""Category code → what it asks for; a category that is not named asks for nothing more."""


def requirements_of(category: str) -> tuple[Requirement, ...]:
    """What this category asks for beyond the common parts."""
    return REQUIREMENTS.get(category, ())
