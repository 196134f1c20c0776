"""Who keeps the table of days off."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.people.rules import is_administrator, is_officer
from foundation.permissions import permit

keeps_calendar = is_officer | is_administrator

permit("set_special_day", who=keeps_calendar, meaning=_("set a day off or a make-up working day"))
permit("remove_special_day", who=keeps_calendar, meaning=_("make a day an ordinary one again"))
permit(
    "confirm_calendar_year",
    who=keeps_calendar,
    meaning=_("confirm that a year's official calendar is complete"),
)
