"""What waits for a person about their own account: invitations to their address."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import Waiting
from foundation.people.invitations import token_of
from foundation.people.models import Invitation
from foundation.people.purposes import offer_of
from foundation.waiting import Look, Row


def looks_for(person: Any) -> list[Look]:
    """Invitations the person has not answered."""
    rows = Invitation.objects.filter(
        email__iexact=person.email,
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=clock.now(),
    )
    return [
        Look(
            rows.order_by("pk"), _invited, title="facts", of="purpose", key="nonce", at="expires_at"
        )
    ]


def _invited(row: Row) -> Waiting:
    assert row.at is not None  # every invitation has its end
    offer = Invitation(
        pk=row.pk, purpose=row.of, facts=json.loads(row.title), nonce=row.key, expires_at=row.at
    )
    return Waiting(
        title=_("You are invited: %(offer)s") % {"offer": offer_of(offer)},
        url=reverse("people:invitation", args=[token_of(offer)]),
        due_at=row.at,
        kind=_("Invitation"),
    )
