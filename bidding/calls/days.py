"""The days of a call as events of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from bidding.calls.icalendar import Event
from bidding.calls.models import Call
from bidding.calls.states import CallState
from foundation.face.values import own_words


def events_of(call: Call, *, url: str) -> Iterator[Event]:
    """When it opens, until when questions are taken, and when it closes; the amendments that were
    fetched with it say when it changed last."""
    amendments = list(call.amendments.all())
    changed = amendments[0].made_at if amendments else call.published_at
    title = own_words(call, "title")
    for what, said, at in (
        ("opens", _("Opens: %(call)s"), call.opens_at),
        ("questions", _("Questions end: %(call)s"), call.questions_until),
        ("closes", _("Closes: %(call)s"), call.closes_at),
    ):
        yield Event(
            uid=f"{call.number}-{what}@{urlsplit(url).hostname}",
            at=at,
            title=said % {"call": title},
            about=f"{call.number}\n{own_words(call, 'summary')}\n{url}",
            url=url,
            changed_at=changed or call.created_at,
            sequence=len(amendments),
            is_cancelled=call.state in (CallState.CANCELLED, CallState.VOID),
        )
