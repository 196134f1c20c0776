"""What can be done with an objection: file it, answer it, take it back, complain, decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bidding.notices import kinds as _kinds  # noqa: F401  # what people are told is registered
from bidding.notices import rules as _rules  # noqa: F401  # the laws are registered
from bidding.notices.keys import opens
from bidding.notices.letters import tell_due, tell_outcome
from bidding.notices.models import Notice, Objection
from bidding.notices.periods import (
    day_of,
    last_day_to_object,
    morning_of,
    time_of_knowing,
)
from bidding.notices.queries import objections_visible_to, proposals_of
from bidding.notices.routing import officer_for
from bidding.notices.rules import filed_it
from bidding.notices.states import UNANSWERED, ObjectionState
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.audit.operations import record
from foundation.documents.models import Document
from foundation.documents.operations import keep_document
from foundation.documents.readers import reader
from foundation.due.operations import handles, schedule, unschedule
from foundation.errors import Clash, DomainError, Forbidden
from foundation.face.values import day_text
from foundation.operations import lock, operation
from foundation.organisations.queries import federation_officers
from foundation.permissions import SYSTEM, allow

EVIDENCE = "objection_evidence"


@reader(EVIDENCE)
def reads_evidence(person: Any, document: Document) -> bool:
    """Evidence is for who filed the objection and for the desk; it is never public."""
    return objections_visible_to(person).filter(evidence=document).exists()


@operation
def file_objection(
    notice: Notice,
    *,
    proposal: Proposal,
    text: str,
    name: str = "",
    contact: str = "",
    evidence: Any = None,
    known_on: dt.date | None = None,
    actor: Any,
) -> Objection:
    """Object to one line of a notice. With a name and a contact it stops that award.

    Without either it is filed: read, kept, but neither answered nor stopping anything. The
    period is judged by the database's clock with the notice's row locked; after it, `known_on`
    says when the person learned of the ground.
    """
    notice = lock(notice, "call")
    allow(actor, "file_objection", notice)
    if not proposals_of(notice).filter(pk=proposal.pk).exists():
        raise DomainError(_("Choose a line of this notice."), field="proposal")
    signed = actor if getattr(actor, "pk", None) else None
    name, contact = name.strip(), contact.strip()
    is_named = bool(name and contact)
    _refuse_late(notice, known_on)
    _refuse_twice(notice, proposal, contact if is_named else "", text, signed)
    objection = Objection.objects.create(
        notice=notice,
        proposal=proposal,
        name=name,
        contact=contact,
        text=text,
        evidence=_keep_evidence(evidence, signed),
        filed_by=signed,
        filed_at=clock.now(),
        known_on=known_on,
        language=get_language() or "",
    )
    record(signed or SYSTEM, "file_objection", objection, notice=notice.number, named=is_named)
    if is_named:
        _open(objection)
    return objection


def _refuse_late(notice: Notice, known_on: dt.date | None) -> None:
    """After the notice period, only who learned of the ground not long ago may still object."""
    today = day_of(clock.database_now())
    if known_on is not None and known_on > today:
        raise DomainError(_("That day has not come yet."), field="known_on")
    if today <= notice.last_day:
        return
    ended = {"day": day_text(notice.last_day)}
    if known_on is None:
        sentence = _("The notice period ended on %(day)s. Say when you learned of this.") % ended
        raise DomainError(sentence, field="known_on")
    if today > last_day_to_object(notice, known_on):
        sentence = _(
            "The notice period ended on %(day)s, and it is more than %(late)s since "
            "you learned of this. The union's audit committee still takes complaints."
        )
        late = {"late": time_of_knowing(notice.call)}
        raise DomainError(sentence % {**ended, **late}, field="known_on")


def _refuse_twice(notice: Notice, proposal: Proposal, contact: str, text: str, signed: Any) -> None:
    """One person objects once to one line, in as many words as they like; the notice is locked."""
    standing = Objection.objects.filter(notice=notice, proposal=proposal)
    for other in standing.exclude(state=ObjectionState.RETRACTED):
        if other.state == ObjectionState.FILED:
            if not contact and other.text.strip() == text.strip():
                raise Clash(_("These very words were filed already."), field="text")
        elif contact and (
            _bare(other.contact) == _bare(contact) or (signed and other.filed_by_id == signed.pk)
        ):
            sentence = _(
                "You have objected to this project on this notice already. What was answered "
                "there can be complained about; a second objection is not taken."
            )
            raise Clash(sentence, field="contact")


def _bare(contact: str) -> str:
    """A number or an address without what people write into it for looks."""
    return "".join(letter for letter in contact.casefold() if letter not in " -()（）+")


def _keep_evidence(evidence: Any, signed: Any) -> Document | None:
    """Keep the file that came with an objection, if one did."""
    if not evidence:
        return None
    return keep_document(evidence, purpose=EVIDENCE, actor=signed or SYSTEM, field="evidence")


def _open(objection: Objection) -> None:
    """A named objection waits for an answer from now on; its officer is told until when."""
    due_on = clock.today() + dt.timedelta(days=objection.notice.call.answer_days)
    officer = officer_for(objection.proposal, but=[objection.filed_by_id])
    objection.move_to(ObjectionState.OPEN, answer_due_on=due_on, assigned_to=officer)
    _wait_for_answer(objection, "objection_filed")


def _wait_for_answer(objection: Objection, kind: str) -> None:
    """Tell whose it is, and have them reminded; without such an officer all are told."""
    due_on = objection.due_on
    assert due_on is not None
    tell_due(objection, kind, _those_who_answer(objection))
    if before := objection.notice.call.reminder_days:
        first = morning_of(due_on - dt.timedelta(days=before), hour=9)
        if first > clock.now():
            schedule("objection_reminder", first, key=_key("reminder", objection), pk=objection.pk)
    after = morning_of(due_on + dt.timedelta(days=1))
    schedule("objection_overdue", after, key=_key("overdue", objection), pk=objection.pk)


def _key(what: str, objection: Objection) -> str:
    return f"objection_{what}:{objection.pk}:{objection.state}"


def _those_who_answer(objection: Objection) -> list[Any]:
    """The officer it was given to; all of them when it could be given to nobody."""
    if objection.assigned_to is not None and objection.assigned_to.is_active:
        return [objection.assigned_to]
    return list(federation_officers())


@handles("objection_reminder")
def _remind(*, pk: int) -> None:
    """An answer is due soon: who has to give it is told once more."""
    objection = _one(pk)
    if objection.state in UNANSWERED:
        tell_due(objection, "objection_reminder", _those_who_answer(objection))


@handles("objection_overdue")
def _overdue(*, pk: int) -> None:
    """The day passed without an answer: every officer is told."""
    objection = _one(pk)
    if objection.state in UNANSWERED:
        tell_due(objection, "objection_overdue", list(federation_officers()))


def _one(pk: int) -> Objection:
    return Objection.objects.select_related("notice", "proposal", "assigned_to").get(pk=pk)


def _lock(objection: Objection) -> Objection:
    return lock(objection, "notice__call", "proposal__organisation", "filed_by", "assigned_to")


def _settle(objection: Objection, state: ObjectionState, **facts: Any) -> None:
    """Nobody waits any longer; where it was right, the room of awards looks at the award."""
    unschedule(_key("reminder", objection))
    unschedule(_key("overdue", objection))
    objection.move_to(state, **facts)
    if state == ObjectionState.UPHELD:
        key = f"objection_upheld:{objection.pk}"
        schedule("objection_upheld", clock.now(), key=key, pk=objection.pk)


@operation
def answer_objection(objection: Objection, *, upheld: bool, answer: str, actor: Any) -> Objection:
    """Answer with reasons: either the result stands and the award goes on, or it was right.

    What an upheld objection means for the award is decided where awards are.
    """
    objection = _lock(objection)
    allow(actor, "answer_objection", objection)
    state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    _settle(objection, state, answer=answer, answered_by=actor, answered_at=clock.now())
    record(actor, "answer_objection", objection, notice=objection.notice.number, upheld=upheld)
    tell_outcome(objection, "objection_answered", answer)
    return objection


@operation
def retract_objection(objection: Objection, *, actor: Any) -> Objection:
    """Take one's own objection back while it is open; the register keeps that it was there."""
    objection = _lock(objection)
    allow(actor, "retract_objection", objection)
    # an answered one was a complaint: that, too, is settled from this moment on
    stamp = "decided_at" if objection.answered_at else "answered_at"
    _settle(objection, ObjectionState.RETRACTED, **{stamp: clock.now()})
    record(actor, "retract_objection", objection, notice=objection.notice.number)
    return objection


@operation
def raise_complaint(
    objection: Objection, *, complaint: str, key: str = "", actor: Any
) -> Objection:
    """Who objected and is not content with the answer complains; the award waits once more.

    They are known by being signed in, or by the key of their link.
    """
    objection = _lock(objection)
    if not filed_it.test(actor, objection) and not opens(key, objection):
        raise Forbidden(_("Only who filed the objection may complain about its answer."))
    allow(actor, "raise_complaint", objection)
    objection.move_to(
        ObjectionState.COMPLAINED,
        complaint=complaint,
        complained_at=clock.now(),
        decision_due_on=clock.today() + dt.timedelta(days=objection.notice.call.decision_days),
        assigned_to=officer_for(
            objection.proposal, but=[objection.filed_by_id, objection.answered_by_id]
        ),
    )
    signed = actor if getattr(actor, "pk", None) else SYSTEM
    record(signed, "raise_complaint", objection, notice=objection.notice.number)
    _wait_for_answer(objection, "complaint_raised")
    return objection


@operation
def decide_complaint(objection: Objection, *, upheld: bool, answer: str, actor: Any) -> Objection:
    """Another officer decides with reasons, and that is the last word on the platform."""
    objection = _lock(objection)
    allow(actor, "decide_complaint", objection)
    state = ObjectionState.UPHELD if upheld else ObjectionState.REJECTED
    _settle(objection, state, decision=answer, decided_by=actor, decided_at=clock.now())
    record(actor, "decide_complaint", objection, notice=objection.notice.number, upheld=upheld)
    tell_outcome(objection, "complaint_decided", answer)
    return objection
