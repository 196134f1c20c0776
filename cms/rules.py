"""Who may build the shop window; the pages themselves are Wagtail's to guard."""

from django.utils.translation import gettext_lazy as _

from foundation.people.rules import is_editor
from foundation.permissions import is_system, permit

permit(
    "build_site",
    who=is_system | is_editor,
    meaning=_("lay out the site's pages in both languages; what is there already stays"),
)
