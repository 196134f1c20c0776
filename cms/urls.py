"""The top floor's addresses: search, then every page an editor made."""

from django.urls import include, path

urlpatterns = [
    path("", include("wagtail.urls")),
]
