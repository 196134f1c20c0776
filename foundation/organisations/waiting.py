"""What of this room waits for a person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import Waiting
from foundation.organisations.queries import queue_for
from foundation.organisations.rules import ACTING, roles_of
from foundation.organisations.standing_models import Proof
from foundation.organisations.states import OrganisationState, ProofState
from foundation.people.rules import is_officer

WARNING = dt.timedelta(days=30)


def waiting_for(person: Any) -> list[Waiting]:
    """For officers what has to be checked; for an organisation's people what runs out."""
    return [*(_to_check(person) if is_officer(person) else []), *_running_out(person)]


def _to_check(person: Any) -> list[Waiting]:
    queue = queue_for(person)
    kind = str(_("Organisations"))
    titles = [
        *((_("Verify %(name)s") % {"name": body}, "own", body.pk) for body in queue.registered),
        *(
            (_("Answer a claim to %(name)s") % {"name": row.organisation}, "claim", row.pk)
            for row in queue.claims
        ),
        *(
            (
                _("Check a proof of %(name)s: %(proof)s")
                % {"name": row.organisation, "proof": row},
                "proof",
                row.pk,
            )
            for row in queue.proofs
        ),
        *(
            (
                _("Confirm the new representative of %(name)s") % {"name": row.organisation},
                "replacement",
                row.pk,
            )
            for row in queue.replacements
        ),
    ]
    return [
        Waiting(title, reverse(f"organisations:{name}", args=[pk]), kind=kind)
        for title, name, pk in titles
    ]


def _running_out(person: Any) -> list[Waiting]:
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
        .select_related("organisation")
        .order_by("expires_on")
    )
    return [
        Waiting(
            _("%(proof)s of %(name)s runs out") % {"proof": row, "name": row.organisation},
            reverse("organisations:own", args=[row.organisation_id]),
            dt.datetime.combine(row.expires_on, dt.time(23, 59), clock.SHANGHAI),
            str(_("Organisations")),
        )
        for row in rows
        if row.expires_on  # the query wants it; so does the type
    ]
