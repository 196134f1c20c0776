"""The hall of the first floor's addresses; each room names its own whole paths."""

from django.urls import include, path

urlpatterns = [
    path("", include(f"bidding.{room}.urls"))
    for room in ("needs", "calls", "proposals", "evaluation", "notices")
]
