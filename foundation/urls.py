"""The hall of the ground floor's addresses; each room names its own whole paths."""

from django.urls import include, path

urlpatterns = [
    path("", include(f"foundation.{room}.urls"))
    for room in (
        "people",
        "notifications",
        "documents",
        "organisations",
        "audit",
        "workdays",
        "face",
    )
]
