"""What is done with a fund's money by hand; whatever moves it goes through the book's `post`."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.face.values import day_text
from foundation.money import LARGEST_FEN
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.permissions import allow
from marketplace.ledger import accounts, rules
from marketplace.ledger.book import Event, Line, Overdrawn, post, post_many, undo
from marketplace.ledger.models import (
    Account,
    Fund,
    Journal,
    Period,
    Place,
    Transfer,
    Verification,
)
from marketplace.ledger.pockets import must_be_free, nothing_pledged
from marketplace.ledger.resolutions import kept_resolution
from marketplace.ledger.verification import check_everything

__all__ = ["Event", "Line", "Overdrawn", "post", "post_many", "rules", "undo"]


@operation
def create_fund(
    *,
    code: str,
    name: str,
    starts_on: dt.date,
    ends_on: dt.date,
    actor: Any,
    name_en: str = "",
) -> Fund:
    """Open a fund; it has no money until some is appropriated."""
    allow(actor, "create_fund")
    if starts_on >= ends_on:
        raise DomainError(_("A fund ends after it begins."), field="ends_on")
    if Fund.objects.filter(code=code).exists():
        raise DomainError(_("There is a fund with this code already."), field="code")
    try:
        fund = Fund.objects.create(
            code=code, name=name, name_en=name_en, starts_on=starts_on, ends_on=ends_on
        )
    except IntegrityError as faster:
        raise Clash(_("There is a fund with this code already."), field="code") from faster
    record(actor, "create_fund", fund, code=code)
    return fund


@operation
def appropriate_fund(
    fund: Fund, *, amount_fen: int, reason: str, upload: File, actor: Any, once: str = ""
) -> Journal:
    """Put the authority's money into the fund, as the resolution in `upload` says.

    `once` makes a doubled click one act.
    """
    fund = lock(fund)
    allow(actor, "appropriate_fund", fund)
    before = Journal.objects.filter(key=_key("appropriate", fund, once)).first() if once else None
    return _by_hand(
        fund,
        "appropriate_fund",
        Line(accounts.authority(fund), accounts.fund_available(fund), amount_fen),
        once=once,
        reason=reason,
        actor=actor,
        facts={"resolution": kept_resolution(upload, before, actor=actor)},
    )


@operation
def allocate_budget(
    fund: Fund,
    *,
    buyer: Organisation,
    amount_fen: int,
    reason: str,
    actor: Any,
    once: str = "",
) -> Journal:
    """Give a union money of the fund to spend; never more than there is."""
    fund = lock(fund)
    allow(actor, "allocate_budget", fund)
    if buyer.kind != OrganisationKind.UNION:
        raise DomainError(_("Only union bodies are given money of a fund."), field="buyer")
    step = Line(accounts.fund_available(fund), accounts.buyer_available(fund, buyer), amount_fen)
    return _by_hand(
        fund, "allocate_budget", step, once=once, reason=reason, actor=actor, buyer=buyer
    )


@operation
def unallocate_budget(
    fund: Fund,
    *,
    buyer: Organisation,
    amount_fen: int,
    reason: str,
    actor: Any,
    once: str = "",
) -> Journal:
    """Take back from a union what it has not promised to anybody."""
    fund = lock(fund)
    allow(actor, "unallocate_budget", fund)
    step = Line(accounts.buyer_available(fund, buyer), accounts.fund_available(fund), amount_fen)
    return _by_hand(
        fund, "unallocate_budget", step, once=once, reason=reason, actor=actor, buyer=buyer
    )


@operation
def lapse_fund(fund: Fund, *, reason: str, actor: Any) -> Fund:
    """Return to the authority what is left of an ended fund, also what unions did not spend.

    Unions' own money stays theirs. Promised money stays until it is paid; what is released
    later follows to the authority.
    """
    fund = lock(fund)
    allow(actor, "lapse_fund", fund)
    pockets = _pockets(fund, [Place.AVAILABLE, Place.BUYER])
    goal = accounts.authority(fund)
    lines = [line for code, left in pockets for line in _whole(code, goal, left)]
    fen = _end(fund, "lapse_fund", lines, pockets, reason=reason, actor=actor)
    record(actor, "lapse_fund", fund, reason=reason, amount_fen=fen)
    return fund


@operation
def carry_over_fund(fund: Fund, *, successor: Fund, reason: str, actor: Any) -> Fund:
    """Hand on what is left of an ended fund to the next one, pocket by pocket.

    Promised money stays until it is paid; what is released later follows to the same pocket.
    """
    for each in sorted({fund.pk, successor.pk}):
        lock(Fund(pk=each))  # in one order, so that two of these do not wait for each other
    fund.refresh_from_db()
    successor.refresh_from_db()
    allow(actor, "carry_over_fund", fund)
    if successor.lapsed_on or successor.ends_on < clock.today() or successor.pk == fund.pk:
        raise DomainError(_("The next fund has to be one that still runs."), field="successor")
    if successor.currency != fund.currency:
        raise DomainError(_("The next fund has to be in the same currency."), field="successor")
    pockets = _pockets(fund, [Place.AVAILABLE, Place.BUYER, Place.OWN])
    lines = []
    for code, left in pockets:
        lines += _whole(code, accounts.carried(fund, successor), left)
        into = accounts.same_pocket(successor, code)
        lines += _whole(accounts.carried(successor, fund), into, left)
    fund.successor = successor
    fen = _end(fund, "carry_over_fund", lines, pockets, reason=reason, actor=actor)
    facts = {"reason": reason, "successor": successor.code, "amount_fen": fen}
    record(actor, "carry_over_fund", fund, **facts)
    return fund


def _pockets(fund: Fund, places: list[Place]) -> list[tuple[str, int]]:
    """(code, what is left) of the fund's pockets, locked in the order of their numbers.

    What unions still pledge out of them has to be decided first.
    """
    rows = Account.objects.select_for_update(no_key=True).filter(fund=fund, place__in=places)
    found = [(account.code, account.balance_fen) for account in rows.order_by("pk")]
    nothing_pledged(fund, places)
    return found


def _whole(debit: str, credit: str, amount_fen: int) -> list[Line]:
    """All of it, in as many lines as the largest amount of one asks for."""
    parts = [LARGEST_FEN] * (amount_fen // LARGEST_FEN)
    rest = amount_fen % LARGEST_FEN
    return [Line(debit, credit, fen) for fen in [*parts, *([rest] if rest else [])]]


def _end(
    fund: Fund,
    action: str,
    lines: list[Line],
    pockets: list[tuple[str, int]],
    *,
    reason: str,
    actor: Any,
) -> int:
    """Empty the pockets, close them, and write down that the fund has lapsed; how much went."""
    kind = action.removesuffix("_fund")
    if lines:
        reference = f"fund:{fund.pk}"
        post(
            key=f"{kind}:{fund.pk}",
            kind=kind,
            lines=lines,
            reference=reference,
            actor=actor,
            fund=fund,
            memo=reason,
        )
    Account.objects.filter(code__in=[code for code, _left in pockets]).update(closed=True)
    fund.lapsed_on = clock.today()
    fund.save(update_fields=["lapsed_on", "successor"])
    return sum(left for _code, left in pockets)


@operation
def close_period(fund: Fund, *, ends_on: dt.date, actor: Any) -> Period:
    """Close a fund's books up to and including a day, for good.

    What turns out wrong later is undone by a reversing journal of a later day, which refers back.
    The books are checked first, and whoever posts at this moment is waited for.
    """
    fund = lock(fund)
    allow(actor, "close_period", fund)
    if ends_on >= clock.today():
        raise DomainError(_("Only days that are over can be closed."), field="ends_on")
    last = fund.periods.first()
    if last and ends_on <= last.ends_on:
        raise DomainError(
            _("The books are closed up to %(day)s already.") % {"day": day_text(last.ends_on)},
            field="ends_on",
        )
    accounts = Account.objects.select_for_update(no_key=True).filter(fund=fund).order_by("pk")
    list(accounts.values_list("pk"))  # nobody posts to them from here on
    verification = check_everything()
    if verification.faults:
        raise DomainError(
            _("The books differ, so nothing can be closed. First: %(fault)s")
            % {"fault": verification.faults[0]}
        )
    newest = Transfer.objects.order_by("-pk").values_list("pk", flat=True).first()
    period = Period.objects.create(
        fund=fund,
        ends_on=ends_on,
        closed_by=actor,
        closed_at=clock.now(),
        last_transfer=newest or 0,
        verification=verification,
    )
    record(actor, "close_period", fund, ends_on=ends_on.isoformat(), period=period.pk)
    return period


@operation
def check_books(*, actor: Any) -> Verification:
    """Recompute the books, compare, and keep the result; a difference is an alarm."""
    allow(actor, "check_books")
    verification = check_everything()
    record(actor, "check_books", verification, faults=len(verification.faults))
    return verification


def _by_hand(
    fund: Fund,
    action: str,
    step: Line,
    *,
    once: str,
    reason: str,
    actor: Any,
    facts: dict[str, str] | None = None,
    **who: Organisation,
) -> Journal:
    """Post one step a person asked for, with a sentence beside the field when it does not fit.

    A doubled click is answered with what stands, and leaves no second entry on the trail.
    """
    kind = action.split("_", maxsplit=1)[0]
    key = _key(kind, fund, once)
    before = Journal.objects.filter(key=key).exists()
    if accounts.read(step.debit).no_overdraft and not before:
        rows = Account.objects.select_for_update().filter(code=step.debit)
        must_be_free(rows.first(), step.amount_fen)
    buyer = who.get("buyer")
    journal = post(
        key=key,
        kind=kind,
        lines=[step],
        reference=f"organisation:{buyer.pk}" if buyer else f"fund:{fund.pk}",
        actor=actor,
        fund=fund,
        memo=reason,
        facts=facts,
    )
    if before:
        return journal
    said = {"amount_fen": step.amount_fen, "reason": reason, "journal": journal.key}
    record(actor, action, fund, **said, **(facts or {}), **({"buyer": buyer.pk} if buyer else {}))
    return journal


def _key(kind: str, fund: Fund, once: str) -> str:
    """What makes one press happen once."""
    return f"{kind}:{fund.pk}:{once or uuid.uuid4()}"
