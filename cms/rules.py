"""Who may build the shop window; its pages are Wagtail's to guard."""

from django.utils.translation import gettext_lazy as _

from foundation.people.rules import is_editor
from foundation.permissions import is_system, permit

permit(
    "build_site",
    who=is_system | is_editor,
    meaning=_("lay out the public site's first pages in both languages"),
)

permit(
    "freeze_facts",
    who=is_system,
    meaning=_("keep what a report's frozen blocks say at the moment it is published"),
)
