"""The top floor's addresses: every page an editor made, found by its path."""

from django.urls import include, path, re_path
from wagtail.urls import serve_pattern

from cms.reports.views import report_pdf
from cms.serving import serve

urlpatterns = [
    path("", include("cms.demo.urls")),
    path("", include("cms.search.urls")),
    path("", include("cms.feed_urls")),
    re_path(r"^((?:[\w-]+/)+)report\.pdf$", report_pdf, name="report_pdf"),
    # before Wagtail's own of the same name, so that both directions lead here
    re_path(serve_pattern, serve, name="wagtail_serve"),
    path("", include("wagtail.urls")),
]
