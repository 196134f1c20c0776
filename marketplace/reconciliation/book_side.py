"""Our rows against the accounts at the border of the book, which only promise what moved."""

from __future__ import annotations

from marketplace.payments.book_checks import comparisons
from marketplace.reconciliation.findings import Compared, Found, sums_of
from marketplace.reconciliation.models import Side


def compare_book() -> Compared:
    """Payables, payouts and deposits, each sort against its accounts, fund by fund."""
    compared = Compared(Side.BOOK)
    for what, ours, book in comparisons():
        sums = sums_of(what, filter(None, ours.values()), filter(None, book.values()))
        compared.sums.append(sums)
        for code in sorted({*ours, *book}):
            if ours.get(code, 0) != book.get(code, 0):
                compared.found.append(
                    Found(
                        f"book:{what}:{code}",
                        "book_differs",
                        ours_fen=ours.get(code, 0),
                        theirs_fen=book.get(code, 0),
                        facts={"thing": what, "number": code},
                    )
                )
    return compared
