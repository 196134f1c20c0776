"""Who sees which complaints."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from marketplace.complaints.keys import opens
from marketplace.complaints.models import Complaint
from marketplace.complaints.rules import reads_desk
from marketplace.complaints.states import ComplaintState


def complaints_visible_to(person: Any) -> QuerySet[Complaint]:
    """Officers and auditors see them; what is not answered comes first, the most pressing ahead."""
    if not reads_desk.test(person, None):
        return Complaint.objects.none()
    answered = Case(
        When(state=ComplaintState.ANSWERED, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return Complaint.objects.select_related(
        "project", "organisation", "survey", "taken_by"
    ).order_by(answered, "due_on", "pk")


def complaint_opened_by(number: str, key: str) -> Complaint | None:
    """The complaint, for whoever has its number and its secret; one of the two opens nothing."""
    rows = Complaint.objects.select_related("project", "organisation", "survey")
    found = rows.filter(number=number).first() if number.isprintable() else None
    return found if opens(key, found.key_sha256 if found else None) and found else None
