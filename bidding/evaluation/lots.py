"""Lots with too few valid proposals: found, and declared void with a reason that is public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from bidding.calls.concerned import people_concerned
from bidding.calls.models import Call, Lot
from bidding.calls.states import CallState
from bidding.evaluation import kinds, rules  # noqa: F401  (the laws and the words, always there)
from bidding.evaluation.models import Screening
from bidding.evaluation.queries import POSSIBLE, thin_lots
from bidding.proposals.models import Proposal
from bidding.proposals.states import EDITABLE, ProposalState
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.organisations.queries import officers_of
from foundation.permissions import allow


def too_few(lots: Iterable[Any]) -> str:
    """The sentence that says so of each of these thin lots."""
    return " ".join(
        str(_("“%(lot)s” needs %(least)s valid proposals and had %(found)s."))
        % {"lot": lot.category, "least": lot.least_proposals, "found": lot.possible}
        for lot in lots
    )


@operation
def declare_void(call: Call, *, lots: Sequence[int], reason: str, actor: Any) -> Call:
    """Declare lots (by id) void in which too few valid proposals are left, for a public reason.

    What is left in them is not judged, and those concerned are told. With its last lot the whole
    call is void. It may be run again as a new call.
    """
    call = lock(call)
    allow(actor, "declare_void", call)
    if not reason.strip():
        raise DomainError(_("Give the reason; it is published."), field="reason")
    thin = {lot.pk: lot for lot in thin_lots(call)}
    if not lots or set(lots) - set(thin):
        raise DomainError(
            _("Only lots with too few valid proposals can be declared void."), field="lots"
        )
    chosen = [thin[pk] for pk in sorted(set(lots))]
    void_lots(call, chosen, reason.strip(), actor)
    names = [lot.category_id for lot in chosen]
    record(actor, "declare_void", call, lots=names, reason=reason.strip())
    return call


def void_thin_lots(call: Call, actor: Any) -> list[str]:
    """Before judges are drawn: what is too thin to be judged is void. Refuses where nothing would
    be left; the categories of those that are void now."""
    thin = list(thin_lots(call))
    if len(thin) == call.lots.filter(voided_at=None).count():
        raise DomainError(
            _("In every lot too few valid proposals are left. Declare the call void instead.")
        )
    for lot in thin:
        with override(settings.LANGUAGE_CODE):  # what is written down for everybody
            reason = too_few([lot])
        void_lots(call, [lot], reason, actor)
    return [lot.category_id for lot in thin]


def void_lots(call: Call, lots: Sequence[Lot], reason: str, actor: Any) -> None:
    """Write it down, end what is left in these lots, and tell."""
    now = clock.now()
    Lot.objects.filter(pk__in=[lot.pk for lot in lots]).update(voided_at=now, void_reason=reason)
    _refuse_what_is_left(lots, reason, actor)
    title = own_words_lazily(call, "title")
    if not call.lots.filter(voided_at=None).exists():
        call.move_to(CallState.VOID)
        people = people_concerned(call)
        tell(people, "call_void", url=path_to(call), call=title, reason=reason)
        return
    for lot in lots:
        people = _bidders_of(lot)
        facts = {"call": title, "lot": own_words_lazily(lot.category, "name"), "reason": reason}
        tell(people, "lot_void", url=path_to(call), **facts)


def _refuse_what_is_left(lots: Sequence[Lot], reason: str, actor: Any) -> None:
    left = Proposal.objects.select_for_update(of=("self",)).filter(lot__in=lots, state__in=POSSIBLE)
    for proposal in left.order_by("pk"):
        proposal.move_to(ProposalState.REFUSED)
        Screening.objects.create(
            proposal=proposal,
            decision=Screening.Decision.REFUSE,
            reason=reason,
            decided_by=actor,
            decided_at=clock.now(),
        )


def _bidders_of(lot: Lot) -> list[Any]:
    """The people who act for organisations that handed something in to the lot."""
    offering = Organisation.objects.filter(
        proposals__in=lot.proposals.exclude(state__in=sorted(EDITABLE))
    )
    return [person for organisation in offering.distinct() for person in officers_of(organisation)]
