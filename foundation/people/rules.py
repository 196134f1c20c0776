"""Predicates about people that other rooms' laws are built from."""

from __future__ import annotations

from typing import Any

from rules import predicate
from rules.predicates import Predicate

from foundation.people.models import Role


def holds(role: Role) -> Predicate:
    """The person holds this post on the platform now."""

    def test(person: Any) -> bool:
        return bool(
            person
            and person.is_authenticated
            and person.is_active
            and role.value in getattr(person, "roles", ())
        )

    return predicate(test, name=f"is {role.value}")


is_officer = holds(Role.OFFICER)
is_fund_manager = holds(Role.FUND_MANAGER)
is_auditor = holds(Role.AUDITOR)
is_editor = holds(Role.EDITOR)
is_expert = holds(Role.EXPERT)
is_administrator = holds(Role.ADMINISTRATOR)
