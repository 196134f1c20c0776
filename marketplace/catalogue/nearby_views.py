"""The public page of services near a worker."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.http import page_of
from marketplace.catalogue.nearby import ServiceFilter, running_services


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """What runs now, where, for whom, and how one joins."""
    filters = ServiceFilter(request.GET, running_services())
    context = {"filterset": filters, "page": page_of(request, filters.qs)}
    return render(request, "catalogue/services.html", context)
