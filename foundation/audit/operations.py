"""Writing the trail: `record`, called once in every operation, in its transaction."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import DomainError
from foundation.permissions import SYSTEM
from foundation.seals import operations as seals


def record(actor: Any, action: str, subject: models.Model, **facts: Any) -> Entry:
    """Append one entry. `facts` are what a later reader needs, never sealed or personal content.

    Outside a transaction it refuses: an entry must stand or fall with what it tells of.
    """
    if not connection.in_atomic_block:
        raise DomainError("the trail is written in the transaction that acts")
    return Entry.objects.create(
        at=clock.now(),
        actor=None if actor is SYSTEM else actor,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        # a sealed subject has a name that gives nothing away
        subject_name=getattr(subject, "name_on_trail", str(subject))[:200],
        facts=json.loads(json.dumps(facts, cls=DjangoJSONEncoder, default=str)),
    )


def _sealed_facts(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "action": entry.action,
        "subject": f"{entry.subject_type}:{entry.subject_id}",
        "name": entry.subject_name,
        "facts": entry.facts,
    }


seals.register("trail", Entry, _sealed_facts)
