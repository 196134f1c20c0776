"""Whom a change of a call concerns here, and what stands in the way of another proposal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from bidding.calls.concerned import concerns, obstacle
from bidding.calls.hindrances import Hindrance
from bidding.calls.models import Call
from bidding.proposals.models import Proposal
from foundation.organisations.models import Organisation
from foundation.organisations.rules import ACTING
from foundation.people.models import Person


@concerns
def bidders(call: Call) -> Iterable[Person]:
    """The people who act for organisations with a proposal; only they themselves are told."""
    return Person.objects.filter(
        is_active=True,
        memberships__ended_at=None,
        memberships__role__in=sorted(ACTING),
        memberships__organisation__proposals__call=call,
    ).distinct()


@obstacle
def already_bids(organisation: Organisation, call: Call) -> list[Any]:
    """An organisation has one proposal in a call; only its own people ask this."""
    mine = Proposal.objects.filter(organisation=organisation, call=call).first()
    if mine is None:
        return []
    why = _("Your organisation already has a proposal in this call.")
    return [Hindrance(why, _("Go on with that one."), mine.get_absolute_url())]
