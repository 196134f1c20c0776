"""What waits for a person here: drafts in open calls, and changes not handed in."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.calls.key_models import KeyShare
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.partner_models import Partner
from bidding.proposals.rules import acting_for
from bidding.proposals.states import PartnerState, ProposalState
from foundation import clock
from foundation.http import Waiting
from foundation.people.rules import is_officer
from foundation.permissions import SYSTEM
from foundation.waiting import Look, Row


def looks_for(person: Any) -> list[Look]:
    """Drafts of one's organisations whose call still takes them, changes not handed in, and
    what they are asked to be partner in."""
    acting = [] if person is SYSTEM else acting_for(person)
    return [*_of_keepers(person), *(_of_bidders(acting) if acting else [])]


def _of_keepers(person: Any) -> list[Look]:
    """Calls that have closed and wait for this officer's share of their key."""
    if not is_officer.test(person):
        return []
    rows = KeyShare.objects.filter(
        keeper__person=person,
        given_at=None,
        key__call__opened_at=None,
        key__call__state="published",
        key__call__closes_at__lte=clock.now(),
    )
    closes = "key__call__closes_at"
    number, title = "key__call__number", "key__call__title"
    return [Look(rows.order_by(closes), _share, title=title, key=number, at=closes)]


def _share(row: Row) -> Waiting:
    words = _("Give your share of the key: %(call)s") % {"call": row.title}
    return Waiting(words, reverse("proposals:opening", args=[row.key]), row.at, kind="call")


def _of_bidders(acting: list[int]) -> list[Look]:
    last = Submission.objects.filter(proposal=OuterRef("pk")).order_by("-version")
    rows = Proposal.objects.filter(
        organisation__in=acting, call__closes_at__gt=clock.now(), call__state="published"
    ).order_by("call__closes_at", "pk")
    changed = rows.filter(state=ProposalState.SUBMITTED).exclude(
        revision=Subquery(last.values("revision")[:1])
    )
    drafts = rows.filter(state=ProposalState.DRAFT)
    # by the call's title: their own is sealed
    title, closes = "call__title", "call__closes_at"
    asked = Partner.objects.filter(
        organisation__in=acting,
        state=PartnerState.ASKED,
        proposal__call__closes_at__gt=clock.now(),
        proposal__call__state="published",
    ).order_by("proposal__call__closes_at", "pk")
    call = "proposal__call__"
    return [
        Look(asked, _asked, title=f"{call}title", at=f"{call}closes_at"),
        Look(drafts, _draft, title=title, at=closes),
        Look(changed, _changed, title=title, at=closes),
    ]


def _asked(row: Row) -> Waiting:
    words = _("Answer whether you are partner in a proposal for “%(title)s”")
    url = reverse("proposals:partner", args=[row.pk])
    return Waiting(words % {"title": row.title}, url, due_at=row.at, kind="proposal")


def _draft(row: Row) -> Waiting:
    return _waiting(_("Hand in your draft for “%(title)s”"), row)


def _changed(row: Row) -> Waiting:
    return _waiting(_("Hand in again: your proposal for “%(title)s” was changed"), row)


def _waiting(words: str, row: Row) -> Waiting:
    url = reverse("proposals:proposal", args=[row.pk])
    return Waiting(words % {"title": row.title}, url, due_at=row.at, kind="proposal")
