"""The world of a rush: a call with thousands of whole drafts nobody has handed in yet; and what
the book of receipts says afterwards.

Told line by line, as JSON, what to do, it answers each with a line: ["lay", count] with [[proposal,
session], …]; ["begin", seconds], which lets the call close so much later by the database's clock,
with when that is; ["judge", [[proposal, messages], …]], of what was answered, with the facts.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import django

django.setup()

from allauth.account.authentication import (  # noqa: E402  # after django.setup()
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.conf import settings  # noqa: E402  # after django.setup()
from django.contrib.auth import (  # noqa: E402  # after django.setup()
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.messages import constants  # noqa: E402  # after django.setup()
from django.contrib.messages.storage.cookie import CookieStorage  # noqa: E402  # after setup
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402  # after django.setup()
from django.contrib.sessions.models import Session  # noqa: E402  # after django.setup()
from django.core.management import call_command  # noqa: E402  # after django.setup()
from django.db import connection, transaction  # noqa: E402  # after django.setup()
from django.db.models import F  # noqa: E402  # after django.setup()
from django.http import HttpRequest  # noqa: E402  # after django.setup()
from django.utils.crypto import get_random_string  # noqa: E402  # after django.setup()

from bidding.calls.custody import lay_key  # noqa: E402  # after django.setup()
from bidding.calls.models import Call  # noqa: E402  # after django.setup()
from bidding.proposals.drafts import read_draft, seal_draft  # noqa: E402  # after django.setup()
from bidding.proposals.models import Proposal, Submission  # noqa: E402  # after django.setup()
from bidding.proposals.opening import open_envelopes  # noqa: E402  # after django.setup()
from foundation import clock  # noqa: E402  # after django.setup()
from foundation.errors import DomainError  # noqa: E402  # after django.setup()
from foundation.notifications.models import Notification  # noqa: E402  # after django.setup()
from foundation.organisations.models import Membership, Organisation  # noqa: E402  # after setup
from foundation.organisations.standing_models import Proof  # noqa: E402  # after django.setup()
from foundation.people.models import Person  # noqa: E402  # after django.setup()
from foundation.permissions import SYSTEM  # noqa: E402  # after django.setup()
from tests.factories.organisations import make_code  # noqa: E402  # after django.setup()
from tests.factories.proposals import bidder_of, make_open_call, make_ready  # noqa: E402  # after


def lay(count: int) -> list[tuple[int, str]]:
    """One organisation's draft is written through the operations; the others are copies of it,
    each with people, proofs and a key of its own."""
    call_command("found_database", verbosity=0)
    call = make_open_call()
    lay_key(call)
    first = make_ready(call)
    organisations = _copied(first.organisation, count - 1)
    people = _people_for(organisations)
    offer, _files = read_draft(first)
    drafts = []
    for place, organisation in enumerate(organisations):
        facts = {"call": call, "lot": first.lot, "organisation": organisation}
        stamps = {"created_at": first.created_at, "changed_at": first.changed_at}
        draft = Proposal(
            **facts, **stamps, serial=f"{200_000 + place}", created_by=people[place], revision=8
        )
        seal_draft(draft, {**offer, "title": f"职工法律服务 {place}"}, {})
        drafts.append(draft)
    drafts = Proposal.objects.bulk_create(drafts, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    whose = [(first, bidder_of(first.organisation)), *zip(drafts, people, strict=True)]
    return _signed_in(whose)


def _copied(model: Organisation, count: int) -> list[Organisation]:
    """Organisations of the same standing."""
    rows = [
        Organisation(
            kind=model.kind,
            name=f"社会组织 {place}",
            uscc=make_code(),
            state=model.state,
            registered_at=model.registered_at,
        )
        for place in range(count)
    ]
    rows = Organisation.objects.bulk_create(rows, batch_size=500)
    proofs = list(Proof.objects.filter(organisation=model).values())
    Proof.objects.bulk_create(
        (
            Proof(**{**proof, "id": None, "organisation_id": row.pk})
            for row in rows
            for proof in proofs
        ),
        batch_size=1000,
    )
    return rows


def _people_for(organisations: list[Organisation]) -> list[Person]:
    """A legal representative each."""
    now = clock.now()
    people = []
    for place in range(len(organisations)):
        person = Person(email=f"bidder{place}@example.test", name=f"王{place}", joined_at=now)
        person.set_unusable_password()
        people.append(person)
    people = Person.objects.bulk_create(people, batch_size=500)
    Membership.objects.bulk_create(
        (
            Membership(
                person=person, organisation=organisation, role="representative", began_at=now
            )
            for person, organisation in zip(people, organisations, strict=True)
        ),
        batch_size=500,
    )
    return people


def _signed_in(whose: list[tuple[Proposal, Person]]) -> list[tuple[int, str]]:
    """A session for each, as signing in leaves it."""
    until = clock.now() + dt.timedelta(hours=2)
    rows, made = [], []
    for proposal, person in whose:
        key = get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789")
        facts = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
            AUTHENTICATION_METHODS_SESSION_KEY: [{"method": "mfa", "at": time.time()}],
            f"{AUTHENTICATION_METHODS_SESSION_KEY}_user": str(person.pk),
        }
        data = SessionStore().encode(facts)
        rows.append(Session(session_key=key, session_data=data, expire_date=until))
        made.append((proposal.pk, key))
    Session.objects.bulk_create(rows, batch_size=500)
    return made


def begin(seconds: float) -> float:
    """Move the closing; how it reads as seconds since 1970."""
    closes_at = clock.database_now() + dt.timedelta(seconds=seconds)
    Call.objects.update(closes_at=closes_at, questions_until=closes_at)
    return closes_at.timestamp()


def judge(answers: list[tuple[int, str]]) -> dict[str, Any]:
    """What was acknowledged against what is in the book; then all envelopes are opened."""
    acknowledged = Counter(pk for pk, cookie in answers if _level(cookie) == constants.SUCCESS)
    refused = sum(_level(cookie) == constants.ERROR for _pk, cookie in answers)
    held = Counter(Submission.objects.values_list("proposal", flat=True))
    call = Call.objects.get()
    facts = {
        "acknowledged": sum(acknowledged.values()),
        "refused": refused,
        "unclear": len(answers) - sum(acknowledged.values()) - refused,
        "lost": sum((acknowledged - held).values()),
        "doubled": sum(count - 1 for count in held.values()),
        "unacknowledged": sum((held - acknowledged).values()),
        "late": Submission.objects.filter(submitted_at__gte=F("proposal__call__closes_at")).count(),
        "untold": Submission.objects.count()
        - Notification.objects.filter(kind="proposal_submitted").count(),
    }
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        # raw: the opening of thousands is the worker's, which waits longer than a page may
        cursor.execute("SET LOCAL statement_timeout = 0")
        try:
            open_envelopes(call, actor=SYSTEM)
        except DomainError as refusal:
            raise RuntimeError(str(refusal)) from refusal
    took = time.perf_counter() - began
    opened = Submission.objects.exclude(opened=None).count()
    return facts | {"shut": Submission.objects.count() - opened, "opening_seconds": took}


def _level(cookie: str) -> int:
    """Of the sentence a browser would show."""
    request = HttpRequest()
    request.COOKIES["messages"] = cookie
    return max((message.level for message in CookieStorage(request)), default=0)


if __name__ == "__main__":
    does: dict[str, Callable[[Any], Any]] = {"lay": lay, "begin": begin, "judge": judge}
    for told in sys.stdin:
        what, given = json.loads(told)
        print(json.dumps(does[what](given)), flush=True)
