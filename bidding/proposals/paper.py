"""Proposals on paper: the draft, exactly what was handed in, and the receipt."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bidding.needs.models import Need
from bidding.proposals.budget import totals_of
from bidding.proposals.content import Offer, partners_of
from bidding.proposals.models import BudgetGroup, Proposal, Source, Submission
from bidding.proposals.requirements import requirements_of
from foundation import clock
from foundation.documents.paper import typeset
from foundation.face.values import day_text, is_english, moment_text, own_words
from foundation.money import yuan
from foundation.organisations.models import District

PROPOSAL = Path(__file__).with_name("proposal.typ")
NOTHING = "—"


def proposal_pdf(proposal: Proposal, offer: Offer, submission: Submission | None = None) -> bytes:
    """The offer as a paper: of the draft as it is, or of an envelope with its receipt."""
    return typeset(PROPOSAL, facts_of(proposal, offer, submission))


def receipt_pdf(submission: Submission) -> bytes:
    """The receipt alone: number, time, fingerprint, whose and for which call; nothing of the offer,
    not even its title."""
    facts = _facts(submission.proposal, _("Receipt"), submission)
    facts["title"] = _("Receipt %(receipt)s") % {"receipt": submission.receipt}
    facts["note"] = _(
        "The fingerprint is of exactly what was handed in. Whoever has the number and the "
        "fingerprint can confirm this receipt on the page “Receipts”; it reveals nothing else."
    )
    return typeset(PROPOSAL, facts)


def facts_of(proposal: Proposal, offer: Offer, submission: Submission | None) -> dict[str, Any]:
    """What the paper says, as plain words."""
    kind = _("Proposal, as handed in") if submission else _("Proposal, the draft as it stands")
    facts = _facts(proposal, kind, submission)
    facts["title"] = offer["title"] or NOTHING
    facts["parts"] = [part for part in _parts(proposal, offer) if part]
    if submission:
        facts["note"] = _(
            "Printed from what the fingerprint covers: the file “exactly what was handed in”, not "
            "this paper."
        )
    else:
        facts["note"] = _(
            "This is the draft as it stands. Only an envelope with a receipt takes part."
        )
    return facts


def _facts(proposal: Proposal, kind: str, submission: Submission | None) -> dict[str, Any]:
    """What every paper begins and ends with."""
    call = proposal.call
    head = [
        (capfirst(_("call")), f"{own_words(call, 'title')} · {call.number}"),
        (capfirst(_("lot")), own_words(proposal.lot.category, "name")),
        (capfirst(_("organisation")), own_words(proposal.organisation, "name")),
        (capfirst(_("unified social credit code")), proposal.organisation.uscc or NOTHING),
    ]
    seal = []
    if submission:
        seal = [
            (capfirst(_("receipt number")), submission.receipt),
            (capfirst(_("handed in")), moment_text(submission.submitted_at)),
            ("SHA-256", submission.sha256),
        ]
    made = moment_text(clock.now())
    return {
        "lang": "en" if is_english() else "zh",
        "kind": kind,
        "head": head,
        "seal": seal,
        "parts": [],
        "foot": f"{submission.receipt} · {made}" if submission else f"{call.number} · {made}",
    }


def _parts(proposal: Proposal, offer: Offer) -> list[dict[str, Any] | None]:
    special = offer["special"]
    asked = requirements_of(proposal.lot.category_id)
    lawful = [(capfirst(str(row.label)), str(special.get(row.key) or NOTHING)) for row in asked]
    return [
        {"title": _("Title and summary"), "pairs": _basics(offer)},
        {"title": _("Needs and people"), "pairs": _people(offer)},
        _text(_("Goals and how they are measured"), offer["goals"]),
        _text(_("Activities"), offer["plan"]),
        _milestones(offer),
        _team(offer),
        _partners(offer),
        _budget(offer),
        {"title": _("What the category asks"), "pairs": lawful} if lawful else None,
        _text(_("Risks and what is done about them"), offer["risks"]),
        _text(_("What stays when the money ends"), offer["sustainability"]),
        _attachments(offer),
    ]


def _text(title: str, words: str) -> dict[str, Any]:
    return {"title": title, "text": words.splitlines() or [NOTHING]}


def _day(day: str | None) -> str:
    return day_text(dt.date.fromisoformat(day)) if day else NOTHING


def _basics(offer: Offer) -> list[tuple[str, str]]:
    return [
        (_("In a few words"), offer["summary"] or NOTHING),
        (capfirst(_("begins")), _day(offer["starts_on"])),
        (capfirst(_("ends")), _day(offer["ends_on"])),
    ]


def _people(offer: Offer) -> list[tuple[str, str]]:
    needs = Need.objects.filter(pk__in=offer["needs"]).order_by("pk")
    places = District.objects.filter(pk__in=offer["districts"])
    return [
        (
            capfirst(_("needs it answers")),
            "、".join(own_words(need, "title") for need in needs) or NOTHING,
        ),
        (capfirst(_("whom it serves")), offer["audience"] or NOTHING),
        (capfirst(_("how many people")), str(offer["headcount"] or NOTHING)),
        (capfirst(_("where")), "、".join(str(place) for place in places) or NOTHING),
    ]


def _table(
    title: str, columns: dict[str, str], rows: list[list[str]], foot: Any = ()
) -> dict[str, Any]:
    """A table with these columns: heading → wide, plain or number."""
    return {
        "title": title,
        "header": list(columns),
        "columns": list(columns.values()),
        "table": rows or [[NOTHING] * len(columns)],
        "foot": list(foot),
    }


def _milestones(offer: Offer) -> dict[str, Any]:
    columns = {
        _("To be done by"): "plain",
        _("Milestone"): "wide",
        _("How one sees it is done"): "wide",
    }
    rows = [[_day(row["due_on"]), row["title"], row["measure"]] for row in offer["milestones"]]
    return _table(_("Milestones"), columns, rows)


def _team(offer: Offer) -> dict[str, Any]:
    columns = {
        pgettext("person", "Name"): "plain",
        _("Duty"): "wide",
        _("Certificate"): "wide",
    }
    rows = [[row["name"], row["duty"], row["certificate"] or NOTHING] for row in offer["team"]]
    return _table(_("Team"), columns, rows)


def _partners(offer: Offer) -> dict[str, Any] | None:
    columns = {
        capfirst(_("organisation")): "wide",
        capfirst(_("what it does in the project")): "wide",
    }
    rows = [[row["name"], row["task"]] for row in partners_of(offer)]
    return _table(_("Partners"), columns, rows) if rows else None


def _budget(offer: Offer) -> dict[str, Any]:
    columns = {
        _("Item"): "wide",
        _("Group"): "plain",
        _("Paid from"): "plain",
        _("Quantity"): "number",
        _("Price of one"): "number",
        _("Amount"): "number",
    }
    lines = [
        SimpleNamespace(**row, amount_fen=row["quantity"] * row["unit_price_fen"])
        for row in offer["budget"]
    ]
    rows = [
        [
            line.item,
            str(BudgetGroup(line.group).label),
            str(Source(line.source).label),
            f"{line.quantity} {line.unit}",
            yuan(line.unit_price_fen),
            yuan(line.amount_fen),
        ]
        for line in lines
    ]
    sums = totals_of(lines)
    least = yuan(offer["least_fen"]) if offer["least_fen"] else _("all of it")
    foot = [
        (capfirst(_("asked for")), yuan(sums.asked_fen)),
        (capfirst(_("of it from buyers")), yuan(sums.buyer_fen)),
        (capfirst(_("own money")), yuan(sums.own_fen)),
        (capfirst(_("whole budget")), yuan(sums.total_fen)),
        (capfirst(_("least acceptable")), least),
    ]
    return _table(_("Budget"), columns, rows, foot)


def _attachments(offer: Offer) -> dict[str, Any] | None:
    if not offer["attachments"]:
        return None
    columns = {capfirst(_("what it is")): "plain", f"{capfirst(_('file'))} · SHA-256": "wide"}
    rows = [[row["label"], f"{row['name']}\n{row['sha256']}"] for row in offer["attachments"]]
    return _table(_("Attachments"), columns, rows)
