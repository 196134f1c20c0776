"""People and organisations for tests: plain functions that write the rows a test starts from."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation import clock, uscc
from foundation.documents.models import Document
from foundation.organisations.models import (
    District,
    Membership,
    MembershipRole,
    Organisation,
    Union,
    UnionType,
)
from foundation.organisations.standing_models import Proof, ProofKind
from foundation.organisations.states import OrganisationState, ProofState
from foundation.people.models import Appointment, Person, Role

_numbers = itertools.count(1)
PREFIX = {"union": "81", "social": "52", "affiliated": "12", "enterprise": "91"}
VERIFIED = OrganisationState.VERIFIED


def make_code(kind: str = "social") -> str:
    """A valid credit code that no other test organisation has."""
    return uscc.make(PREFIX[kind], "310115", f"MT{next(_numbers):06d}")


def make_person(name: str = "", *roles: str, **fields: Any) -> Person:
    """A person with an account and, when named, posts on the platform (`Role.OFFICER`, …)."""
    number = next(_numbers)
    person = Person(
        email=fields.pop("email", f"person{number}@example.test"),
        name=name or f"Person {number}",
        joined_at=clock.now(),
        **fields,
    )
    person.set_unusable_password()
    person.save()
    for role in roles:
        Appointment.objects.create(person=person, role=role, began_at=clock.now())
    return person


def make_officer(*roles: str, name: str = "", **fields: Any) -> Person:
    """A programme officer, or the holder of the posts named instead."""
    return make_person(name, *(roles or (Role.OFFICER,)), **fields)


def make_document(
    actor: Person | None = None, purpose: str = "proof", name: str = "scan.pdf"
) -> Document:
    """A small file that was handed in."""
    body = b"%PDF-1.4 test"
    return Document.objects.create(
        purpose=purpose,
        name=name,
        media_type="application/pdf",
        size=len(body),
        sha256="0" * 64,
        file=ContentFile(body, name=name),
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )


def make_district(code: str = "", name: str = "") -> District:
    """A township-level unit; the same code gives the same one."""
    code = code or f"310115{next(_numbers) % 1000:03d}"
    return District.objects.get_or_create(code=code, defaults={"name": name or f"街道{code}"})[0]


def member_of(
    organisation: Organisation, role: str = MembershipRole.MANAGER, name: str = "", **fields: Any
) -> Person:
    """A new person who is in the organisation in this role."""
    person = make_person(name, **fields)
    join(person, organisation, role)
    return person


def join(person: Person, organisation: Organisation, role: str = MembershipRole.MANAGER) -> Person:
    """Put an existing person into the organisation."""
    Membership.objects.create(
        person=person, organisation=organisation, role=role, began_at=clock.now()
    )
    return person


def make_organisation(kind: str = "social", name: str = "", **fields: Any) -> Organisation:
    """A verified organisation nobody is in and nothing is proven of."""
    fields.setdefault("uscc", make_code(kind))
    fields.setdefault("state", VERIFIED)
    number = next(_numbers)
    return Organisation.objects.create(
        kind=kind, name=name or f"组织{number}", registered_at=clock.now(), **fields
    )


def make_union(
    parent: Union | Organisation | None = None,
    name: str = "",
    union_type: str = "",
    workers: int = 1000,
    **fields: Any,
) -> Organisation:
    """A union body under `parent` (`.union` is its place); without one, a federation (a root)."""
    organisation = make_organisation("union", name, **fields)
    place = {"organisation": organisation, "workers": workers}
    if parent is None:
        Union.add_root(union_type=union_type or UnionType.COORDINATING, **place)
    else:
        node = parent if isinstance(parent, Union) else parent.union
        # the tree's counters in memory grow old as soon as another child is added
        Union.objects.get(pk=node.pk).add_child(union_type=union_type or UnionType.HUB, **place)
    return Organisation.objects.get(pk=organisation.pk)


def make_proof(
    organisation: Organisation, kind: str = ProofKind.REGISTRATION, **fields: Any
) -> Proof:
    """A verified proof that is valid for ten years around now."""
    person = fields.pop("by", None) or make_person()
    fields.setdefault("issued_on", clock.today() - dt.timedelta(days=365))
    fields.setdefault("expires_on", fields["issued_on"] + dt.timedelta(days=3650))
    fields.setdefault("state", ProofState.VERIFIED)
    if fields["state"] != ProofState.STATED:
        fields.setdefault("decided_by", person)
        fields.setdefault("decided_at", clock.now())
    return Proof.objects.create(
        organisation=organisation, kind=kind, stated_by=person, stated_at=clock.now(), **fields
    )


def make_social(name: str = "", *, standing: bool = True, **fields: Any) -> Organisation:
    """A social organisation with a representative (`representative_of`), in good standing.

    `standing=False` leaves it without any proof.
    """
    organisation = make_organisation("social", name, **fields)
    representative = member_of(organisation, MembershipRole.REPRESENTATIVE)
    if standing:
        for kind in ProofKind.values:
            value = "4A" if kind == ProofKind.RATING else ""
            make_proof(organisation, kind, value=value, by=representative)
    return organisation


def make_buyer(parent: Union | Organisation | None = None, name: str = "", **fields: Any) -> Person:
    """A person who buys for a new union body under `parent` (`buyers_of(person)` finds it)."""
    return member_of(make_union(parent or make_union(), name, **fields))


def make_upload(name: str = "scan.pdf", body: bytes = b"%PDF-1.7\n%test\n") -> SimpleUploadedFile:
    """A small file as a browser hands it in."""
    return SimpleUploadedFile(name, body)
