"""The top floor's addresses: every page an editor made, found by its path."""

from django.urls import include, path, re_path
from wagtail.urls import serve_pattern

import cms.kinds  # noqa: F401  # the words of the alarm, for whoever reads it on the desk
from cms.serving import serve

urlpatterns = [
    path("", include("cms.demo.urls")),
    # before Wagtail's own of the same name, so that both directions lead here
    re_path(serve_pattern, serve, name="wagtail_serve"),
    path("", include("wagtail.urls")),
]
