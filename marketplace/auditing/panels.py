"""What auditing shows on others' pages: who read an organisation's papers, findings about it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from bidding.evaluation.models import Screening
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.organisations.models import Organisation
from foundation.organisations.obligations import Panel
from foundation.organisations.rules import acts_for
from marketplace.auditing.queries import findings_visible_to, readings_of
from marketplace.payments.models import Payable, Payout

MOST = 20
"""The newest findings a page shows."""

SHOWN = 5
"""The newest readings a page shows; a page of its own has them all."""


def readings_panel(organisation: Organisation, person: Any) -> Panel | None:
    """The newest readings of an organisation's papers, for who acts for it (one query)."""
    if not acts_for(person, organisation):
        return None
    rows = list(readings_of(organisation, person)[:SHOWN])
    facts = {"readings": rows, "organisation": organisation}
    return Panel(_("Who read your papers"), "auditing/own_readings_panel.html", facts)


def findings_panel(subject: Model, person: Any) -> tuple[str, dict[str, Any]] | None:
    """The findings about what a page shows that its reader may read, the newest first.

    One query for somebody with an account, none for others; nothing is shown when there is none.
    """
    if not (person and person.is_authenticated):
        return None
    about = Q(subject_type=subject._meta.label_lower, subject_row=subject.pk)
    if isinstance(subject, Payable):
        payouts = Payout.objects.filter(payable=subject).values("pk")
        about |= Q(subject_type=Payout._meta.label_lower, subject_row__in=payouts)
    if isinstance(subject, Proposal):
        checks = Screening.objects.filter(proposal=subject).values("pk")
        about |= Q(subject_type=Screening._meta.label_lower, subject_row__in=checks)
    rows = list(findings_visible_to(person).filter(about)[:MOST])
    if not rows:
        return None
    return "auditing/findings_panel.html", {"rows": rows, "today": clock.today()}
