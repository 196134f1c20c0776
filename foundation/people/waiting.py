"""What waits for a person about their own account: invitations to their address."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import Waiting
from foundation.people.invitations import token_of
from foundation.people.models import Invitation
from foundation.people.purposes import offer_of


def waiting_for(person: Any) -> list[Waiting]:
    """Invitations the person has not answered."""
    rows = Invitation.objects.filter(
        email__iexact=person.email,
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=clock.now(),
    )
    return [
        Waiting(
            title=_("You are invited: %(offer)s") % {"offer": offer_of(row)},
            url=reverse("people:invitation", args=[token_of(row)]),
            due_at=row.expires_at,
            kind=_("Invitation"),
        )
        for row in rows[:20]
    ]
