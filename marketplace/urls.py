"""The hall of addresses: each floor's, named by string; Chinese has no prefix, English `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from foundation.health import healthz

ROOMS = (
    "auditing",
    "desk",
    "ledger",
    "payments",
    "honoraria",
    "reconciliation",
    "matching",
    "awards",
    "agreements",
    "delivery",
    "complaints",
    "catalogue",
    "opendata",
)

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("foundation.face.assets")),
    path("", include("cms.assets")),
    path("healthz", healthz),
    path("studio/", include("wagtail.admin.urls")),
]
urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("", include("foundation.urls")),
    path("", include("bidding.urls")),
    *[path("", include(f"marketplace.{room}.urls")) for room in ROOMS],
    path("", include("cms.urls")),
    prefix_default_language=False,
)
