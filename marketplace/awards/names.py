"""What awards are called in the book."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from marketplace.awards.models import Award
from marketplace.awards.queries import awards_visible_to
from marketplace.ledger.names import Name, names


@names("award")
def name_awards(person: Any, numbers: list[int]) -> dict[int, Name]:
    """By the proposal that is funded."""
    seen = Exists(awards_visible_to(person).filter(pk=OuterRef("pk")))
    rows = Award.objects.filter(pk__in=numbers).annotate(seen=seen)
    return {
        pk: Name(title, reverse("awards:award", args=[pk]) if may_open else "")
        for pk, title, may_open in rows.values_list("pk", "proposal__title", "seen")
    }
