"""Questions about a call and their public answers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from bidding.calls import kinds as _kinds  # noqa: F401  # what people are told is registered
from bidding.calls import rules as _rules  # noqa: F401  # the laws are registered
from bidding.calls.concerned import people_concerned
from bidding.calls.models import Call, Clarification
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Forbidden
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.organisations.rules import acts_for
from foundation.permissions import allow


@operation
def ask_clarification(
    call: Call, *, organisation: Organisation, question: str, actor: Any
) -> Clarification:
    """Ask about the call for an organisation; until it is answered the call cannot close.

    Whether there still is time is judged by the database's clock, with the call's row locked.
    """
    call = lock(call, "created_by")
    allow(actor, "ask_clarification", call)
    if not acts_for(actor, organisation):
        raise Forbidden(_("You do not act for this organisation."))
    clarification = Clarification.objects.create(
        call=call,
        organisation=organisation,
        asked_by=actor,
        asked_at=clock.now(),
        question=question,
    )
    record(actor, "ask_clarification", clarification, call=call.number)
    url = path_to("calls:questions", call.number)
    tell([call.created_by], "clarification_asked", url=url, number=call.number, question=question)
    return clarification


@operation
def answer_clarification(clarification: Clarification, *, answer: str, actor: Any) -> Clarification:
    """Answer a question for everybody to read; the asker, who stays unnamed, and
    everybody else concerned are told.

    The call's row is locked first, as the closing does: either the answer comes before the
    closing is looked at, or the closing moves.
    """
    call = lock(clarification.call)
    clarification = lock(clarification, "asked_by")
    allow(actor, "answer_clarification", clarification)
    clarification.answer = answer
    clarification.answered_by = actor
    clarification.answered_at = clock.now()
    clarification.save(update_fields=["answer", "answered_by", "answered_at"])
    record(actor, "answer_clarification", clarification, call=call.number)
    url = path_to(call)
    tell(
        [clarification.asked_by],
        "clarification_answered",
        url=url,
        number=call.number,
        answer=answer,
    )
    others = [one for one in people_concerned(call) if one.pk != clarification.asked_by_id]
    facts = {"question": clarification.question, "answer": answer}
    tell(others, "answer_published", url=url, number=call.number, **facts)
    return clarification
