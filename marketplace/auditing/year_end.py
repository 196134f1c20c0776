"""Before a fund's year-end the sealed chains are verified, and that was today."""

from __future__ import annotations

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from foundation import clock
from marketplace.auditing.models import Inspection
from marketplace.ledger.models import Fund
from marketplace.ledger.year_end import DONE, OPEN, Step

NEEDED = ("books", "seals of book", "seals of trail")
"""Of all that is verified, what a year-end rests on."""


def steps(fund: Fund) -> list[Step]:
    """The newest verification: of today, and without fault in the book and its seals."""
    title, url = _("The seals are verified"), reverse("auditing:inspections")
    last = Inspection.objects.exclude(done_at=None).order_by("-done_at").first()
    day = localtime(last.done_at, clock.SHANGHAI).date() if last and last.done_at else None
    if last is None or day != clock.today():
        return [Step(title, OPEN, _("They were not verified today."), url, _("Verify everything"))]
    faults = [f for row in last.results if row["name"] in NEEDED for f in row["faults"]]
    if faults:
        said = _("A fault was found: %(fault)s") % {"fault": faults[0]}
        return [Step(title, OPEN, said, url, _("To the verification"))]
    return [Step(title, DONE, _("Book and trail agree with every seal, seen today."), url)]
