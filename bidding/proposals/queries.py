"""What is to be known about proposals, and by whom: sealed from everybody but the bidder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from bidding.calls.models import Call
from bidding.proposals.models import (
    Attachment,
    BudgetLine,
    PlannedMilestone,
    Proposal,
    Source,
    Submission,
    TeamMember,
)
from bidding.proposals.partner_models import Partner
from bidding.proposals.rules import acting_for, is_buyer
from bidding.proposals.states import OPEN, SHELF, ProposalState
from foundation.organisations.rules import roles_of
from foundation.people.rules import is_auditor, is_officer

REMARKS = ("cure", "refuse")
"""What a screening may find that is no admission; screenings live in the room above."""

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations  # a development package


def proposals_visible_to(person: Any) -> QuerySet[Proposal]:
    """One's own organisations' always; what was handed in, for officers and auditors once opened;
    what was judged, for union buyers. Nobody else, whatever they are."""
    seen = Q(organisation__in=list(roles_of(person)))
    if is_officer(person) or is_auditor(person):
        seen |= Q(call__opened_at__isnull=False, state__in=OPEN)
    if is_buyer(person):
        seen |= Q(state__in=SHELF)
    return Proposal.objects.filter(seen).select_related(
        "call", "lot__category", "lot__call", "organisation"
    )


def submissions_visible_to(person: Any) -> QuerySet[Submission]:
    """The envelopes of one's own proposals; opened ones for officers and auditors."""
    seen = Q(proposal__organisation__in=list(roles_of(person)))
    if is_officer(person) or is_auditor(person):
        seen |= Q(proposal__call__opened_at__isnull=False, proposal__state__in=OPEN)
    return Submission.objects.filter(seen).select_related("proposal__call", "submitted_by")


MOST_EARLIER = 50


def earlier_proposals(person: Any, call: Call | None = None) -> QuerySet[Proposal]:
    """What a draft may be begun from: proposals of the organisations the person acts for, but not
    those of this `call`; one that is damaged has nothing to give. The newest first."""
    rows = proposals_visible_to(person).filter(organisation__in=acting_for(person))
    rows = rows.exclude(state=ProposalState.DAMAGED)
    return (rows.exclude(call=call) if call else rows).order_by("-changed_at", "-pk")


def _parts() -> list[str | Prefetch]:
    return [
        "needs",
        "districts",
        Prefetch("team", TeamMember.objects.order_by("pk")),
        Prefetch("budget", BudgetLine.objects.order_by("position", "pk")),
        Prefetch("milestones", PlannedMilestone.objects.order_by("due_on", "pk")),
        Prefetch("attachments", Attachment.objects.select_related("document").order_by("pk")),
    ]


def with_parts(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The proposals with everything a page that shows them whole will read (see partners_in)."""
    joined = Partner.objects.filter(proposal=OuterRef("pk"))
    return rows.prefetch_related(*_parts()).annotate(has_partners=Exists(joined))


def partners_in(proposal: Proposal) -> Iterable[Partner]:
    """Its partners as a page shows them: nothing is asked for where it is known to have none."""
    if not getattr(proposal, "has_partners", True):
        return []
    partners = Prefetch("partners", Partner.objects.select_related("organisation"))
    prefetch_related_objects([proposal], partners)  # a draft laid open keeps what it holds
    return proposal.partners.all()


def with_own_parts(proposal: Proposal) -> Proposal:
    """One opened proposal with everything a page that shows it whole will read."""
    prefetch_related_objects([proposal], *_parts())
    return proposal


def with_remarks(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The proposals, each with `has_remarks`: something was found wrong with it in screening; and
    `has_partners`, so that a page asks for them only where there are any."""
    remarked = Proposal.objects.filter(pk=OuterRef("pk"), screenings__decision__in=REMARKS)
    joined = Partner.objects.filter(proposal=OuterRef("pk"))
    return rows.annotate(has_remarks=Exists(remarked), has_partners=Exists(joined))


class Asked(TypedDict):
    """What `with_asked` adds."""

    asked_fen: int


def with_asked(rows: QuerySet[Proposal]) -> QuerySet[WithAnnotations[Proposal, Asked]]:
    """The proposals, each with `asked_fen`: what it wants from the fund and the buyers."""
    asked = (
        BudgetLine.objects.filter(proposal=OuterRef("pk"))
        .exclude(source=Source.OWN)
        .order_by()
        .values("proposal")
        .annotate(fen=Sum(F("quantity") * F("unit_price_fen"), output_field=BigIntegerField()))
        .values("fen")
    )
    return rows.annotate(asked_fen=Coalesce(Subquery(asked), 0, output_field=BigIntegerField()))


def asked_fen_of(proposal: Proposal) -> int:
    """What the proposal wants from the fund and the buyers."""
    return sum(line.amount_fen for line in proposal.budget.all() if line.source != Source.OWN)


def _newest() -> QuerySet[Submission]:
    """The envelope that counts of each proposal: the last one handed in."""
    newest = (
        Submission.objects.filter(proposal=OuterRef("proposal"))
        .order_by("-version")
        .values("version")[:1]
    )
    return Submission.objects.filter(version=Subquery(newest))


def last_submissions(call: Call) -> QuerySet[Submission]:
    """The envelope that counts of each proposal that was opened."""
    rows = _newest().filter(proposal__call=call, proposal__state__in=OPEN)
    return rows.order_by("submitted_at", "receipt")


def envelopes_to_open(call: Call) -> QuerySet[Submission]:
    """The envelope that counts of each proposal that was handed in and not opened yet."""
    rows = _newest().filter(proposal__call=call, proposal__state=ProposalState.SUBMITTED)
    return rows.order_by("proposal")


def damaged_envelopes(call: Call) -> QuerySet[Submission]:
    """The envelopes of an opened call that did not open."""
    return (
        _newest()
        .filter(proposal__call=call, proposal__state=ProposalState.DAMAGED)
        .select_related("proposal__organisation")
        .order_by("receipt")
    )


def public_receipts(number: str = "") -> QuerySet[Submission]:
    """The receipts of opened calls, or of one: number, time, fingerprint and whose; no more."""
    rows = _newest().filter(
        proposal__call__opened_at__isnull=False,
        proposal__state__in=OPEN | {ProposalState.DAMAGED.value},
    )
    if number:
        rows = rows.filter(proposal__call__number=number)
    return (
        rows.select_related("proposal__call", "proposal__organisation")
        .only(
            "receipt",
            "sha256",
            "submitted_at",
            "proposal__state",
            "proposal__organisation__name",
            "proposal__call__number",
            "proposal__call__title",
            "proposal__call__title_en",
        )
        .order_by("-proposal__call__opened_at", "submitted_at", "receipt")
    )


def receipt_that_says(receipt: str, sha256: str) -> Submission | None:
    """The envelope with this number and this fingerprint; one of the two is not enough."""
    return Submission.objects.filter(
        receipt__iexact=receipt.strip(), sha256__iexact=sha256.strip()
    ).first()
