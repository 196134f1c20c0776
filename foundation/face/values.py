"""How amounts, moments and sizes are written for people, in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from foundation import clock, money

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def is_english() -> bool:
    """Does the reader read English (else Chinese)?"""
    return (get_language() or "").startswith("en")


def own_words(thing: Any, name: str) -> str:
    """What a person wrote under `name`; for English readers its English twin, if there is one."""
    english = getattr(thing, f"{name}_en", "") if is_english() else ""
    return str(english or getattr(thing, name))


own_words_lazily = lazy(own_words, str)
"""The same, said when it is read: for facts of notices, whose reader is not the one who acts."""


def wan_text(fen: int) -> str:
    """130000000 → '130 万元', or '¥1.3 million' in English (whole yuan below a million)."""
    if not is_english():
        return f"{money.wan(fen)} 万元"
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    if fen >= 100_000_000:
        hundredths = (fen + 500_000) // 1_000_000
        whole, rest = divmod(hundredths, 100)
        return f"{sign}¥{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "") + " million"
    return f"{sign}¥{(fen + 50) // 100:,}"


def day_text(day: dt.date) -> str:
    """'2026年11月22日' or '22 November 2026'; a moment counts as its day in Shanghai."""
    if isinstance(day, dt.datetime):
        day = local(day).date()
    if is_english():
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def moment_text(moment: dt.datetime) -> str:
    """'2026年11月22日 15:00' or '22 November 2026, 15:00', on the wall in Shanghai."""
    moment = local(moment)
    separator = ", " if is_english() else " "
    return f"{day_text(moment.date())}{separator}{moment:%H:%M}"


def local(moment: dt.datetime) -> dt.datetime:
    """The moment as the wall clock shows it; a naive one is taken to be that already."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def ago_text(moment: dt.datetime | dt.date, now: dt.datetime | None = None) -> str:
    """'3 days ago', 'in 2 hours', 'just now'; for a date, counted in whole days."""
    if not isinstance(moment, dt.datetime):
        days = (moment - clock.today()).days
        if days == 0:
            return _("today")
        return _in_or_ago(days < 0, _days(abs(days)))
    seconds = (moment - (now or clock.now())).total_seconds()
    past, size = seconds <= 0, int(abs(seconds))
    if size < 60:
        return _("just now") if past else _("in less than a minute")
    if size < 3600:
        n = size // 60
        return _in_or_ago(past, ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n})
    if size < 36 * 3600:
        n = size // 3600
        return _in_or_ago(past, ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n})
    return _in_or_ago(past, _days(size // 86400))


def _days(days: int) -> str:
    if days < 60:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 730:
        n = days // 30
        return ngettext("%(n)d month", "%(n)d months", n) % {"n": n}
    n = days // 365
    return ngettext("%(n)d year", "%(n)d years", n) % {"n": n}


def _in_or_ago(past: bool, span: str) -> str:
    return (_("%(span)s ago") if past else _("in %(span)s")) % {"span": span}


def size_text(size: int) -> str:
    """1536000 → '1.5 MB'."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


def count_text(number: Any) -> str:
    """12345 → '12,345', the same in both languages."""
    return f"{number:,}"
