"""Tags of report pages: the reader's half of a pair, shares in words, kept drawings."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.reports import charts, summaries
from cms.reports.drawings import drawing_of
from cms.reports.shapes import Fact, digest_of
from foundation.face.values import is_english

register = template.Library()
register.filter("percent", summaries.percent)
register.filter("told_share", charts.told_share)


@register.filter
def words(pair: Any) -> SafeString:
    """{{ fact.title|words }}: the half the reader reads; Chinese on an English page is marked."""
    said = summaries.words(pair)
    if is_english() and isinstance(pair, list) and pair[0] == said and not said.isascii():
        return format_html('<span lang="zh-Hans">{}</span>', said)
    return format_html("{}", said)


@register.simple_tag(takes_context=True)
def drawing(context: template.Context, fact: Fact) -> SafeString:
    """{% drawing fact %}: the kept chart; where the page keeps none, drawn here."""
    kept: dict[str, SafeString] = context.get("drawings") or {}
    told = context.get("told")
    digest = told.digest if told and told.fact is fact else digest_of(fact)
    return kept.get(digest) or drawing_of(fact)
