"""Who sees which complaints."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from foundation.organisations.models import Membership
from foundation.organisations.rules import roles_of
from foundation.people.models import Person, Role
from foundation.people.queries import holders_of
from marketplace.complaints.keys import opens
from marketplace.complaints.models import Complaint
from marketplace.complaints.rules import reads_desk
from marketplace.complaints.states import ComplaintState


def complaints_visible_to(person: Any) -> QuerySet[Complaint]:
    """Officers and auditors see them, but none about an organisation they are in themselves.

    What is not answered comes first, the most pressing ahead.
    """
    if not reads_desk.test(person, None):
        return Complaint.objects.none()
    answered = Case(
        When(state=ComplaintState.ANSWERED, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    rows = not_accusing(person).select_related("project", "organisation", "survey", "taken_by")
    return rows.order_by(answered, "due_on", "pk")


def not_accusing(person: Any) -> QuerySet[Complaint]:
    """The complaints about others than the person's own organisations."""
    mine = list(roles_of(person))
    return Complaint.objects.exclude(organisation__in=mine).exclude(project__organisation__in=mine)


def answerers_of(complaint: Complaint) -> QuerySet[Person]:
    """The officers who may answer: those in the organisation it is about hear nothing of it."""
    officers = holders_of(Role.OFFICER)
    return officers.exclude(
        memberships__in=Membership.objects.filter(organisation=complaint.accused, ended_at=None)
    )


def complaint_opened_by(number: str, key: str) -> Complaint | None:
    """The complaint, for whoever has its number and its secret; one of the two opens nothing."""
    rows = Complaint.objects.select_related("project", "organisation", "survey")
    found = rows.filter(number=number).first() if number.isprintable() else None
    return found if opens(key, found.key_sha256 if found else None) and found else None
