"""The trail as a file: what the page shows under its filters, all of it, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from foundation import clock
from foundation.audit.actions import kind_said, said
from foundation.audit.filters import TrailFilter
from foundation.audit.models import Entry
from foundation.audit.queries import entries_visible_to
from foundation.http import gate, signed_in
from marketplace.ledger.sheets import sheet_response


@signed_in
def trail_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The entries the filters leave, newest first."""
    gate(request.user, "read_trail")
    found = TrailFilter(request.GET, entries_visible_to(request.user))
    rows = found.qs.iterator(chunk_size=2000)
    return sheet_response(ending, f"trail-{clock.today():%Y%m%d}", _lines(rows))


def _lines(entries: Iterable[Entry]) -> Iterator[list[object]]:
    yield [
        _("number"),
        _("When"),
        _("Who"),
        _("What was done"),
        _("act"),
        _("To what"),
        _("kind of thing"),
        _("its number"),
        _("as recorded"),
    ]
    for entry in entries:
        yield [
            entry.pk,
            entry.at,
            entry.actor or _("the platform"),
            said(entry.action),
            entry.action,
            entry.subject_name,
            kind_said(entry.subject_type),
            entry.subject_id,
            json.dumps(entry.facts, ensure_ascii=False, sort_keys=True) if entry.facts else "",
        ]
