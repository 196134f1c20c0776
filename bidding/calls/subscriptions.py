"""Being told of calls: subscribing, confirming an address, leaving, and the telling itself."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bidding.calls import kinds as _kinds  # noqa: F401  # what people are told is registered
from bidding.calls import subscription_rules as _rules  # noqa: F401  # the laws are registered
from bidding.calls.concerned import people_concerned
from bidding.calls.models import Call
from bidding.calls.states import CallState
from bidding.calls.subscription_models import Subscription
from bidding.needs.models import Category
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import Clash, DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.letters import absolute
from foundation.notifications.operations import path_to, tell, tell_address
from foundation.operations import lock, operation
from foundation.organisations.models import District
from foundation.people.models import Person
from foundation.permissions import SYSTEM, allow

FORGOTTEN_AFTER = dt.timedelta(days=7)
"""So long an address waits for its reader to confirm it."""

LETTERS_APART = dt.timedelta(hours=1)
"""No address is asked to confirm more often, whoever types it."""

CLOSES_SOON = dt.timedelta(days=3)
"""So long before the closing those who follow calls are reminded of it."""

NEWS = {
    "new": gettext_noop("New call"),
    "changed": gettext_noop("Call changed"),
    "later": gettext_noop("Call closes later"),
    "soon": gettext_noop("Call closes soon"),
    "cancelled": gettext_noop("Call cancelled"),
}


def _named(actor: Any) -> Any:
    """Who acts, as the trail can say it: somebody without an account is nobody."""
    return actor if getattr(actor, "pk", None) else SYSTEM


def key_of(subscription: Subscription) -> str:
    """The secret in the links of a subscription: made from the house's own, kept nowhere."""
    what = f"{subscription.pk}:{subscription.address}:{subscription.created_at.isoformat()}"
    return salted_hmac("subscription", what, algorithm="sha256").hexdigest()[:40]


def opens(key: str, subscription: Subscription) -> bool:
    """Is this its key, judged in a time that does not depend on how much of it is right?"""
    return secrets.compare_digest(key.encode(), key_of(subscription).encode())


@operation
def subscribe(
    *, categories: Sequence[Category], districts: Sequence[District], actor: Any
) -> Subscription:
    """The person is told of calls in these categories and districts; none named means all."""
    allow(actor, "subscribe")
    now = clock.now()
    mine, _new = Subscription.objects.get_or_create(
        person=actor, defaults={"created_at": now, "confirmed_at": now}
    )
    mine = _standing(mine)
    mine.categories.set(categories)
    mine.districts.set(districts)
    record(actor, "subscribe", mine, categories=len(categories), districts=len(districts))
    return mine


@operation
def request_subscription(
    *,
    address: str,
    categories: Sequence[Category],
    districts: Sequence[District],
    language: str,
    actor: Any,
) -> None:
    """Ask the reader of an address whether it shall be told of calls; nobody learns what is known
    of it. What is confirmed takes the place of what stood."""
    allow(actor, "request_subscription")
    address, now = address.strip().lower(), clock.now()
    waiting = Subscription.objects.filter(address=address, confirmed_at=None)
    if waiting.filter(created_at__gt=now - LETTERS_APART).exists():
        return
    waiting.delete()
    asked = Subscription.objects.create(address=address, language=language, created_at=now)
    asked.categories.set(categories)
    asked.districts.set(districts)
    key = f"subscription:{asked.pk}"
    schedule("forget_subscription", now + FORGOTTEN_AFTER, key=key, pk=asked.pk)
    url = path_to("calls:confirm_subscription", asked.pk, key_of(asked))
    tell_address(address, "subscription_asked", language=language, url=url)
    record(_named(actor), "request_subscription", asked)


@operation
def confirm_subscription(subscription: Subscription, *, key: str, actor: Any) -> Subscription:
    """The reader of the address wants it: what stood for this address before is replaced."""
    # all rows of the address, always in one order: two of its links may be opened at once
    every = Subscription.objects.select_for_update().filter(address=subscription.address)
    list(every.order_by("pk"))
    subscription = _standing(subscription)
    allow(actor, "confirm_subscription", subscription)
    _must_open(key, subscription)
    if subscription.confirmed_at:
        return subscription
    Subscription.objects.filter(address=subscription.address).exclude(pk=subscription.pk).delete()
    subscription.confirmed_at = clock.now()
    subscription.save(update_fields=["confirmed_at"])
    record(_named(actor), "confirm_subscription", subscription)
    return subscription


@operation
def end_subscription(subscription: Subscription, *, key: str, actor: Any) -> None:
    """Nothing more is told; the address and the choice are deleted."""
    subscription = _standing(subscription)
    allow(actor, "end_subscription", subscription)
    _must_open(key, subscription)
    record(_named(actor), "end_subscription", subscription)
    subscription.delete()


def _standing(subscription: Subscription) -> Subscription:
    """It, locked; it may have been ended or replaced a moment ago."""
    try:
        return lock(subscription)
    except Subscription.DoesNotExist as gone:
        raise Clash(_("This was ended, or replaced by a newer choice, a moment ago.")) from gone


def _must_open(key: str, subscription: Subscription) -> None:
    if not opens(key, subscription):
        raise DomainError(_("This link is not whole. Copy it from the letter once more."))


@operation
def forget_subscription(subscription: Subscription, *, actor: Any) -> None:
    """Nobody confirmed the address: it is not kept."""
    subscription = _standing(subscription)
    allow(actor, "forget_subscription", subscription)
    if subscription.confirmed_at is None:
        record(actor, "forget_subscription", subscription)
        subscription.delete()


@handles("forget_subscription")
def _forget(pk: int) -> None:
    if found := Subscription.objects.filter(pk=pk, confirmed_at=None).first():
        forget_subscription(found, actor=SYSTEM)


def followers_of(call: Call) -> QuerySet[Subscription]:
    """Who wants to be told of this call: by its lots' categories, and by where its needs are; a
    call that names no place is for everybody."""
    categories = call.lots.values("category")
    named = list(call.needs.values_list("district", flat=True))
    rows = Subscription.objects.exclude(confirmed_at=None).filter(
        Q(categories=None) | Q(categories__in=categories)
    )
    if named and None not in named:
        rows = rows.filter(Q(districts=None) | Q(districts__in=named))
    return rows.distinct()


def announce(call: Call, news: str, said: str = "") -> None:
    """Have everybody who follows calls told soon, outside of what is being done now."""
    at = clock.now()
    key = f"call:{call.pk}:news:{news}:{at.isoformat()}"
    schedule("tell_followers", at, key=key, call=call.pk, news=news, said=said)


def remind_of(call: Call) -> None:
    """Have them reminded before this closing; an event for a closing that moved says nothing."""
    at = call.closes_at - CLOSES_SOON
    if at > clock.now():
        facts = {"news": "soon", "said": "", "closes_at": call.closes_at.isoformat()}
        key = f"call:{call.pk}:soon:{call.closes_at.isoformat()}"
        schedule("tell_followers", at, key=key, call=call.pk, **facts)


@handles("tell_followers")
def tell_followers(call: int, news: str, said: str, closes_at: str = "") -> None:
    """Tell everybody who follows such calls; who was told as one concerned is not told twice."""
    found = Call.objects.select_related("created_by").get(pk=call)
    moved = closes_at and dt.datetime.fromisoformat(closes_at) != found.closes_at
    if moved or (news != "cancelled" and found.state != CallState.PUBLISHED):
        return
    known = set() if news in ("new", "soon") else {one.pk for one in people_concerned(found)}
    facts: dict[str, Any] = {
        "news": _said(news),
        "call": own_words_lazily(found, "title"),
        "said": said or own_words_lazily(found, "summary"),
        "closes_at": found.closes_at,
    }
    rows = followers_of(found)
    people = Person.objects.filter(call_subscription__in=rows.exclude(person=None))
    tell(people.exclude(pk__in=known), "call_news", url=path_to(found), **facts)
    _write_to(rows.filter(person=None), path_to(found), facts)


def _said(news: str) -> Any:
    return _(NEWS[news])  # marked where it stands


def _write_to(rows: Iterable[Subscription], url: str, facts: dict[str, Any]) -> None:
    for row in rows:
        language = row.language or settings.LANGUAGE_CODE
        leave = absolute(path_to("calls:end_subscription", row.pk, key_of(row)), language)
        address = row.address
        tell_address(address, "call_letter", language=language, url=url, leave=leave, **facts)
