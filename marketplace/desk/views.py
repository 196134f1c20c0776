"""The desk's home: what waits for me, what is running, what changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation import clock
from foundation.face.navigation import starts_for
from foundation.http import signed_in
from foundation.notifications.queries import latest_for
from foundation.notifications.views import said
from marketplace.desk.gathering import waiting_for
from marketplace.desk.running import running_for

SHOWN = 30


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """One person's desk."""
    waiting = waiting_for(request.user)
    context = {
        "waiting": waiting[:SHOWN],
        "more": max(len(waiting) - SHOWN, 0),
        "changed": [said(notice) for notice in latest_for(request.user)],
        "starts": [] if waiting else starts_for(request.user),
        "running": running_for(request.user),
        "now": clock.now(),
    }
    return render(request, "desk/home.html", context)
