"""What other rooms' public pages show of an organisation's projects."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.organisations.models import Organisation
from foundation.organisations.obligations import Panel
from marketplace.catalogue.queries import catalogue_visible_to

SHOWN = 12
"""Projects a profile shows; the catalogue has them all."""


def projects_panel(organisation: Organisation, person: Any) -> Panel | None:
    """The newest projects an organisation delivered or bought (one query)."""
    either = Q(organisation=organisation) | Q(buyer=organisation)
    projects = list(catalogue_visible_to(person).filter(either)[:SHOWN])
    if not projects:
        return None
    return Panel(
        _("Projects"), "catalogue/panel.html", {"projects": projects, "organisation": organisation}
    )
