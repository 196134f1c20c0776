"""The places of this room, as each person sees them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.face.navigation import Tab
from marketplace.payments.rules import reads_border, reads_payments


def tabs_of(person: Any, here: str) -> list[Tab]:
    """Links to the places of this room; `here` is the one that is shown."""
    places = [("payments:desk", _("Money out")), ("payments:deposits", _("Money in"))]
    if reads_payments.test(person, None):
        places.insert(1, ("payments:batches", _("Batches")))
    if reads_border.test(person, None):
        places.append(("payments:lines", _("Bank statements")))
        places.append(("payments:events", _("Stripe’s news")))
        # a room above, which shows itself among these by its address alone
        places.append(("reconciliation:desk", _("Comparison")))
    place = here if ":" in here else f"payments:{here}"
    return [Tab(label, reverse(name), name == place) for name, label in places]
