"""Dates as an iCalendar feed (RFC 5545): events at a moment, in UTC, escaped and folded. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

OCTETS = 75
"""A line is no longer, its end not counted (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Event:
    """Something that happens at a moment. `uid` stays; `sequence` rises with each change."""

    uid: str
    at: dt.datetime
    title: str
    about: str
    url: str
    changed_at: dt.datetime
    sequence: int = 0
    is_cancelled: bool = False


def escaped(text: str) -> str:
    """TEXT as RFC 5545, 3.3.11 writes it."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # no other control character may stand in a value
    return "\\n".join("".join(one for one in line if one >= " " or one == "\t") for line in lines)


def folded(line: str) -> str:
    """The line, broken so that no part has more than 75 octets and no character is split."""
    parts: list[str] = []
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        # what follows a break begins with a space that counts
        if size + octets > OCTETS - (1 if parts else 0):
            parts.append(part)
            part, size = "", 0
        part, size = part + letter, size + octets
    return "\r\n ".join([*parts, part])


def stamp(moment: dt.datetime) -> str:
    """A moment in UTC, as 20260102T030405Z."""
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def calendar(name: str, events: Iterable[Event], *, producer: str) -> str:
    """The whole feed, lines ending as the standard wants."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escaped(producer)}//CALLS//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for event in events:
        lines += _lines(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _lines(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp(event.changed_at)}"
    yield f"DTSTART:{stamp(event.at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"SUMMARY:{escaped(event.title)}"
    yield f"DESCRIPTION:{escaped(event.about)}"
    yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
