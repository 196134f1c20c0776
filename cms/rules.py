"""Who may build the shop window (its pages are Wagtail's to guard), and who raises the alarm."""

from django.utils.translation import gettext_lazy as _

from foundation.people.rules import is_editor
from foundation.permissions import is_system, permit

permit(
    "build_site",
    who=is_system | is_editor,
    meaning=_("lay out the public site's first pages in both languages"),
)
permit(
    "raise_alarm",
    who=is_system,
    meaning=_("tell those who answer for the platform that a verification found faults"),
)
