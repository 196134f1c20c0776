"""Which people and invitations a person may see."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from foundation.people.models import Appointment, Invitation, Person
from foundation.people.rules import is_administrator
from foundation.permissions import is_signed_in


def people_visible_to(person: Any) -> QuerySet[Person]:
    """Administrators see everybody; others see themselves."""
    if is_administrator(person):
        return Person.objects.order_by("name", "pk")
    if is_signed_in(person):
        return Person.objects.filter(pk=person.pk)
    return Person.objects.none()


def with_posts(people: QuerySet[Person]) -> QuerySet[Person]:
    """The people with the posts they hold (`posts_held`) and whether they sign in in two steps."""
    held = Appointment.objects.filter(ended_at=None).order_by("role")
    return people.prefetch_related(Prefetch("appointments", held, to_attr="posts_held")).annotate(
        has_second_factor=Exists(
            Authenticator.objects.filter(user=OuterRef("pk")).exclude(
                type=Authenticator.Type.RECOVERY_CODES
            )
        )
    )


def appointments_visible_to(person: Any) -> QuerySet[Appointment]:
    """Administrators see every post; others see their own."""
    rows = Appointment.objects.select_related("person", "appointed_by").order_by("-pk")
    if is_administrator(person):
        return rows
    if is_signed_in(person):
        return rows.filter(person=person)
    return rows.none()


def invitations_visible_to(person: Any) -> QuerySet[Invitation]:
    """Administrators see the invitations to posts; everybody sees those they sent."""
    rows = Invitation.objects.select_related("invited_by", "accepted_by")
    if is_administrator(person):
        return rows.filter(purpose="platform_role") | rows.filter(invited_by=person)
    if is_signed_in(person):
        return rows.filter(invited_by=person)
    return rows.none()


def holders_of(*roles: str) -> QuerySet[Person]:
    """The people who hold one of the posts now (for telling officers, fund managers …)."""
    held = Appointment.objects.filter(person=OuterRef("pk"), role__in=roles, ended_at=None)
    return Person.objects.filter(Exists(held), is_active=True).order_by("pk")
