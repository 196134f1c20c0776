"""Checking opened proposals against the published requirements, and mending what was found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from bidding.evaluation import kinds, rules  # noqa: F401  (the laws and the words, always there)
from bidding.evaluation.models import Screening
from bidding.evaluation.queries import officers
from bidding.proposals.models import Attachment, Proposal
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.operations import record
from foundation.documents.operations import keep_document
from foundation.errors import DomainError, WrongState
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import officers_of
from foundation.permissions import allow
from foundation.workdays.queries import add_working_days

Decision = Screening.Decision
_BECOMES = {
    Decision.ADMIT: (ProposalState.ELIGIBLE, "proposal_admitted"),
    Decision.CURE: (ProposalState.CURING, "proposal_to_cure"),
    Decision.REFUSE: (ProposalState.REFUSED, "proposal_refused"),
}


@operation
def screen_proposal(proposal: Proposal, *, decision: str, reason: str, actor: Any) -> Screening:
    """Admit the proposal, let a fault be cured within the call's time, or refuse with a reason."""
    proposal = lock(proposal, "call", "organisation")
    allow(actor, "screen_proposal", proposal)
    decision = Decision(decision)
    if decision != Decision.ADMIT and not reason.strip():
        raise DomainError(_("Give the reason; the organisation reads it."), field="reason")
    _must_wait_for_cure(proposal, decision)
    state, kind = _BECOMES[decision]
    until = cure_deadline(proposal.call.cure_days) if decision == Decision.CURE else None
    screening = Screening.objects.create(
        proposal=proposal,
        decision=decision,
        reason=reason.strip(),
        cure_until=until,
        decided_by=actor,
        decided_at=clock.now(),
    )
    proposal.move_to(state)
    record(actor, "screen_proposal", proposal, decision=decision, reason=reason.strip())
    tell(
        officers_of(proposal.organisation),
        kind,
        url=path_to(proposal),
        proposal=proposal.title,
        call=own_words_lazily(proposal.call, "title"),
        reason=reason.strip(),
        cure_until_at=until,
    )
    return screening


def _must_wait_for_cure(proposal: Proposal, decision: str) -> None:
    """Whoever was given time to mend keeps it; and it is given once."""
    if proposal.state != ProposalState.CURING:
        return
    if decision == Decision.CURE:
        raise WrongState(_("Time to cure is given once. Admit the proposal or refuse it."))
    last = proposal.screenings.filter(decision=Decision.CURE).latest("pk")
    if last.cured_at is None and last.cure_until and clock.database_now() < last.cure_until:
        raise WrongState(_("The organisation still has time to mend what was found."))


def cure_deadline(working_days: int) -> dt.datetime:
    """The end of the nth working day from today, in Shanghai."""
    last = add_working_days(clock.today(), working_days)
    return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), clock.SHANGHAI)


@operation
def cure_proposal(
    proposal: Proposal, *, note: str, upload: File | None = None, label: str = "", actor: Any
) -> Screening:
    """The organisation says what it mended, and hands in what was missing, within its time."""
    proposal = lock(proposal, "call", "organisation")
    allow(actor, "cure_proposal", proposal)
    screening = proposal.screenings.filter(decision=Decision.CURE).latest("pk")
    if screening.cured_at:
        raise WrongState(_("This has been mended already; an officer checks it."))
    if screening.cure_until and clock.database_now() >= screening.cure_until:
        raise WrongState(_("The time to mend this is over."))
    if upload:
        document = keep_document(upload, purpose="proposal_attachment", actor=actor, field="upload")
        Attachment.objects.create(
            proposal=proposal, document=document, label=label.strip() or str(_("mended"))
        )
    screening.cured_at, screening.cure_note = clock.now(), note
    screening.save(update_fields=["cured_at", "cure_note"])
    record(actor, "cure_proposal", proposal)
    tell(
        officers(),
        "proposal_cured",
        url=path_to("evaluation:call", proposal.call.number),
        proposal=proposal.title,
        organisation=proposal.organisation.name,
    )
    return screening
