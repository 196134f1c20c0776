"""To whom an objection goes: an officer who has no part in what it is about."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from bidding.notices.states import UNANSWERED
from bidding.proposals.models import Proposal
from foundation.organisations.models import Membership
from foundation.organisations.queries import federation_officers
from foundation.people.models import Person


def unconcerned(proposal: Proposal) -> QuerySet[Person]:
    """Officers outside the organisation; those who screened the proposal only if all have."""
    inside = Membership.objects.filter(organisation=proposal.organisation_id, ended_at=None)
    officers = federation_officers().exclude(pk__in=inside.values("person"))
    rest = officers.exclude(pk__in=proposal.screenings.values("decided_by"))
    return rest if rest.exists() else officers


def officer_for(proposal: Proposal, but: Any = ()) -> Person | None:
    """The one with the fewest objections to answer, the longest-serving of several such.

    `but` are keys of people who may not: who filed it, who answered what is complained about.
    """
    held = Count("objections_assigned", filter=Q(objections_assigned__state__in=UNANSWERED))
    left = unconcerned(proposal).exclude(pk__in=[pk for pk in but if pk])
    return left.annotate(held=held).order_by("held", "pk").first()
