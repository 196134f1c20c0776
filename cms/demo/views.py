"""The demo's start page: who lives here and how to sign in as them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from bidding.evaluation.roadshow_queries import UNDER_WAY, boards
from cms.demo.people import PASSWORD, personas_present


@never_cache
def demo(request: HttpRequest) -> HttpResponse:
    """People, password and current codes; outside the demo this page does not exist."""
    if not settings.DEMO:
        raise Http404
    context = {
        "rows": personas_present(),
        "password": PASSWORD,
        "roadshow": boards().filter(state__in=UNDER_WAY).order_by("-begins_at").first(),
    }
    return render(request, "cms/demo/start.html", context)
