"""A comparison's result as its page shows it: each side in words, with its sums."""

from __future__ import annotations

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from marketplace.reconciliation.models import Reconciliation, Side
from marketplace.reconciliation.words import THINGS

NOTES: dict[str, Any] = {
    "unset": _("Stripe is not set up here: nothing was compared with it."),
    "unreachable": _("Stripe could not be asked. What was open before stays open."),
    "no_statement": _("No statement of the bank has been read in yet."),
    "no_balance": _("The statements state no balances, so only their lines were compared."),
}
ONE_SIDED = frozenset({"fees", "passed", "doubtful", "elsewhere"})
"""What only the outside has: no difference, but good to know."""


def said_sides(run: Reconciliation | None) -> list[dict[str, Any]]:
    """Each side: its name, its days, what was counted, whether it agrees, and a note."""
    kept = (run.results if run else {}).get("sides", [])
    return [
        {
            **side,
            "label": Side(side["side"]).label,
            "note": NOTES.get(side["note"], ""),
            "since": side["since"] and parse_date(side["since"]),
            "until": side["until"] and parse_date(side["until"]),
            "sums": [
                {
                    **row,
                    "label": THINGS.get(row["what"], row["what"]),
                    "one_sided": row["what"] in ONE_SIDED,
                    "agree": (row["ours"], row["ours_fen"]) == (row["theirs"], row["theirs_fen"]),
                }
                for row in side["sums"]
                if row["ours"] or row["theirs"]
            ],
            "balance": _two_sides(side["balance"]),
        }
        for side in kept
    ]


def _two_sides(fen: dict[str, int]) -> dict[str, int]:
    """The two balances, each with what only the other side knows; then they are equal."""
    if not fen:
        return {}
    bank = fen["bank"] + fen["ours_in"] - fen["ours_out"]
    ours = fen["ours"] + fen["bank_in"] - fen["bank_out"]
    return {**fen, "bank_then": bank, "ours_then": ours, "gap": bank - ours}
