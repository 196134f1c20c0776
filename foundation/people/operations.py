"""What can be done about people: profiles, posts, closing accounts."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.people import kinds, rules  # noqa: F401  # words and laws of this room
from foundation.people.models import Appointment, Person, Role
from foundation.permissions import SYSTEM, allow

STUDIO_GROUP = "Editors"
"""Wagtail's own group: editors' rights in the studio hang on it."""


@operation
def change_profile(
    person: Person, *, name: str, phone: str, language: str, actor: Person
) -> Person:
    """A person says what they are called, where to reach them, and what they read in."""
    person = lock(person)
    allow(actor, "change_profile", person)
    wanted = {"name": name, "phone": phone, "language": language}
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    if not changed:
        return person
    for field in changed:
        setattr(person, field, wanted[field])
    person.save(update_fields=changed)
    record(actor, "change_profile", person, changed=changed)
    return person


@operation
def appoint_person(person: Person, *, role: str, actor: Any) -> Appointment:
    """Give a person a post on the platform; they hold it from now on."""
    person = lock(person)
    allow(actor, "appoint_person", person)
    post = Role(role)
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                person=person,
                role=post.value,
                appointed_by=None if actor is SYSTEM else actor,
                began_at=clock.now(),
            )
    except IntegrityError as clash:
        raise Clash(_("This person holds this post already."), field="role") from clash
    _open_studio(person, post, may=True)
    record(actor, "appoint_person", person, role=post.value)
    tell([person], "appointed", url=path_to("desk:home"), post=post.label, who=str(actor))
    return appointment


@operation
def end_appointment(appointment: Appointment, *, actor: Person) -> Appointment:
    """End a post; the platform is never left without an administrator."""
    administrators = _lock_administrators()
    appointment = lock(appointment, "person")
    allow(actor, "end_appointment", appointment)
    post = Role(appointment.role)
    if post == Role.ADMINISTRATOR:
        _keep_one_administrator(administrators - {appointment.person_id})
    appointment.ended_at = clock.now()
    appointment.save(update_fields=["ended_at"])
    _open_studio(appointment.person, post, may=False)
    record(actor, "end_appointment", appointment.person, role=post.value)
    tell(
        [appointment.person],
        "appointment_ended",
        url=path_to("desk:home"),
        post=post.label,
        who=str(actor),
    )
    return appointment


@operation
def deactivate_person(person: Person, *, reason: str, actor: Person) -> Person:
    """Close an account: nobody can sign in with it, and whoever is signed in is out at once."""
    administrators = _lock_administrators()
    person = lock(person)
    allow(actor, "deactivate_person", person)
    _keep_one_administrator(administrators - {person.pk})
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions_of(person)
    record(actor, "deactivate_person", person, reason=reason)
    return person


@operation
def reactivate_person(person: Person, *, actor: Person) -> Person:
    """Open a closed account again, with the posts it had."""
    person = lock(person)
    allow(actor, "reactivate_person", person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(actor, "reactivate_person", person)
    return person


def end_sessions_of(person: Person) -> None:
    """Sign the person out everywhere."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def _lock_administrators() -> set[int]:
    """The ids of the people who administer the platform now, their posts locked in order."""
    posts = Appointment.objects.select_for_update(of=("self",)).filter(
        role=Role.ADMINISTRATOR, ended_at=None
    )
    holders = list(posts.order_by("pk").values_list("person_id", flat=True))
    return set(Person.objects.filter(pk__in=holders, is_active=True).values_list("pk", flat=True))


def _keep_one_administrator(left: set[int]) -> None:
    if not left:
        raise DomainError(
            _("This is the last administrator. Appoint another one first, then try again.")
        )


def _open_studio(person: Person, post: Role, *, may: bool) -> None:
    """Editors enter the studio with the rights of its editors; others do not."""
    if post != Role.EDITOR:
        return
    person.is_staff = may
    person.save(update_fields=["is_staff"])
    group = Group.objects.filter(name=STUDIO_GROUP).first()
    if group is None:
        return
    if may:
        person.groups.add(group)
    else:
        person.groups.remove(group)
