"""Differences in words: what differs, what to do about it, and where."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from marketplace.reconciliation.models import Difference

THINGS: dict[str, Any] = {
    "payments": gettext_lazy("payments of unions"),
    "refunds": gettext_lazy("refunds"),
    "failed_refunds": gettext_lazy("refunds that failed"),
    "disputes": gettext_lazy("disputed money taken"),
    "reinstated": gettext_lazy("disputed money returned"),
    "transfers": gettext_lazy("transfers to organisations"),
    "transfer_reversals": gettext_lazy("transfers taken back"),
    "fees": gettext_lazy("fees Stripe kept"),
    "passed": gettext_lazy("moved between Stripe and our bank"),
    "payouts": gettext_lazy("payments to organisations"),
    "returns": gettext_lazy("payments come back"),
    "parts": gettext_lazy("parts of payments come back"),
    "deposits": gettext_lazy("deposits of unions"),
    "bank_refunds": gettext_lazy("refunds to unions"),
    "doubtful": gettext_lazy("lines nobody has decided about"),
    "elsewhere": gettext_lazy("lines that concern nobody here"),
    "payable": gettext_lazy("owed to organisations"),
    "payout": gettext_lazy("paid to organisations"),
    "deposit": gettext_lazy("unions’ own money that crossed the border"),
}
"""What is compared, by the name the run keeps."""

KINDS: dict[str, tuple[Any, Any]] = {
    "missing_here": (
        gettext_lazy("Stripe moved money we know nothing of: %(number)s (%(thing)s)"),
        gettext_lazy(
            "Look at Stripe’s news: what could not be worked off waits there. A payment that is "
            "no union’s is explained here."
        ),
    ),
    "missing_there": (
        gettext_lazy("Stripe knows nothing of %(number)s (%(thing)s)"),
        gettext_lazy(
            "The book holds money Stripe never moved. Ask Stripe; a deposit nobody paid has to be"
            " given back in the book."
        ),
    ),
    "amount_differs": (
        gettext_lazy("Another amount at Stripe than here: %(number)s (%(thing)s)"),
        gettext_lazy(
            "Compare the payment at Stripe’s own pages with ours, and put the wrong one right."
        ),
    ),
    "state_differs": (
        gettext_lazy("Stripe moved the money, we hold it for not moved: %(number)s (%(thing)s)"),
        gettext_lazy(
            "The news of it is missing or was set aside. Try it again among Stripe’s news."
        ),
    ),
    "foreign_currency": (
        gettext_lazy("Paid in %(currency)s, not in yuan: %(number)s"),
        gettext_lazy("The book holds yuan only. Give it back at Stripe’s own pages."),
    ),
    "unknown_movement": (
        gettext_lazy("Stripe moved money in a way nobody here knows: %(thing)s %(number)s"),
        gettext_lazy("Look at it at Stripe’s own pages and explain it here."),
    ),
    "event_stuck": (
        gettext_lazy("What Stripe told could not be worked off: %(event)s"),
        gettext_lazy("Try it again, or set it aside with a note."),
    ),
    "unreachable": (
        gettext_lazy("Stripe could not be asked: %(why)s"),
        gettext_lazy(
            "It is asked again with the next comparison. If this stays, look at the key in the "
            "settings."
        ),
    ),
    "not_sent": (
        gettext_lazy("A refund has not reached Stripe"),
        gettext_lazy(
            "The union’s money has left the book. Look at what is overdue; ask whoever runs the "
            "platform."
        ),
    ),
    "unseen_payout": (
        gettext_lazy("No statement shows payment %(number)s"),
        gettext_lazy(
            "Ask the bank. If it never went out or came back, enter that it came back: it is owed"
            " again."
        ),
    ),
    "unseen_return": (
        gettext_lazy("No statement shows that payment %(number)s came back"),
        gettext_lazy("Ask the bank; when the money comes, say on its line which payment it is."),
    ),
    "other_account": (
        gettext_lazy("Payment %(number)s left from account …%(theirs)s; its batch says …%(ours)s"),
        gettext_lazy(
            "Ask whoever handed the file to the bank. The payment stands; explain here why it left "
            "from there, and move the money between the two accounts if it has to be."
        ),
    ),
    "unseen_deposit": (
        gettext_lazy("No statement shows the deposit entered by hand as %(number)s"),
        gettext_lazy(
            "Compare the reference with the bank’s; a deposit that never came has to be given "
            "back in the book."
        ),
    ),
    "unseen_refund": (
        gettext_lazy("No statement shows the refund %(number)s"),
        gettext_lazy("Say on the statement’s line which refund it is, or ask the bank."),
    ),
    "unsent_refund": (
        gettext_lazy("A union waits for its refund"),
        gettext_lazy(
            "Pay it from the bank and enter the bank’s reference, or enter that it failed."
        ),
    ),
    "unmatched_line": (
        gettext_lazy("Nobody has said what line %(number)s of the statement is: %(who)s %(memo)s"),
        gettext_lazy("Say whose money it is, which payment, or set it aside."),
    ),
    "paid_though_failed": (
        gettext_lazy("The bank paid %(number)s, which we hold for failed"),
        gettext_lazy("It may be paid twice. Say which payment the line is, and stop a second one."),
    ),
    "broken_statement": (
        gettext_lazy("A statement’s balances do not follow from its rows (row %(row)s)"),
        gettext_lazy(
            "A row is missing or was changed. Export the same days anew and read them in."
        ),
    ),
    "balance_differs": (
        gettext_lazy("The bank’s balance is not what its lines since %(first)s add up to"),
        gettext_lazy(
            "Rows are missing between two statements, or were refused. Export the whole time anew"
            " and read it in."
        ),
    ),
    "statement_late": (
        gettext_lazy("Payments have moved since the last statement was read in"),
        gettext_lazy("Export the account’s statement up to today and read it in."),
    ),
    "book_differs": (
        gettext_lazy("Our rows and the book differ: %(number)s (%(thing)s)"),
        gettext_lazy(
            "This must never be. Tell whoever runs the platform, and the auditor, at once."
        ),
    ),
}
"""{kind: (what differs, what to do)}."""


def sentence(difference: Difference) -> str:
    """What differs, in words."""
    template = KINDS[difference.kind][0] if difference.kind in KINDS else difference.key
    unsaid = dict.fromkeys(("number", "thing", "who", "memo", "why", "ours", "theirs"), "")
    facts = {**unsaid, **difference.facts}
    facts["thing"] = THINGS.get(str(facts["thing"]), facts["thing"])
    return str(template) % facts


def advice(difference: Difference) -> str:
    """What to do about it."""
    return str(KINDS[difference.kind][1]) if difference.kind in KINDS else ""


PAGES: dict[str, tuple[str, Any]] = {
    "marketplace.statementline": ("payments:line", gettext_lazy("The line of the statement")),
    "marketplace.statement": ("payments:statement", gettext_lazy("The statement")),
    "marketplace.stripeevent": ("payments:event", gettext_lazy("What Stripe told")),
    "marketplace.payable": ("payments:payable", gettext_lazy("What is owed again")),
    "marketplace.deposit": ("payments:deposit", gettext_lazy("The deposit")),
}
FACTS: dict[str, tuple[str, Any]] = {
    "batch": ("payments:batch", gettext_lazy("The batch")),
    "deposit": ("payments:deposit", gettext_lazy("The deposit")),
}
LISTS: dict[str, tuple[str, Any]] = {
    "stripe": ("payments:events", gettext_lazy("Stripe’s news")),
    "bank": ("payments:lines", gettext_lazy("Bank statements")),
    "book": ("ledger:desk", gettext_lazy("The book")),
}


def place(difference: Difference) -> tuple[str, str]:
    """(address, label) of where it can be put right: what it is about, or the list it is of."""
    name, label = PAGES.get(difference.about_type, ("", ""))
    if name:
        return reverse(name, args=[difference.about_id]), str(label)
    for fact, (page, words) in FACTS.items():
        if difference.facts.get(fact):
            return reverse(page, args=[difference.facts[fact]]), str(words)
    name, label = LISTS[difference.side]
    return reverse(name), str(label)
