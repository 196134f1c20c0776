"""What an organisation's own people see on its page: who read its papers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.organisations.models import Organisation
from foundation.organisations.obligations import Panel
from foundation.organisations.rules import acts_for
from marketplace.auditing.queries import readings_of

SHOWN = 5
"""The newest readings a page shows; a page of its own has them all."""


def readings_panel(organisation: Organisation, person: Any) -> Panel | None:
    """The newest readings of an organisation's papers, for who acts for it (one query)."""
    if not acts_for(person, organisation):
        return None
    rows = list(readings_of(organisation, person)[:SHOWN])
    facts = {"readings": rows, "organisation": organisation}
    return Panel(_("Who read your papers"), "auditing/own_readings_panel.html", facts)
