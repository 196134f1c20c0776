"""What of this room waits for a person on the desk's home."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import Waiting
from foundation.organisations.rules import roles_of, signs_for
from foundation.people.rules import is_fund_manager, is_officer
from foundation.waiting import Look, Row
from marketplace.agreements.models import Agreement
from marketplace.agreements.queries import open_claims, to_sign
from marketplace.agreements.states import AgreementState


def looks_for(person: Any) -> list[Look]:
    """For representatives: what to sign; officers: what to offer; fund managers: what is owed."""
    looks = []
    signing = [pk for pk in roles_of(person) if signs_for(person, pk)]
    if signing:
        looks.append(
            Look(
                to_sign(person).filter(organisation__in=signing),
                _to_sign,
                title="agreement__title",
                of="agreement__number",
                count="agreement_id",
                on="agreement__sign_until",
            )
        )
    if is_officer.test(person):
        drafts = Agreement.objects.filter(state=AgreementState.DRAFT).order_by("pk")
        looks.append(Look(drafts, _to_offer, title="title", of="number"))
    if is_fund_manager.test(person):
        looks.append(Look(open_claims(), _claimed, title="title", of="number"))
    return looks


def _claimed(row: Row) -> Waiting:
    return Waiting(
        _("Claimed back and not here yet: “%(agreement)s”")
        % {"agreement": f"{row.of} {row.title}"},
        reverse("agreements:agreement", args=[row.pk]),
        kind="agreements",
    )


def _to_sign(row: Row) -> Waiting:
    return Waiting(
        _("Sign “%(agreement)s”") % {"agreement": f"{row.of} {row.title}"},
        reverse("agreements:agreement", args=[row.count]),
        due_at=_end_of(row.on),
        kind="agreements",
    )


def _to_offer(row: Row) -> Waiting:
    return Waiting(
        _("Offer “%(agreement)s” for signature") % {"agreement": f"{row.of} {row.title}"},
        reverse("agreements:agreement", args=[row.pk]),
        kind="agreements",
    )


def _end_of(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(23, 59), clock.SHANGHAI) if day else None
