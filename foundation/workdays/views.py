"""The table of days off, year by year, for officers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation import clock
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in
from foundation.workdays import operations, queries
from foundation.workdays.forms import CalendarYearForm, SpecialDayForm
from foundation.workdays.models import CalendarYear, SpecialDay
from foundation.workdays.official import source_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


def _year(request: HttpRequest) -> int:
    """The year asked for, within reason; this year otherwise."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else clock.today().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _page_of(year: int) -> str:
    return f"{reverse('workdays:desk')}?year={year}"


@signed_in
def calendar(request: HttpRequest) -> HttpResponse:
    """One year's special days, and which years are missing."""
    gate(request.user, "set_special_day")
    year = _year(request)
    known = {row.year: row for row in CalendarYear.objects.order_by("-year")}
    missing = queries.missing_years()
    context = {
        "year": year,
        "confirmed": known.get(year),
        "years": sorted({*known, *missing, year}, reverse=True),
        "days": SpecialDay.objects.filter(day__year=year),
        "missing": missing,
    }
    return render(request, "workdays/calendar.html", context)


@signed_in
def set_special_day(request: HttpRequest) -> HttpResponse:
    """Set a day off or a make-up day."""
    gate(request.user, "set_special_day")
    form = SpecialDayForm(*posted(request))
    if form.sent() and (special := form.attempt(operations.set_special_day, actor=request.user)):
        return done(request, _("The day was set."), _page_of(special.day.year))
    context = {
        "title": _("Set a day"),
        "lead": _("Periods that are counted from now on follow it; dates already set stay."),
        "form": form,
        "submit": _("Set the day"),
        "back": reverse("workdays:desk"),
    }
    return render(request, "base/form_page.html", context)


@signed_in
@require_POST
def remove_special_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a day an ordinary one again."""
    gate(request.user, "remove_special_day")
    special = get_object_or_404(SpecialDay, pk=pk)
    return press(
        request,
        operations.remove_special_day,
        special,
        said=_("The day is an ordinary one again."),
        to=_page_of(special.day.year),
    )


@signed_in
def confirm_calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """Confirm that a year is complete."""
    gate(request.user, "confirm_calendar_year")
    form = CalendarYearForm(*posted(request), initial={"source": source_of(year)})
    if form.sent() and form.attempt(
        operations.confirm_calendar_year, year=year, actor=request.user
    ):
        return done(request, _("The year is confirmed."), _page_of(year))
    context = {
        "title": _("Confirm the calendar of %(year)s") % {"year": year},
        "lead": _("Enter every day off and make-up day of the year first."),
        "form": form,
        "submit": _("Confirm the year"),
        "back": _page_of(year),
    }
    return render(request, "base/form_page.html", context)
