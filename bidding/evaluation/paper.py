"""A proposal's score sheet on paper: what each judge gave and wrote, by number and not by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from foundation import clock
from foundation.documents.paper import typeset
from foundation.face.values import is_english, moment_text, own_words
from foundation.money import yuan

TEMPLATE = Path(__file__).with_name("score_sheet.typ")


def score_sheet_pdf(result: dict[str, Any]) -> bytes:
    """The result page's facts as a PDF."""
    return typeset(TEMPLATE, facts_of(result))


def _price(price: dict[str, Any]) -> list[str]:
    """Own price, the lowest of the lot, points, weight; nothing where it was not scored."""
    if not price:
        return []
    return [
        yuan(price["own_fen"]),
        yuan(price["lowest_fen"]),
        price["points"],
        str(price["weight"]),
    ]


def facts_of(result: dict[str, Any]) -> dict[str, Any]:
    """What the paper says, as plain words."""
    proposal, place = result["proposal"], result["place"]
    return {
        "lang": "en" if is_english() else "zh",
        "call": own_words(proposal.call, "title"),
        "number": f"{proposal.call.number} · {proposal.serial}",
        "title": proposal.title,
        "organisation": proposal.organisation.name,
        "rank": str(result["rank"] or "—"),
        "score": result["score"] or "—",
        "judges": [str(judge) for judge in result["judges"]],
        "rows": [
            [own_words(row["criterion"], "name"), str(row["criterion"].weight), *row["points"]]
            for row in result["table"]
        ],
        "totals": result["totals"],
        "full": str(result["full"]),
        "price": _price(result["price"]),
        "comments": [[str(judge), words] for judge, words in result["comments"]],
        "minutes": [
            [str(judge), words] for judge, words in result["discussion"].get("minutes", [])
        ],
        "revisions": [
            [f"{row['judge']}", row["criterion"], row["before"], row["after"], row["reason"]]
            for row in result["discussion"].get("revisions", [])
        ],
        "departures": [
            {"from": row.from_rank, "to": row.to_rank, "reason": row.reason}
            for row in result["departures"]
        ],
        "sha256": place.ranking.sha256 if place else "",
        "made": moment_text(clock.now()),
    }
