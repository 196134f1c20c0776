"""How workers join a running project, in the words of who delivers it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.operations import lock, operation
from foundation.permissions import allow
from marketplace.delivery import rules as _rules  # noqa: F401  # the laws are registered
from marketplace.delivery.models import Joining, Project

WORDS = (
    "place",
    "place_en",
    "times",
    "times_en",
    "how",
    "how_en",
    "phone",
    "contact",
    "price",
)
NEEDED = ("place", "times", "how")
"""Without these nobody can come."""


@operation
def write_joining(project: Project, *, actor: Any, is_free: bool = True, **words: Any) -> Joining:
    """Say where, when and how one joins; from then on it stands on the public page of services.

    Said again, the new words take the place of the old ones.
    """
    project = lock(project)
    allow(actor, "write_joining", project)
    facts = {name: str(words.get(name) or "").strip() for name in WORDS}
    for name in NEEDED:
        if not facts[name]:
            raise DomainError(_("Say where, when, and how one joins."), field=name)
    until = words.get("until")
    if until is not None and until < clock.today():
        raise DomainError(_("This day is past already."), field="until")
    if is_free and facts["price"]:
        raise DomainError(_("What costs nothing has no price."), field="price")
    if not is_free and not facts["price"]:
        raise DomainError(_("Say what it costs."), field="price")
    joining, _new = Joining.objects.update_or_create(
        project=project,
        defaults={**facts, "is_free": is_free, "until": until, "changed_at": clock.now()},
    )
    record(actor, "write_joining", project, place=facts["place"], times=facts["times"])
    return joining


@operation
def take_joining_down(project: Project, *, actor: Any) -> None:
    """Nobody can join any more: the words leave the public page."""
    project = lock(project)
    allow(actor, "take_joining_down", project)
    Joining.objects.filter(project=project).delete()
    record(actor, "take_joining_down", project)
