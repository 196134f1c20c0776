"""What of an earlier proposal a new draft begins with, and in words what it does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bidding.calls.models import Lot
from bidding.proposals.content import (
    CHOSEN,
    COLUMNS,
    DATES,
    ROWS,
    Offer,
    content_of,
    empty_offer,
    partners_of,
)
from bidding.proposals.drafts import Origin, open_draft
from bidding.proposals.models import Proposal
from bidding.proposals.requirements import REQUIREMENTS, requirements_of
from bidding.proposals.sections import FIELDS
from foundation.errors import DomainError
from foundation.organisations.models import Organisation


def begun_with(
    title: str, lot: Lot, organisation: Organisation, earlier: Proposal | None
) -> tuple[Offer, Origin | None]:
    """(what the draft begins with, where it is from and what was left out): empty, or an earlier
    proposal of the same organisation, opened or still its own."""
    if earlier is None:
        return empty_offer(title), None
    if earlier.organisation_id != organisation.pk:
        raise DomainError(_("That proposal is another organisation's."), field="earlier")
    was = content_of(open_draft(earlier))
    offer, left_out = carried(
        was,
        needs=set(lot.call.needs.values_list("pk", flat=True)),
        special={row.key for row in requirements_of(lot.category_id)},
        days=max(0, (lot.call.closes_at - earlier.call.closes_at).days),
    )
    origin: Origin = {
        "title": was["title"],
        "call": earlier.call.number,
        "proposal": earlier.pk,
        "left_out": left_out,
    }
    return {**offer, "title": title}, origin


def carried(
    was: Offer, *, needs: Collection[int], special: Collection[str], days: int
) -> tuple[Offer, list[dict[str, Any]]]:
    """(the offer anew, what became of the rest) for a call with these needs, in a category that
    asks these things, and that closes so many days later: everything planned moves as far."""
    offer = empty_offer("") | {name: was[name] for name in (*COLUMNS, *CHOSEN, *ROWS)}
    offer["needs"] = [pk for pk in was["needs"] if pk in needs]
    offer["special"] = {key: value for key, value in was["special"].items() if key in special}
    for name in DATES:
        offer[name] = _later(was[name], days)
    offer["milestones"] = [
        {**row, "due_on": _later(row["due_on"], days)} for row in was["milestones"]
    ]
    facts: list[dict[str, Any]] = []
    if gone := len(was["needs"]) - len(offer["needs"]):
        facts.append({"what": "needs", "n": gone})
    dropped = [key for key, value in was["special"].items() if value and key not in special]
    if dropped:
        facts.append({"what": "special", "keys": dropped})
    if was["attachments"]:
        named = [row["label"] or row["name"] for row in was["attachments"]]
        facts.append({"what": "attachments", "named": named})
    if partners := partners_of(was):
        facts.append({"what": "partners", "named": [row["name"] for row in partners]})
    if days and (any(was[name] for name in DATES) or was["milestones"]):
        facts.append({"what": "moved", "n": days})
    return offer, facts


def _later(day: str | None, days: int) -> str | None:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat() if day else day


def sections_of(offer: Offer) -> dict[str, int]:
    """The sections something stands in, as a draft that was just begun counts its revisions."""
    return {section: 1 for section, names in FIELDS.items() if any(offer[name] for name in names)}


def sentences_of(origin: Origin) -> list[str]:
    """What was left out or changed, in words."""
    return [_said(fact) for fact in origin["left_out"]]


def _said(fact: dict[str, Any]) -> str:
    match fact["what"]:
        case "needs":
            said = ngettext(
                "%(n)d need is left out: this call does not ask for it.",
                "%(n)d needs are left out: this call does not ask for them.",
                fact["n"],
            )
        case "special":
            labels = {row.key: str(row.label) for rows in REQUIREMENTS.values() for row in rows}
            fact = {"named": "、".join(labels.get(key, key) for key in fact["keys"])}
            said = _("Left out, as this category does not ask for it: %(named)s.")
        case "attachments":
            fact = {"named": "、".join(fact["named"])}
            said = _("Attachments are left out; attach them as they are now: %(named)s.")
        case "partners":
            fact = {"named": "、".join(fact["named"])}
            said = _("Partners are left out; ask them for this proposal: %(named)s.")
        case _:
            said = ngettext(
                "Period and milestones were moved %(n)d day on, as far as this call closes later.",
                "Period and milestones were moved %(n)d days on, as far as this call closes later.",
                fact["n"],
            )
    return said % fact
