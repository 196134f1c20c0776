"""Keeping the table of days off and make-up days."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.operations import lock, operation
from foundation.people.models import Person
from foundation.permissions import allow
from foundation.workdays import rules  # noqa: F401  # the laws of this room
from foundation.workdays.models import CalendarYear, SpecialDay


@operation
def set_special_day(
    nobody: None = None, *, day: dt.date, working: bool, name: str = "", actor: Person
) -> SpecialDay:
    """Say that a weekday is off, or that a weekend day is worked."""
    allow(actor, "set_special_day")
    if working == (day.weekday() < 5):
        sentence = (
            _("This is a weekday: it is worked anyway.")
            if working
            else _("This is a weekend day: it is off anyway.")
        )
        raise DomainError(sentence, field="day")
    try:
        with transaction.atomic():
            special, _created = SpecialDay.objects.update_or_create(
                day=day, defaults={"working": working, "name": name}
            )
    except IntegrityError as clash:
        raise Clash(_("Somebody has just set this day."), field="day") from clash
    record(actor, "set_special_day", special, day=day, working=working, name=name)
    return special


@operation
def remove_special_day(special: SpecialDay, *, actor: Person) -> None:
    """The day is an ordinary one again: worked from Monday to Friday, else off."""
    special = lock(special)
    allow(actor, "remove_special_day", special)
    record(
        actor,
        "remove_special_day",
        special,
        day=special.day,
        working=special.working,
        name=special.name,
    )
    special.delete()


@operation
def confirm_calendar_year(
    nobody: None = None, *, year: int, source: str, actor: Person
) -> CalendarYear:
    """Say that the year's days are complete, and by what notice: no warning for it any more."""
    allow(actor, "confirm_calendar_year")
    try:
        with transaction.atomic():
            confirmed = CalendarYear.objects.create(year=year, source=source)
    except IntegrityError as clash:
        raise Clash(_("This year is confirmed already."), field="year") from clash
    record(actor, "confirm_calendar_year", confirmed, source=source)
    return confirmed
