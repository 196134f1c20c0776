"""Handing a document out: always as a download, never as a page of ours."""

from __future__ import annotations

import uuid

from csp.decorators import csp_replace
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from foundation.documents.queries import document_visible_to
from foundation.documents.sealed import opened


@require_safe
@cache_control(private=True, no_cache=True)
@csp_replace({"sandbox": [""], "default-src": ["'none'"]})  # type: ignore[arg-type]  # csp's stubs know no URL arguments
def document(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The file itself, for whoever its purpose lets read it."""
    found = document_visible_to(request.user, key)
    body = opened(found)
    response = FileResponse(
        body,
        as_attachment=True,
        filename=found.name,
        content_type=found.media_type,
    )
    response["Content-Length"] = found.size
    response["X-Content-Type-Options"] = "nosniff"
    return response
