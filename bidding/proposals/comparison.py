"""Two states of an offer beside each other, section by section, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bidding.needs.models import Need
from bidding.proposals.content import DATES, ROWS, Offer, partners_of
from bidding.proposals.differences import pieces
from bidding.proposals.models import BudgetGroup, Proposal, Source
from bidding.proposals.requirements import requirements_of
from bidding.proposals.sections import FIELDS, Section
from foundation.money import yuan
from foundation.organisations.models import District

HELD: dict[str, tuple[str, ...]] = {
    **FIELDS,
    Section.PARTNERS: ("partners",),
    Section.ATTACHMENTS: ("attachments",),
}
OWN_ROWS = {"attachments": ("label", "name"), "partners": ("name", "task")}
"""Rows that operations of their own write, and what is shown of each."""
MARKS = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
Names = Mapping[str, Mapping[int, str]]


class Change(NamedTuple):
    """One thing the offer says, before and after."""

    label: Any
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Does it say something else now?"""
        return self.before != self.after

    @property
    def marked(self) -> SafeString:
        """Both in one, what is gone and what is new marked as such."""
        found = pieces(self.before, self.after)
        return format_html_join(
            "", "{}", ((format_html(MARKS[one.kind], one.text),) for one in found)
        )


def compare(
    before: Offer, after: Offer, sections: Collection[str] = tuple(HELD)
) -> list[tuple[Section, list[Change]]]:
    """Each section with everything it says in either."""
    names = _names(before, after)
    found = []
    for name in sections:
        changes = [
            Change(_label(field), _said(field, before, names), _said(field, after, names))
            for field in HELD[name]
        ]
        found.append((Section(name), changes))
    return found


def _names(*offers: Offer) -> Names:
    """What the needs and districts of these offers are called."""
    models: dict[str, Any] = {"needs": Need, "districts": District}
    return {
        field: {
            row.pk: str(row)
            for row in model.objects.filter(pk__in={pk for one in offers for pk in one[field]})
        }
        for field, model in models.items()
    }


def _label(field: str) -> Any:
    tables = {name: Section(name).label for name in (*ROWS, *OWN_ROWS)}
    return tables.get(field) or Proposal._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # a field of our own


def _said(field: str, offer: Offer, names: Names) -> str:
    """What the offer says there, as one text; rows are a line each."""
    value: Any = partners_of(offer) if field == "partners" else offer[field]
    if field in names:
        return "\n".join(names[field].get(pk, f"#{pk}") for pk in value)
    if field in ROWS or field in OWN_ROWS:
        return "\n".join(_row(field, row) for row in value)
    if field == "special":
        return _special(offer)
    if field in DATES:
        return _day(value)
    if field == "least_fen":
        return yuan(value) if value else ""
    return "" if value is None else str(value)


def _row(table: str, row: Mapping[str, Any]) -> str:
    if table == "budget":
        price, quantity = row["unit_price_fen"], row["quantity"]
        return " · ".join(
            (
                row["item"],
                f"{quantity} {row['unit']} × {yuan(price)} = {yuan(quantity * price)}",
                str(BudgetGroup(row["group"]).label),
                str(Source(row["source"]).label),
            )
        )
    if table == "milestones":
        return f"{_day(row['due_on'])} · {row['title']} · {row['measure']}"
    shown = OWN_ROWS[table] if table in OWN_ROWS else ROWS[table][1]
    return " · ".join(row[name] for name in shown if row[name])


def _special(offer: Offer) -> str:
    lines = [
        f"{requirement.label}: {offer['special'][requirement.key]}"
        for requirement in requirements_of(offer["category"])
        if offer["special"].get(requirement.key)
    ]
    return "\n".join(lines)


def _day(value: str | None) -> str:
    return date_format(dt.date.fromisoformat(value), "DATE_FORMAT") if value else ""
