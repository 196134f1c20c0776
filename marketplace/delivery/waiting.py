"""What of this room waits for a person on the desk's home."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.http import Waiting
from marketplace.delivery.models import Milestone
from marketplace.delivery.queries import to_judge, to_report

AHEAD = 30
"""Days ahead that a milestone to be reported is shown."""


def waiting_for(person: Any) -> list[Waiting]:
    """Milestones to report soon, and reports to look at (two queries)."""
    soon = to_report(person).filter(due_on__lte=clock.today() + dt.timedelta(days=AHEAD))
    report = _("Report “%(milestone)s” of “%(project)s”")
    judge = _("Look at the report on “%(milestone)s” of “%(project)s”")
    return [_waiting(report, one, due=True) for one in soon[:20]] + [
        _waiting(judge, one) for one in to_judge(person)[:20]
    ]


def _waiting(words: str, milestone: Milestone, *, due: bool = False) -> Waiting:
    end = dt.datetime.combine(milestone.due_on, dt.time(23, 59), clock.SHANGHAI)
    return Waiting(
        words % {"milestone": milestone, "project": milestone.project},
        reverse("delivery:project", args=[milestone.project_id]),
        due_at=end if due else None,
        kind="delivery",
    )
