"""Having everything verified: asked for by a person or by the night, run in the background."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash
from foundation.faults import said
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.people.models import Role
from foundation.people.queries import holders_of
from foundation.permissions import SYSTEM, allow, can
from marketplace.auditing import faults as _faults  # noqa: F401  # their sentences are registered
from marketplace.auditing import kinds as _kinds  # noqa: F401  # what people are told
from marketplace.auditing import rules as _rules  # noqa: F401  # the laws are registered
from marketplace.auditing.models import Inspection
from marketplace.auditing.states import InspectionState
from marketplace.auditing.verification import Outcome, verify_everything

log = logging.getLogger(__name__)

ALARMED = (Role.ADMINISTRATOR.value, Role.FUND_MANAGER.value, Role.AUDITOR.value)
"""Posts whose holders are told of a fault."""

GIVEN_UP = dt.timedelta(hours=1)
"""A run that was begun this long ago and said nothing was killed: another may begin it."""


@operation
def ask_inspection(*, actor: Any) -> Inspection:
    """Ask for everything to be verified; the background worker begins within seconds."""
    allow(actor, "ask_inspection")
    try:
        with transaction.atomic():
            inspection = Inspection.objects.create(
                asked_by=None if actor is SYSTEM else actor, asked_at=clock.now()
            )
    except IntegrityError as there:
        raise Clash(
            _("A verification is asked for already; its result will stand here.")
        ) from there
    record(actor, "ask_inspection", inspection)
    return inspection


@operation
def finish_inspection(inspection: Inspection, *, outcomes: list[Outcome], actor: Any) -> Inspection:
    """Write down what was found; where it is a fault, tell those who answer for the platform."""
    inspection = lock(inspection)
    allow(actor, "finish_inspection", inspection)
    faults = [fault for outcome in outcomes for fault in outcome.faults]
    inspection.move_to(
        InspectionState.FAULTY if faults else InspectionState.HELD,
        done_at=clock.now(),
        faults=len(faults),
        results=[{"name": one.name, "faults": one.faults} for one in outcomes],
    )
    record(actor, "finish_inspection", inspection, faults=len(faults))
    if faults:
        url = path_to("auditing:inspection", inspection.pk)
        facts = {"faults": len(faults), "first": lazy(said, str)(faults[0][:300])}
        tell(holders_of(*ALARMED), "verification_failed", url=url, **facts)
    return inspection


def run_inspections() -> int:
    """Run what was asked for; returns how many faults there were. No two workers run the same."""
    count = 0
    free = Q(begun_at=None) | Q(begun_at__lt=clock.now() - GIVEN_UP)
    waiting = Inspection.objects.filter(free, state=InspectionState.WANTED)
    for inspection in waiting.order_by("pk"):
        if not waiting.filter(pk=inspection.pk).update(begun_at=clock.now()):
            continue
        outcomes = verify_everything()
        inspection.refresh_from_db()
        if can(SYSTEM, "finish_inspection", inspection):
            finish_inspection(inspection, outcomes=outcomes, actor=SYSTEM)
        for fault in (fault for outcome in outcomes for fault in outcome.faults):
            log.error("verification: %s", fault)
            count += 1
    return count


def verify_nightly() -> int:
    """What the night does: ask for everything, and run it."""
    if not Inspection.objects.filter(state=InspectionState.WANTED).exists():
        ask_inspection(actor=SYSTEM)
    return run_inspections()
