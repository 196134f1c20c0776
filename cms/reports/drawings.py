"""Drawings kept: a chart is drawn when its data changes, not when it is read."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.reports import charts, shapes, summaries
from cms.reports.models import Drawing
from cms.reports.shapes import CHARTS, Fact
from foundation import clock

KEPT = dt.timedelta(days=90)
"""A drawing older than this is let go when a report is published; who reads it draws it anew."""


@functools.cache
def style() -> str:
    """The way of drawing: another one once a template, a sentence or a translation changes."""
    root = Path(settings.BASE_DIR)
    sources = [Path(module.__file__ or "") for module in (charts, shapes, summaries)]
    sources += sorted((root / "cms/templates/cms/charts").glob("*.html"))
    sources += [root / "foundation/templates/components/flow.html"]
    sources += sorted((root / "locale").glob("*/LC_MESSAGES/django.po"))
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def drawings_of(facts: Iterable[tuple[str, Fact]]) -> dict[str, SafeString]:
    """{fingerprint: drawing} of the charts among the facts, each with its own (1–2 queries)."""
    wanted = {digest: fact for digest, fact in facts if fact["kind"] in CHARTS}
    if not wanted:
        return {}
    language = get_language() or settings.LANGUAGE_CODE
    rows = Drawing.objects.filter(digest__in=wanted, language=language, style=style())
    # what is kept was made by Django's templates, which escaped what people wrote
    found = {row.digest: SafeString(row.markup) for row in rows}
    new = {key: charts.draw(fact) for key, fact in wanted.items() if key not in found}
    Drawing.objects.bulk_create(
        [
            Drawing(
                digest=key,
                language=language,
                kind=wanted[key]["kind"],
                style=style(),
                markup=markup,
                drawn_at=clock.now(),
            )
            for key, markup in new.items()
        ],
        ignore_conflicts=True,
    )
    return found | {key: SafeString(markup) for key, markup in new.items()}


def drawing_of(fact: Fact) -> SafeString:
    """One chart, drawn here and now and not kept: a preview, a page that is no report."""
    return SafeString(charts.draw(fact))


def forget_old_drawings() -> None:
    """Let drawings go that nobody may have looked at for a season."""
    Drawing.objects.filter(drawn_at__lt=clock.now() - KEPT).delete()
