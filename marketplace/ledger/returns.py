"""The way back: money returns to the pocket it came from, or to what took that pocket's place.

Plain functions that say which lines to post; rooms above post them within their operations.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from foundation.money import pro_rata, yuan
from marketplace.ledger import accounts
from marketplace.ledger.book import Line, Overdrawn
from marketplace.ledger.models import Account, Fund, Transfer


def heir_of(fund: Fund) -> Fund | None:
    """The fund that has not lapsed and has this one's money now; itself while it runs."""
    heir: Fund | None = fund
    while heir is not None and heir.lapsed_on:
        heir = heir.successor
    return heir


def homeward(fund: Fund, lines: Iterable[Line]) -> list[Line]:
    """The same lines, but what would fill a pocket of a lapsed fund goes where its money went:
    to the same pocket of the next fund, or to the authority. A union's own money never does the
    latter: without a next fund its pocket stays open.
    """
    # a lapse waits until this is posted, and this until a lapse is done
    now = Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    if not now.lapsed_on:
        return list(lines)
    heir = heir_of(now)
    home: list[Line] = []
    for line in lines:
        place = accounts.read(line.credit).place
        if place not in accounts.POCKETS or (heir is None and place == accounts.OWN):
            home.append(line)
        elif heir is None:
            home.append(Line(line.debit, accounts.authority(now), line.amount_fen))
        else:
            pocket = accounts.same_pocket(heir, line.credit)
            home.append(Line(line.debit, accounts.carried(now, heir), line.amount_fen))
            home.append(Line(accounts.carried(heir, now), pocket, line.amount_fen))
    return home


def deposit_lines(fund: Fund, buyer: Any, amount_fen: int) -> list[Line]:
    """A union's money came in (kind `receive`): first what it owes, the rest is its own."""
    clearing, short = accounts.deposit_clearing(fund), accounts.deposit_shortfall(fund, buyer)
    owed = min(amount_fen, -_held([short])[short])
    lines = [Line(clearing, short, owed)] if owed else []
    if amount_fen > owed:
        own = Line(clearing, accounts.buyer_own(fund, buyer), amount_fen - owed)
        lines += homeward(fund, [own])
    return lines


def refund_lines(fund: Fund, buyer: Any, amount_fen: int) -> list[Line]:
    """A union gets money of its own back (kind `refund`), as long as nobody was promised it."""
    lines, missing = _out_of_own(fund, buyer, amount_fen)
    if missing:
        raise Overdrawn(
            _("Only %(there)s of the union's own money is still free.")
            % {"there": yuan(amount_fen - missing)},
            field="amount_fen",
        )
    return lines


def charge_back_lines(fund: Fund, buyer: Any, amount_fen: int) -> list[Line]:
    """A deposit was taken back by the bank (kind `charge_back`), spent or not.

    What is still free goes; for the rest the union owes.
    """
    lines, missing = _out_of_own(fund, buyer, amount_fen)
    if missing:
        short = accounts.deposit_shortfall(fund, buyer)
        lines.append(Line(short, accounts.deposit_clearing(fund), missing))
    return lines


def claim_lines(fund: Fund, organisation: Any, agreement: Any, amount_fen: int) -> list[Line]:
    """Money paid under an agreement is claimed back (kind `claim`), from every pocket alike.

    What is owed and not paid yet cannot be claimed: nobody has it to give back.
    """
    rooms = spent_by_pocket(fund, agreement)
    most = max(min(sum(rooms.values()), still_paid(fund, agreement)), 0)
    if amount_fen > most:
        raise Overdrawn(
            _("Only %(there)s of this has been paid and not claimed back.") % {"there": yuan(most)},
            field="amount_fen",
        )
    shares = _shares(amount_fen, rooms, field="amount_fen")
    return [
        Line(accounts.paid(fund), accounts.receivable(fund, organisation, agreement, pocket), share)
        for pocket, share in shares
    ]


def recover_lines(fund: Fund, organisation: Any, agreement: Any, amount_fen: int) -> list[Line]:
    """Claimed money arrived (kind `recover`): back to the pockets it came from, pro rata."""
    rooms = receivable_by_pocket(fund, organisation, agreement)
    shares = _shares(amount_fen, rooms, field="amount_fen")
    return homeward(
        fund,
        [
            Line(accounts.receivable(fund, organisation, agreement, pocket), pocket, share)
            for pocket, share in shares
        ],
    )


def waive_lines(fund: Fund, organisation: Any, agreement: Any, amount_fen: int) -> list[Line]:
    """A claim is given up in part or whole (kind `waive`): the money counts as spent again."""
    rooms = receivable_by_pocket(fund, organisation, agreement)
    shares = _shares(amount_fen, rooms, field="amount_fen")
    return [
        Line(accounts.receivable(fund, organisation, agreement, pocket), accounts.paid(fund), share)
        for pocket, share in shares
    ]


def spent_by_pocket(fund: Fund, agreement: Any) -> dict[str, int]:
    """{pocket: fen the agreement has spent of it and nobody claimed back}, its accounts locked."""
    number = int(getattr(agreement, "pk", agreement))
    bound = _promises(fund, accounts.ENCUMBERED, f"agreement/{number}/encumbered/")
    rooms: dict[str, int] = {}
    for account in bound:
        out = account.transfers_out.filter(credit__place=accounts.PAYABLE)
        back = account.transfers_in.filter(debit__place=accounts.PAYABLE)
        rooms[_pocket(account)] = _sum(out) - _sum(back)
    claimed = Account.objects.filter(
        fund=fund,
        place=accounts.RECEIVABLE,
        code__regex=rf"^fund/{fund.code}/receivable/[0-9]+/agreement/{number}/",
    )
    for account in claimed.select_related("pocket"):
        claims = account.transfers_in.filter(debit__place=accounts.PAID)
        waived = account.transfers_out.filter(credit__place=accounts.PAID)
        rooms[_pocket(account)] -= _sum(claims) - _sum(waived)
    return rooms


def still_paid(fund: Fund, agreement: Any) -> int:
    """What has left the house under the agreement and was not claimed back, in fen: the payments
    that carry the reference of what it spent, less those that came back, less its claims.
    """
    number = int(getattr(agreement, "pk", agreement))
    spent = Transfer.objects.filter(
        debit__code__startswith=f"fund/{fund.code}/agreement/{number}/encumbered/",
        credit__place=accounts.PAYABLE,
    )
    steps = Transfer.objects.filter(
        debit__fund=fund, journal__reference__in=spent.values("journal__reference")
    )
    out = steps.filter(debit__place=accounts.PAYABLE, credit__place=accounts.PAID)
    back = steps.filter(debit__place=accounts.PAID, credit__place=accounts.PAYABLE)
    owed = Transfer.objects.filter(debit__fund=fund).order_by()
    belongs = rf"^fund/{fund.code}/receivable/[0-9]+/agreement/{number}/"
    claims = owed.filter(debit__place=accounts.PAID, credit__code__regex=belongs)
    waived = owed.filter(debit__code__regex=belongs, credit__place=accounts.PAID)
    return _sum(out) - _sum(back) - _sum(claims) + _sum(waived)


def receivable_by_pocket(fund: Fund, organisation: Any, agreement: Any) -> dict[str, int]:
    """{pocket: fen the organisation still has to give back under the agreement}, locked."""
    whose = int(getattr(organisation, "pk", organisation))
    number = int(getattr(agreement, "pk", agreement))
    owed = _promises(fund, accounts.RECEIVABLE, f"receivable/{whose}/agreement/{number}/")
    return {_pocket(account): account.balance_fen for account in owed}


def _promises(fund: Fund, place: str, beginning: str) -> list[Account]:
    """Accounts of pocketed money whose code begins so, in the order they were opened, locked."""
    rows = Account.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.filter(fund=fund, place=place, code__startswith=f"fund/{fund.code}/{beginning}")
    return list(rows.select_related("pocket").order_by("pk"))


def _pocket(account: Account) -> str:
    assert account.pocket is not None
    return account.pocket.code


def _sum(steps: Any) -> int:
    return int(steps.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def _held(codes: list[str]) -> dict[str, int]:
    """What these accounts hold, their rows locked in the order of their numbers."""
    rows = Account.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("pk")
    return dict.fromkeys(codes, 0) | {row.code: row.balance_fen for row in rows}


def _shares(amount_fen: int, rooms: dict[str, int], *, field: str) -> list[tuple[str, int]]:
    """`amount_fen` over the pockets, exact; a sentence when they do not hold that much."""
    if amount_fen > sum(rooms.values()):
        raise Overdrawn(
            _("There is only %(there)s to be had there.") % {"there": yuan(sum(rooms.values()))},
            field=field,
        )
    shares = zip(rooms, pro_rata(amount_fen, list(rooms.values())), strict=True)
    return [(pocket, share) for pocket, share in shares if share]


def _out_of_own(fund: Fund, buyer: Any, amount_fen: int) -> tuple[list[Line], int]:
    """Lines that take up to `amount_fen` out of a union's own free money; what is missing.

    Money that was carried over is taken where it lies now, and crosses back.
    """
    now = Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    clearing, own = accounts.deposit_clearing(now), accounts.buyer_own(now, buyer)
    heir = heir_of(now)
    if heir is None or heir == now:
        there = min(amount_fen, _held([own])[own])
        return ([Line(own, clearing, there)] if there else []), amount_fen - there
    moved = accounts.buyer_own(heir, buyer)
    there = min(amount_fen, _held([moved])[moved])
    lines = [
        Line(moved, accounts.carried(heir, now), there),
        Line(accounts.carried(now, heir), clearing, there),
    ]
    return (lines if there else []), amount_fen - there
