"""Conflicts of interest that the platform's own data show."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from bidding.evaluation.models import Employment, Expert
from bidding.proposals.models import Proposal
from bidding.proposals.partner_models import Partner
from bidding.proposals.states import PartnerState
from foundation import clock
from foundation.organisations.models import Membership

YEARS = 3
"""How long a tie counts after it has ended."""

LASTING = frozenset({Employment.Tie.KIN.value, Employment.Tie.COACH.value})
"""Ties that count whenever they were: kin, and having coached the proposal."""


def found_conflicts(
    experts: Iterable[Expert], proposals: Iterable[Proposal]
) -> dict[int, dict[int, str]]:
    """Expert id → {proposal id: the reason}, from ties and memberships of
    who offers and of their partners, in three queries."""
    experts, proposals = list(experts), list(proposals)
    offered: dict[int, list[int]] = defaultdict(list)
    for proposal in proposals:
        offered[proposal.organisation_id].append(proposal.pk)
    # where names are hidden, whoever was asked knows one of them, whatever they answered
    told = Q(state=PartnerState.CONFIRMED) | Q(proposal__call__blind=True)
    joined = Partner.objects.filter(told, proposal__in=proposals)
    for organisation, proposal_id in joined.values_list("organisation", "proposal"):
        offered[organisation].append(proposal_id)
    since = _years_before(clock.today(), YEARS)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    ties = Employment.objects.filter(expert__in=experts, organisation__in=list(offered)).filter(
        Q(tie__in=LASTING) | Q(ended_on=None) | Q(ended_on__gte=since)
    )
    for tie in ties.order_by("pk"):
        for proposal_id in offered[tie.organisation_id]:
            found[tie.expert_id][proposal_id] = tie.get_tie_display()
    people = {expert.person_id: expert.pk for expert in experts}
    midnight = dt.datetime.combine(since, dt.time(), clock.SHANGHAI)
    members = Membership.objects.filter(
        person__in=list(people), organisation__in=list(offered)
    ).filter(Q(ended_at=None) | Q(ended_at__gte=midnight))
    for membership in members.order_by("pk"):
        for proposal_id in offered[membership.organisation_id]:
            found[people[membership.person_id]][proposal_id] = _("belongs to the organisation")
    return found


def _years_before(day: dt.date, years: int) -> dt.date:
    """The same day some years ago (28 February for 29 February)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
