"""The hall of this floor's background tasks: proofs of everything, comparisons with the
outside, plans that are computed, budgets that run low."""

from __future__ import annotations

from celery import shared_task
from django.urls import get_resolver

from marketplace.auditing import inspecting
from marketplace.ledger import watch
from marketplace.matching import solver
from marketplace.reconciliation import operations as reconciling


def _open_every_room() -> None:
    """Load what the addresses lead to: chains and words are known once it is loaded."""
    _patterns = get_resolver().url_patterns


@shared_task(name="marketplace.verify_nightly")
def verify_nightly() -> int:
    """Verify everything; returns how many faults there are, each of them in the log."""
    _open_every_room()
    return inspecting.verify_nightly()


@shared_task(name="marketplace.run_inspections")
def run_inspections() -> int:
    """Run the verifications somebody asked for."""
    _open_every_room()
    return inspecting.run_inspections()


@shared_task(name="marketplace.reconcile_nightly")
def reconcile_nightly() -> int:
    """Compare with Stripe and the bank; returns how many differences are new."""
    _open_every_room()
    return reconciling.reconcile_nightly()


@shared_task(name="marketplace.run_reconciliations")
def run_reconciliations() -> int:
    """Run the comparisons somebody asked for."""
    _open_every_room()
    return reconciling.run_reconciliations()


@shared_task(name="marketplace.watch_funds")
def watch_funds() -> int:
    """Warn of budgets that have become low."""
    _open_every_room()
    return watch.watch_funds()


@shared_task(name="marketplace.begin_solving")
def begin_solving() -> bool:
    """Start the solver's process where somebody waits for a plan; never wait for it."""
    return solver.begin()
