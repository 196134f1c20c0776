"""What experts know, and how well: stated by themselves, confirmed by an officer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.evaluation import kinds, rules  # noqa: F401  (the words and the laws)
from bidding.evaluation.models import Expert, Expertise, Level
from bidding.evaluation.queries import officers
from bidding.needs.models import Category
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.permissions import allow

Levels = Mapping[str, int | None]
"""Category code → level; None or no entry: the expert does not know it."""


def must_be_levels(levels: Levels) -> dict[str, int]:
    """Those that say something; refuses what is no category or no level."""
    known = set(Category.objects.values_list("pk", flat=True))
    given = {code: level for code, level in levels.items() if level}
    if set(given) - known or set(given.values()) - set(Level.values):
        raise DomainError(_("This is no level of a category."))
    return given


def confirm_levels(expert: Expert, levels: dict[str, int], actor: Any) -> None:
    """Let exactly these stand, confirmed; whatever was stated is decided with it."""
    kept = {row.category_id: row for row in expert.expertise.all()}
    expert.expertise.exclude(category__in=levels).delete()
    for code, level in levels.items():
        row = kept.get(code) or Expertise(expert=expert, category_id=code)
        if row.level != level:
            row.level, row.confirmed_by, row.confirmed_at = level, actor, clock.now()
        row.stated_level = None
        row.save()


@operation
def change_expertise(expert: Expert, *, field_of_work: str, levels: Levels, actor: Any) -> Expert:
    """Confirm what an expert knows and how well; panels drawn already stay as they are."""
    expert = lock(expert, "person")
    allow(actor, "change_expertise", expert)
    given = must_be_levels(levels)
    waited = expert.expertise.filter(stated_level__isnull=False).exists()
    expert.field_of_work = field_of_work
    expert.save(update_fields=["field_of_work"])
    confirm_levels(expert, given, actor)
    record(actor, "change_expertise", expert, levels=given)
    if waited:
        tell(expert.person, "expertise_confirmed", url=path_to("evaluation:expert", expert.pk))
    return expert


@operation
def state_expertise(expert: Expert, *, levels: Levels, actor: Any) -> Expert:
    """The expert says what they know and how well; it counts when an officer has confirmed it."""
    expert = lock(expert, "person")
    allow(actor, "state_expertise", expert)
    given = must_be_levels(levels)
    kept = {row.category_id: row for row in expert.expertise.all()}
    for code in sorted({*given, *kept}):
        row = kept.get(code) or Expertise(expert=expert, category_id=code)
        wanted = given.get(code, Expertise.NOT_ANY_MORE)
        row.stated_level = None if wanted == (row.level or 0) else wanted
        if row.level or row.stated_level:
            row.save()
        elif row.pk:
            row.delete()
    record(actor, "state_expertise", expert, levels=given)
    if expert.expertise.filter(stated_level__isnull=False).exists():
        facts = {"expert": expert.person.name}
        tell(officers(), "expertise_stated", url=path_to("evaluation:expert", expert.pk), **facts)
    return expert
