"""The public pages of notices: results, their periods, and objecting to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bidding.notices import operations
from bidding.notices.forms import ObjectionForm
from bidding.notices.keys import key_of
from bidding.notices.models import Notice
from bidding.notices.periods import time_of_knowing
from bidding.notices.queries import notice_over, notices_visible_to, public_register
from bidding.notices.register import Listed, entry_of
from bidding.notices.states import ObjectionState
from foundation import clock
from foundation.errors import DomainError
from foundation.face.values import day_text, own_words
from foundation.forms import posted
from foundation.http import done, page_of, visible_or_404
from foundation.pace import within_pace
from foundation.permissions import can
from foundation.workdays.queries import working_days_between

OBJECTIONS_AN_HOUR = 5


def period_in_words(notice: Notice, today: dt.date) -> str:
    """How much of the notice period is left, in words."""
    if notice_over(notice, today):
        return _("The notice period is over.")
    if today < notice.first_day:
        return _("The notice period begins on %(day)s.") % {"day": day_text(notice.first_day)}
    left = working_days_between(today, notice.last_day)
    return ngettext(
        "%(left)d working day left, today included.",
        "%(left)d working days left, today included.",
        left,
    ) % {"left": left}


def notices(request: HttpRequest) -> HttpResponse:
    """Results that were made public, the latest first."""
    page = page_of(request, notices_visible_to(request.user))
    today = clock.today()
    rows = [(notice, not notice_over(notice, today)) for notice in page]
    return render(request, "notices/notices.html", {"page": page, "rows": rows})


def notice(request: HttpRequest, number: str) -> HttpResponse:
    """A notice: its lines as they were frozen, its period, and the register of objections."""
    found = visible_or_404(notices_visible_to(request.user), number=number)
    context = {
        "notice": found,
        "title": own_words(found, "title"),
        "lines": found.body["lines"],
        "period": period_in_words(found, clock.today()),
        "is_running": not notice_over(found, clock.today()),
        "may_object": can(request.user, "file_objection", found),
        "register": _register(found),
        "total_fen": sum(line["amount_fen"] for line in found.body["lines"] if line["awarded"]),
    }
    return render(request, "notices/notice.html", context)


def _register(found: Notice) -> list[Listed]:
    """The objections as the public reads them: surnames only, no way to reach anybody."""
    return [entry_of(objection) for objection in public_register(found)]


def file_objection(request: HttpRequest, number: str) -> HttpResponse:
    """Object to a line of a notice; nobody has to sign in for it."""
    found = visible_or_404(notices_visible_to(request.user), number=number)
    form = ObjectionForm(*posted(request), notice=found)
    if form.sent() and (
        objection := form.attempt(_file_in_pace(request), found, actor=request.user)
    ):
        return done(request, _said(objection), *_onward(request, objection))
    context = {
        "notice": found,
        "form": form,
        "title": _("Object to this notice"),
        "lead": own_words(found, "title"),
        "period": period_in_words(found, clock.today()),
        "is_running": not notice_over(found, clock.today()),
        "may_object": can(request.user, "file_objection", found),
        "late": time_of_knowing(found.call),
        "back": reverse("notices:notice", args=[number]),
    }
    return render(request, "notices/file_objection.html", context)


def _said(objection: Any) -> str:
    if objection.state == ObjectionState.FILED:
        return _(
            "Your words were filed. Without a name and a contact they stop nothing and are not "
            "answered."
        )
    return _(
        "Your objection is filed. That award waits until it is answered. Keep this page's address."
    )


def _onward(request: HttpRequest, objection: Any) -> tuple[Any, ...]:
    """Where one goes on: the page of one's own objection, if it is to be answered."""
    if objection.state == ObjectionState.FILED:
        return (objection.notice,)
    if request.user.is_authenticated:
        return "notices:objection", objection.pk
    return "notices:follow", objection.pk, key_of(objection)


def _file_in_pace(request: HttpRequest) -> Any:
    """`file_objection`, unless too many come from this connection."""

    def file(found: Notice, **facts: Any) -> Any:
        if not within_pace(request, "objection", OBJECTIONS_AN_HOUR):
            raise DomainError(
                _("Several objections came from this connection. Please send it in an hour.")
            )
        return operations.file_objection(found, **facts)

    return file
