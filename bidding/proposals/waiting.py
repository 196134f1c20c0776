"""What waits for a person here: drafts in open calls, and changes not handed in."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from bidding.proposals.models import Proposal, Submission
from bidding.proposals.rules import acting_for
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.http import Waiting
from foundation.permissions import SYSTEM


def waiting_for(person: Any) -> list[Waiting]:
    """Drafts of one's organisations whose call still takes them, the nearest closing first."""
    acting = [] if person is SYSTEM else acting_for(person)
    if not acting:
        return []
    last = Submission.objects.filter(proposal=OuterRef("pk")).order_by("-version")
    rows = (
        Proposal.objects.filter(
            organisation__in=acting, call__closes_at__gt=clock.now(), call__state="published"
        )
        .annotate(handed_in=Subquery(last.values("revision")[:1]))
        .filter(
            Q(state=ProposalState.DRAFT)
            | Q(state=ProposalState.SUBMITTED) & ~Q(handed_in=F("revision"))
        )
        .select_related("call")
        .order_by("call__closes_at")
    )
    return [
        Waiting(
            title=(
                _("Hand in your draft “%(title)s”")
                if row.state == ProposalState.DRAFT
                else _("Hand in again: “%(title)s” was changed")
            )
            % {"title": row.title},
            url=row.get_absolute_url(),
            due_at=row.call.closes_at,
            kind="proposal",
        )
        for row in rows
    ]
