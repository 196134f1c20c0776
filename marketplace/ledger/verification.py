"""Proving the books: every sum recomputed from its transfers, every promise compared.

A room above the ledger that holds a truth of its own about money (a payable, an award, an
agreement) states it in its `book_checks.py` as `faults() -> list[str]`; it is found by name.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, Subquery, Sum

from foundation import clock
from marketplace.ledger import accounts
from marketplace.ledger.events import digest_of
from marketplace.ledger.guards import BOOK
from marketplace.ledger.models import Account, Journal, Period, Transfer, Verification

log = logging.getLogger(__name__)

ROOMS_WITH_TRUTHS = ("payments", "matching", "awards", "agreements", "delivery")
"""Rooms above, by name: the ledger does not know them."""


def check_everything() -> Verification:
    """Run every check over one moment of the books and keep what came out."""
    faults = verify_books()
    verification = Verification.objects.create(
        checked_at=clock.now(),
        transfers=Transfer.objects.count(),
        accounts=Account.objects.count(),
        faults=faults,
    )
    for fault in faults:
        log.error("the books differ: %s", fault)
    return verification


def own_faults() -> list[str]:
    """What is wrong within the book itself, whatever the rooms above say."""
    return [
        *(f"the book lacks its law {name}" for name in BOOK.missing(connection)),
        *_sums(),
        *_zero(),
        *_orphans(),
        *_carried(),
        *_periods(),
        *_chart(),
        *_contents(),
    ]


def verify_books() -> list[str]:
    """What is wrong with the books, a sentence each; an empty list when nothing is."""
    faults = own_faults()
    for room in ROOMS_WITH_TRUTHS:
        name = f"marketplace.{room}.book_checks"
        if find_spec(name):
            faults += import_module(name).faults()
    return faults


@contextmanager
def one_moment() -> Iterator[None]:
    """Let every check read the same moment while others post (a transaction's first words).

    The book's own checks are one statement each and need no such thing; comparing promises of
    other rooms with accounts takes several.
    """
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # no ORM word for it: one snapshot for the whole transaction
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


_DIFFERING = """
SELECT a.code, a.debits, a.credits, coalesce(o.fen, 0), coalesce(i.fen, 0), a.no_overdraft,
    a.place
FROM marketplace_account a
LEFT JOIN (SELECT debit_id, sum(amount_fen) AS fen FROM marketplace_transfer GROUP BY debit_id) o
    ON o.debit_id = a.id
LEFT JOIN (SELECT credit_id, sum(amount_fen) AS fen FROM marketplace_transfer GROUP BY credit_id) i
    ON i.credit_id = a.id
WHERE a.debits <> coalesce(o.fen, 0) OR a.credits <> coalesce(i.fen, 0)
    OR (a.no_overdraft AND a.debits > a.credits)
    OR (a.place = 'shortfall' AND a.credits > a.debits)
ORDER BY a.code
"""


def _sums() -> Iterator[str]:
    """Each account's stored sums against its transfers, and no overdraft."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING)  # raw: both sides of every account in one statement, one moment
        rows = cursor.fetchall()
    for code, debits, credits_, out, came, no_overdraft, place in rows:
        if (debits, credits_) != (out, came):
            yield (
                f"{code}: stored {credits_} in and {debits} out, its transfers say {came} and {out}"
            )
        if no_overdraft and debits > credits_:
            yield f"{code}: below zero by {debits - credits_} fen"
        if place == accounts.SHORTFALL and credits_ > debits:
            yield f"{code}: above zero by {credits_ - debits} fen"


def _zero() -> Iterator[str]:
    """All accounts together are worth nothing: money only moved."""
    for row in Account.objects.values("currency").annotate(out=Sum("debits"), came=Sum("credits")):
        if row["out"] != row["came"]:
            yield f"{row['currency']}: {row['came']} came in, {row['out']} went out"


def _orphans() -> Iterator[str]:
    """No journal without transfers, no transfer whose two sides do not belong together."""
    for key in Journal.objects.filter(transfers=None).values_list("key", flat=True):
        yield f"journal {key}: no transfer"
    mixed = Transfer.objects.exclude(debit__currency=F("credit__currency"))
    for pk in mixed.values_list("pk", flat=True):
        yield f"transfer {pk}: two currencies"
    strays = Account.objects.filter(pocket__isnull=False).filter(
        ~Q(pocket__fund=F("fund")) | ~Q(pocket__place__in=sorted(accounts.POCKETS))
    )
    for code in strays.values_list("code", flat=True):
        yield f"{code}: its pocket is not one of its fund"


def _carried() -> Iterator[str]:
    """What one fund handed on to another is what that one has from it."""
    held: dict[tuple[str, str], int] = {}
    rows = Account.objects.filter(place=accounts.CARRIED)
    for code, came, out in rows.values_list("code", "credits", "debits"):
        try:
            named = accounts.read(code)
        except ValueError:
            continue  # _chart says so
        held[named.fund, named.other or ""] = came - out
    for (fund, other), fen in sorted(held.items()):
        if fund < other or (other, fund) not in held:
            back = held.get((other, fund), 0)
            if fen + back:
                yield f"{fund} and {other}: {fen} carried over on one side, {-back} on the other"


def _periods() -> Iterator[str]:
    """Nothing was posted into a period after it was closed, and its accounts know it is."""
    for period in Period.objects.select_related("fund"):
        late = Transfer.objects.filter(
            pk__gt=period.last_transfer,
            journal__effective_on__lte=period.ends_on,
            debit__fund=period.fund_id,
        )
        for key in late.values_list("journal__key", flat=True).distinct():
            yield f"journal {key}: posted into {period} after it was closed"
    closed = Period.objects.filter(fund=OuterRef("fund")).order_by("-ends_on").values("ends_on")[:1]
    rows = Account.objects.annotate(said=Subquery(closed)).exclude(closed_until=F("said"))
    rows = rows.exclude(closed_until=None, said=None)
    for code in rows.values_list("code", flat=True):
        yield f"{code}: its books are not closed up to the day its fund's are"


def _chart() -> Iterator[str]:
    """Each account is what its code says."""
    rows = Account.objects.values_list(
        "code",
        "place",
        "fund__code",
        "no_overdraft",
        "pocket__code",
        "organisation",
        "currency",
        "fund__currency",
    )
    for code, *stored, currency in rows.iterator(5000):
        try:
            named = accounts.read(code)
        except ValueError:
            yield f"{code}: no such place for money"
            continue
        said = [named.place, named.fund, named.no_overdraft, named.pocket, named.organisation]
        if [*said, currency] != stored:
            yield f"{code}: is not what its code says"


def _contents() -> Iterator[str]:
    """Each journal's digest against what it holds now, and each step against the road."""
    journals = Journal.objects.select_related("reverses").prefetch_related(
        "transfers__debit", "transfers__credit"
    )
    for journal in journals.order_by("pk").iterator(chunk_size=1000):
        steps = [(t.debit.code, t.credit.code, t.amount_fen) for t in journal.transfers.all()]
        undone = journal.reverses.key if journal.reverses else None
        digest = digest_of(
            journal.kind, journal.reference, journal.memo, journal.facts, steps, reverses=undone
        )
        if digest != journal.digest:
            yield f"journal {journal.key}: not what was posted"
        for debit, credit, _amount in steps:
            if journal.kind != "reverse" and not _leads(journal.kind, debit, credit):
                yield f"journal {journal.key}: “{journal.kind}” from {debit} to {credit}"
        if journal.kind != "reverse" and not accounts.carries_true(journal.kind, steps):
            yield f"journal {journal.key}: does not carry over pocket by pocket"


def _leads(kind: str, debit: str, credit: str) -> bool:
    try:
        return accounts.may_step(kind, accounts.read(debit), accounts.read(credit))
    except ValueError:
        return False
