"""Who may build the shop window; its pages are Wagtail's to guard."""

from django.utils.translation import gettext_lazy as _

from foundation.people.rules import is_editor
from foundation.permissions import is_system, permit

permit(
    "build_site",
    who=is_system | is_editor,
    meaning=_("lay out the public site's first pages in both languages"),
)
