"""Tags for single values: money, days, moments, icons, badges."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation import money as amounts
from foundation.face import values
from foundation.face.tones import tone_of

register = template.Library()


@register.simple_tag
def money(fen: int | None) -> str:
    """{% money fen %}: ¥1,300,000.00 in tabular figures, machine-readable too."""
    if fen is None:
        return format_html('<span class="money" data-state="none">{}</span>', "—")
    return format_html(
        '<data class="money" value="{}">{}</data>', amounts.plain_yuan(fen), amounts.yuan(fen)
    )


@register.simple_tag
def wan(fen: int | None) -> str:
    """{% wan fen %}: 130 万元, with the exact amount on hover."""
    if fen is None:
        return format_html('<span class="money" data-state="none">{}</span>', "—")
    return format_html(
        '<data class="money" value="{}" title="{}">{}</data>',
        amounts.plain_yuan(fen),
        amounts.yuan(fen),
        values.wan_text(fen),
    )


@register.filter
def said(thing: Any, name: str) -> SafeString:
    """{{ call|said:"title" }}: what a person wrote, in the reader's language where it is there.

    Chinese words on an English page are marked as Chinese.
    """
    words = values.own_words(thing, name)
    if values.is_english() and words == str(getattr(thing, name)) and not words.isascii():
        return format_html('<span lang="zh-Hans">{}</span>', words)
    return format_html("{}", words)


@register.filter
def as_money(fen: int | None) -> str:
    """{{ fen|as_money }}: '¥1,300,000.00' as plain text, for titles and sentences."""
    return "—" if fen is None else amounts.yuan(fen)


@register.filter
def as_wan(fen: int | None) -> str:
    """{{ fen|as_wan }}: '130 万元' as plain text."""
    return "—" if fen is None else values.wan_text(fen)


@register.filter
def as_day(day: dt.date | None) -> str:
    """{{ day|as_day }}: the day as plain text."""
    return "—" if day is None else values.day_text(day)


@register.filter
def as_moment(moment: dt.datetime | None) -> str:
    """{{ moment|as_moment }}: the moment as plain text."""
    return "—" if moment is None else values.moment_text(moment)


@register.filter
def as_count(number: Any) -> str:
    """{{ n|as_count }}: 12,345."""
    return "—" if number is None else values.count_text(number)


@register.filter
def as_percent(share: float | None) -> str:
    """{{ share|as_percent }}: 0.3754 as '37.5 %'."""
    return "—" if share is None else f"{100 * share:.1f} %"


@register.simple_tag
def moment(at: dt.datetime | None) -> str:
    """{% moment dt %}: the day and the time on the wall in Shanghai."""
    if at is None:
        return format_html('<span class="moment" data-state="none">{}</span>', "—")
    return format_html(
        '<time class="moment" datetime="{}">{}</time>', at.isoformat(), values.moment_text(at)
    )


@register.simple_tag
def day(on: dt.date | None) -> str:
    """{% day d %}: the day in words of the reader's language."""
    if on is None:
        return format_html('<span class="moment" data-state="none">{}</span>', "—")
    exact = values.local(on).date() if isinstance(on, dt.datetime) else on
    return format_html(
        '<time class="moment" datetime="{}">{}</time>', exact.isoformat(), values.day_text(on)
    )


@register.simple_tag
def ago(at: dt.datetime | dt.date | None) -> str:
    """{% ago dt %}: how long ago or until then, with the exact moment on hover."""
    if at is None:
        return format_html('<span class="moment" data-state="none">{}</span>', "—")
    exact = values.moment_text(at) if isinstance(at, dt.datetime) else values.day_text(at)
    return format_html(
        '<time class="moment" datetime="{}" title="{}">{}</time>',
        at.isoformat(),
        exact,
        values.ago_text(at),
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """{% icon "call" %}: a picture from the one set; without a label it is decoration."""
    source = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label,
            source,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', source
    )


@register.inclusion_tag("components/badge.html")
def badge(thing: Any = None, *, label: Any = "", tone: str = "") -> dict[str, Any]:
    """{% badge obj %} shows its state; {% badge phase %} a choice; {% badge label= tone= %} words.

    Tones: good, warn, bad, info, quiet.
    """
    state = getattr(thing, "state", None)
    if thing is None or thing == "":
        return {"label": label, "tone": tone or "quiet"}
    if state is not None and hasattr(thing, "get_state_display"):
        return {"label": label or thing.get_state_display(), "tone": tone or tone_of(state)}
    words = label or getattr(thing, "label", thing)
    return {"label": words, "tone": tone or tone_of(getattr(thing, "value", thing))}
