"""Telling people: rows for the desk and the outbox, written in the transaction that tells."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.shortcuts import resolve_url
from django.utils import translation

from foundation import clock
from foundation.notifications.kinds import KINDS, kept
from foundation.notifications.models import Notification, Outgoing, Preference


def path_to(to: Any, *args: Any) -> str:
    """The address of `to` (a URL name, or an object with an address) without a language."""
    with translation.override(settings.LANGUAGE_CODE):
        return resolve_url(to, *args)


def tell(people: Any, kind: str, *, url: str = "", **facts: Any) -> list[Notification]:
    """Tell each of `people` (one person, or many) on the desk, and by e-mail who wants it.

    `url` is a path without a language (`path_to`). Who is named twice is told once; who has
    left, and the platform itself, are not told. The words are made when they are read.
    """
    described = KINDS[kind]
    stored = json.loads(json.dumps(kept(facts), cls=DjangoJSONEncoder, default=str))
    described.words(stored)  # a fact that its words need and nobody gave is a mistake here, now
    readers = _readers(people)
    now = clock.now()
    told = Notification.objects.bulk_create(
        Notification(person=reader, kind=kind, facts=stored, url=url, created_at=now)
        for reader in readers.values()
    )
    muted = _muted(list(readers), described.group)
    Outgoing.objects.bulk_create(
        Outgoing(
            notification=notice,
            channel="email",
            address=notice.person.email,
            created_at=now,
            due_at=now,
        )
        for notice in told
        if notice.person_id not in muted
    )
    return told


def tell_address(address: str, kind: str, *, language: str, url: str = "", **facts: Any) -> None:
    """Write by e-mail to somebody who has no account (yet), in `language`."""
    stored = json.loads(json.dumps(kept(facts), cls=DjangoJSONEncoder, default=str))
    KINDS[kind].words(stored)
    now = clock.now()
    Outgoing.objects.create(
        channel="email",
        address=address,
        kind=kind,
        facts=stored,
        url=url,
        language=language,
        created_at=now,
        due_at=now,
    )


def forget_letters(kind: str, **facts: Any) -> None:
    """Let go of what was to be written to somebody without an account and has not left yet."""
    wanted = {f"facts__{name}": value for name, value in facts.items()}
    Outgoing.objects.filter(notification=None, kind=kind, sent_at=None, **wanted).delete()


def _muted(readers: list[int], group: str) -> set[int]:
    """Who of them wants no e-mail about this group."""
    if not readers:
        return set()
    # raw SQL: nearly every operation tells somebody, and composing this query anew each time
    # cost twenty times its answer
    marks = ", ".join(["%s"] * len(readers))
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT person_id FROM {Preference._meta.db_table} WHERE "group" = %s '
            f"AND NOT email AND person_id IN ({marks})",
            [group, *readers],
        )
        return {person for (person,) in cursor.fetchall()}


def _readers(people: Any) -> dict[int, Any]:
    """{id: person} of those who can be told, in the order they were named."""
    many: Iterable[Any] = [people] if isinstance(people, models.Model) else (people or ())
    return {
        person.pk: person
        for person in many
        if person is not None and person.pk and person.is_active
    }
