"""Calendars of calls: lines as RFC 5545 wants them."""

import datetime as dt

from bidding.calls.icalendar import Event, calendar, escaped, folded, stamp

AT = dt.datetime(2026, 6, 5, 17, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def test_text_is_escaped_and_holds_no_control_character():
    assert escaped("a\\b; c, d\r\ne\x07f\rg") == "a\\\\b\\; c\\, d\\nef\\ng"


def test_a_line_is_folded_at_seventy_five_octets_and_no_character_is_split():
    for line in ("x" * 200, "征集" * 60, "a" * 74 + "征", "short"):
        parts = folded(line).split("\r\n ")
        assert "".join(parts) == line
        sizes = [len(part.encode()) + bool(place) for place, part in enumerate(parts)]
        assert max(sizes) <= 75
        assert all(size > 72 for size in sizes[:-1])
    assert folded("x" * 75) == "x" * 75


def test_a_feed_is_whole_and_in_utc():
    event = Event("1@x", AT, "截止, 1", "a\nb", "https://x/calls/1/", AT, 2, is_cancelled=True)
    lines = calendar("征集", [event], producer="工创").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines[6:] == [
        "BEGIN:VEVENT",
        "UID:1@x",
        "DTSTAMP:20260605T090000Z",
        "DTSTART:20260605T090000Z",
        "SEQUENCE:2",
        "SUMMARY:截止\\, 1",
        "DESCRIPTION:a\\nb",
        "URL:https://x/calls/1/",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert stamp(AT) == "20260605T090000Z"
