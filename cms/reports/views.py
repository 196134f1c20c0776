"""What a report hands out besides its page: the paper, and the pictures on pages."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.images.views.serve import ServeView

from cms.pages.report import ReportPage
from cms.reports.paper import paper_of
from cms.serving import root_paths
from cms.shown import live_pages

picture = require_safe(ServeView.as_view())
"""A picture of a page, drawn anew in the size its signed address names."""


@require_safe
def report_pdf(request: HttpRequest, path: str) -> HttpResponseBase:
    """The report's paper, made once for each time it was published."""
    root = root_paths().get(get_language() or "")
    rows = live_pages(ReportPage).select_related("survey")
    page = rows.filter(url_path=f"{root}{path}").first() if root else None
    if page is None or not page.is_out:
        raise Http404
    document = paper_of(page)
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type=document.media_type,
    )
    response["Content-Length"] = document.size
    response["X-Content-Type-Options"] = "nosniff"
    return response
