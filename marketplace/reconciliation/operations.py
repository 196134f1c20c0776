"""Comparing with the outside: asked for by a person or the night, run in the background, and
each difference followed until it has gone or somebody has explained it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import SYSTEM, allow, can
from marketplace.ledger.verification import one_moment
from marketplace.payments.queries import fund_managers
from marketplace.reconciliation import kinds, rules
from marketplace.reconciliation.bank_side import compare_bank
from marketplace.reconciliation.book_side import compare_book
from marketplace.reconciliation.closing import what_closed
from marketplace.reconciliation.findings import Compared, Found
from marketplace.reconciliation.models import Difference, Reconciliation
from marketplace.reconciliation.states import DifferenceState, ReconciliationState
from marketplace.reconciliation.stripe_side import compare_stripe

__all__ = ["kinds", "rules"]

log = logging.getLogger(__name__)

GIVEN_UP = dt.timedelta(hours=1)
"""A comparison begun this long ago that said nothing was killed: another may begin it."""

SHORTEST = 10
"""Characters an explanation has at least: “ok” explains nothing."""


@operation
def ask_reconciliation(*, actor: Any) -> Reconciliation:
    """Ask for everything to be compared; the background worker begins within seconds."""
    allow(actor, "ask_reconciliation")
    try:
        with transaction.atomic():
            wanted = Reconciliation.objects.create(
                asked_by=None if actor is SYSTEM else actor, asked_at=clock.now()
            )
    except IntegrityError as there:
        raise Clash(_("A comparison is asked for already; its result will stand here.")) from there
    record(actor, "ask_reconciliation", wanted)
    return wanted


@operation
def finish_reconciliation(
    reconciliation: Reconciliation, *, sides: list[Compared], actor: Any
) -> Reconciliation:
    """Write down what was found: what is new is opened, what was there before is the same row,
    what is there no more is closed, what came back is opened again."""
    reconciliation = lock(reconciliation)
    allow(actor, "finish_reconciliation", reconciliation)
    fresh = gone = 0
    for side in sides:
        found = {one.key: one for one in side.found}
        rows = {row.key: row for row in _known(side.side, found)}
        fresh += _open(reconciliation, side.side, found, rows)
        if side.whole:
            gone += _close(reconciliation, [row for row in rows.values() if row.key not in found])
    left = Difference.objects.filter(state=DifferenceState.OPEN).count()
    reconciliation.move_to(
        ReconciliationState.DIFFERING if left else ReconciliationState.AGREED,
        done_at=clock.now(),
        results={"sides": [side.result() for side in sides]},
        fresh=fresh,
        gone=gone,
        left=left,
    )
    facts = {"fresh": fresh, "gone": gone, "left": left}
    cured = sum(side.cured for side in sides)
    record(actor, "finish_reconciliation", reconciliation, **facts, events_fetched=cured)
    if fresh:
        url = path_to("reconciliation:desk")
        tell(fund_managers(), "reconciliation_differs", url=url, fresh=fresh, left=left)
    return reconciliation


def _known(side: str, found: dict[str, Found]) -> Iterable[Difference]:
    """The rows this comparison speaks of: found again, or there the last time. Locked."""
    rows = Difference.objects.select_for_update().filter(side=side)
    return list(rows.filter(Q(key__in=list(found)) | Q(standing=True)).order_by("pk"))


def _open(
    run: Reconciliation, side: str, found: dict[str, Found], rows: dict[str, Difference]
) -> int:
    """Open what is new or has come back; how many that are."""
    new = [
        Difference(side=side, found_at=clock.now(), found_in=run, **_facts(one, run))
        for one in found.values()
        if one.key not in rows
    ]
    Difference.objects.bulk_create(new, batch_size=500)
    back = 0
    for key, row in rows.items():
        if key not in found:
            continue
        changed = _digest(_facts(found[key], run)) != _digest(_as_found(row))
        again = row.state == DifferenceState.GONE or (
            row.state == DifferenceState.RESOLVED and (changed or not row.standing)
        )
        facts = {**_facts(found[key], run), "standing": True}
        if again:
            facts |= {"times": row.times + 1, "closed_at": None, "closed_by": "", "reason": ""}
            row.move_to(DifferenceState.OPEN, **facts, resolved_by=None, closed_in=None)
            back += 1
            continue
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=list(facts))
    return len(new) + back


def _close(run: Reconciliation, rows: list[Difference]) -> int:
    """Close what is no longer there; what was explained stays explained."""
    gone = 0
    for row in rows:
        if row.state != DifferenceState.OPEN:
            row.standing = False
            row.save(update_fields=["standing"])
            continue
        row.move_to(
            DifferenceState.GONE,
            standing=False,
            closed_at=clock.now(),
            closed_in=run,
            closed_by=what_closed(row),
        )
        gone += 1
    return gone


def _facts(one: Found, run: Reconciliation) -> dict[str, Any]:
    """What a row keeps of what was found."""
    about, number = one.about
    return {
        "key": one.key,
        "kind": one.kind,
        "facts": one.facts,
        "ours_fen": one.ours_fen,
        "theirs_fen": one.theirs_fen,
        "happened_on": one.happened_on,
        "about_type": about,
        "about_id": str(number),
        "seen_in": run,
    }


def _as_found(row: Difference) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("kind", "facts", "ours_fen", "theirs_fen")}


def _digest(facts: dict[str, Any]) -> str:
    """What it would have to say otherwise for an explanation to hold no longer."""
    said = [facts[name] for name in ("kind", "facts", "ours_fen", "theirs_fen")]
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@operation
def resolve_difference(difference: Difference, *, reason: str, actor: Any) -> Difference:
    """Say how a difference is explained; it is opened again if it comes back or changes."""
    difference = lock(difference)
    allow(actor, "resolve_difference", difference)
    said = " ".join(reason.split())
    if len(said) < SHORTEST:
        raise DomainError(
            _("Explain it in a sentence: at least %(least)s characters.") % {"least": SHORTEST},
            field="reason",
        )
    difference.move_to(
        DifferenceState.RESOLVED, resolved_by=actor, reason=said[:300], closed_at=clock.now()
    )
    record(actor, "resolve_difference", difference, reason=said[:300], kind=difference.kind)
    return difference


def compare_everything() -> list[Compared]:
    """All three sides. Stripe is asked first and outside of a transaction, for it may bring news
    that have to be worked off; the rest is compared as it stood at one moment."""
    stripe = compare_stripe()
    with one_moment():
        return [stripe, compare_bank(), compare_book()]


def run_reconciliations() -> int:
    """Run what was asked for; how many differences are new. No two workers run the same."""
    count = 0
    free = Q(begun_at=None) | Q(begun_at__lt=clock.now() - GIVEN_UP)
    waiting = Reconciliation.objects.filter(free, state=ReconciliationState.WANTED)
    for wanted in waiting.order_by("pk"):
        if not waiting.filter(pk=wanted.pk).update(begun_at=clock.now()):
            continue
        sides = compare_everything()
        wanted.refresh_from_db()
        if can(SYSTEM, "finish_reconciliation", wanted):
            run = finish_reconciliation(wanted, sides=sides, actor=SYSTEM)
            count += run.fresh
            log.info("reconciliation %s: %s new, %s open", run.pk, run.fresh, run.left)
    return count


def reconcile_nightly() -> int:
    """What the night does: ask for a comparison, unless one waits, and run it."""
    if not Reconciliation.objects.filter(state=ReconciliationState.WANTED).exists():
        try:
            ask_reconciliation(actor=SYSTEM)
        except Clash:
            log.info("another worker asked for tonight's comparison first")
    return run_reconciliations()
