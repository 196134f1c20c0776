"""What of this room waits for a person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import Waiting
from foundation.organisations.queries import to_check
from foundation.organisations.rules import ACTING, roles_of
from foundation.organisations.standing_models import Proof
from foundation.organisations.states import OrganisationState, ProofState
from foundation.people.rules import is_officer
from foundation.waiting import Look, Row

WARNING = dt.timedelta(days=30)


def looks_for(person: Any) -> list[Look]:
    """For officers what has to be checked; for an organisation's people what runs out."""
    return [*(_to_check(person) if is_officer(person) else []), *_running_out(person)]


def _to_check(person: Any) -> list[Look]:
    rows = to_check(person)
    named = "organisation__name"
    return [
        Look(rows["registered"], _verify, title="name", most=50),
        Look(rows["claims"], _claim, title=named, most=50),
        Look(rows["proofs"], _proof, title=named, of="kind", key="value", most=50),
        Look(rows["replacements"], _replacement, title=named, most=50),
    ]


def _verify(row: Row) -> Waiting:
    return _waiting(_("Verify %(name)s"), "own", row)


def _claim(row: Row) -> Waiting:
    return _waiting(_("Answer a claim to %(name)s"), "claim", row)


def _proof(row: Row) -> Waiting:
    return _waiting(_("Check a proof of %(name)s: %(proof)s"), "proof", row)


def _replacement(row: Row) -> Waiting:
    return _waiting(_("Confirm the new representative of %(name)s"), "replacement", row)


def _waiting(words: str, name: str, row: Row) -> Waiting:
    title = words % {"name": row.title, "proof": _said(row)}
    return Waiting(title, reverse(f"organisations:{name}", args=[row.pk]), kind=_group())


def _said(row: Row) -> str:
    """What is proven, as the proof itself says it."""
    return str(Proof(kind=row.of, value=row.key or "")) if row.of else ""


def _group() -> str:
    return str(_("Organisations"))


def _running_out(person: Any) -> list[Look]:
    """Verified proofs that run out within a month and have no newer one beside them."""
    acting = [pk for pk, role in roles_of(person).items() if role in ACTING]
    if not acting:
        return []
    today = clock.today()
    newer = Proof.objects.filter(
        organisation=OuterRef("organisation"), kind=OuterRef("kind")
    ).exclude(state=ProofState.REFUSED)
    rows = (
        Proof.objects.filter(
            organisation__in=acting,
            state=ProofState.VERIFIED,
            expires_on__range=(today, today + WARNING),
        )
        .exclude(organisation__state=OrganisationState.DISSOLVED)
        .exclude(Exists(newer.filter(expires_on__gt=OuterRef("expires_on"))))
        .order_by("expires_on")
    )
    return [
        Look(
            rows,
            _runs_out,
            title="organisation__name",
            of="kind",
            key="value",
            count="organisation_id",
            on="expires_on",
        )
    ]


def _runs_out(row: Row) -> Waiting:
    return Waiting(
        _("%(proof)s of %(name)s runs out") % {"proof": _said(row), "name": row.title},
        reverse("organisations:own", args=[row.count]),
        dt.datetime.combine(row.on, dt.time(23, 59), clock.SHANGHAI) if row.on else None,
        _group(),
    )
