"""Who a session belongs to: the person, and the posts they hold now, in one query."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import F, FilteredRelation, Q

from foundation.people.models import Person


class PeopleBackend(AuthenticationBackend):
    """Signing in as allauth does it; every page after that asks once for person and posts."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, unless the account was closed."""
        held = FilteredRelation("appointments", condition=Q(appointments__ended_at=None))
        rows = Person.objects.annotate(held=held, post=F("held__role")).filter(pk=user_id)
        found = list(rows)
        if not found or not self.user_can_authenticate(found[0]):
            return None
        person: Person = found[0]
        person.__dict__["roles"] = frozenset(row.post for row in found if row.post)
        return person
