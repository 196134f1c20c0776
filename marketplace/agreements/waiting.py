"""What of this room waits for a person on the desk's home."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import Waiting
from foundation.organisations.rules import signs_for
from foundation.people.rules import is_officer
from marketplace.agreements.models import Agreement
from marketplace.agreements.queries import to_sign
from marketplace.agreements.states import AgreementState


def waiting_for(person: Any) -> list[Waiting]:
    """For representatives: what to sign; for officers: what to offer."""
    found = [
        Waiting(
            _("Sign “%(agreement)s”") % {"agreement": party.agreement},
            reverse("agreements:agreement", args=[party.agreement_id]),
            due_at=_end_of(party.agreement.sign_until),
            kind="agreements",
        )
        for party in to_sign(person)
        if signs_for(person, party.organisation_id)
    ]
    if is_officer.test(person):
        drafts = Agreement.objects.filter(state=AgreementState.DRAFT).order_by("pk")
        found += [
            Waiting(
                _("Offer “%(agreement)s” for signature") % {"agreement": agreement},
                reverse("agreements:agreement", args=[agreement.pk]),
                kind="agreements",
            )
            for agreement in drafts[:20]
        ]
    return found


def _end_of(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(23, 59), clock.SHANGHAI) if day else None
