"""What can be done with a notice: publish it, object to it, answer the objection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from bidding.calls.models import Call
from bidding.calls.numbers import numbered
from bidding.notices import kinds as _kinds  # noqa: F401  # what people are told is registered
from bidding.notices import rules as _rules  # noqa: F401  # the laws are registered
from bidding.notices.lines import Line
from bidding.notices.models import Notice, Objection
from bidding.notices.queries import objections_visible_to, proposals_of
from bidding.notices.states import ObjectionState
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.audit.operations import record
from foundation.documents.models import Document
from foundation.documents.operations import keep_document
from foundation.documents.readers import reader
from foundation.errors import Clash, DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import officers_of
from foundation.permissions import SYSTEM, allow
from foundation.seals.chain import sha256_of
from foundation.workdays.queries import add_working_days, end_of_period

EVIDENCE = "objection_evidence"


@reader(EVIDENCE)
def reads_evidence(person: Any, document: Document) -> bool:
    """Evidence is for who filed the objection and for the desk; it is never public."""
    return objections_visible_to(person).filter(evidence=document).exists()


@operation
def publish_notice(
    call: Call,
    *,
    title: str,
    title_en: str = "",
    lines: Sequence[Line],
    actor: Any,
) -> Notice:
    """Make a result public: its lines are frozen with their fingerprint.

    The period begins on the next working day and lasts as many working days as the call says.
    The same content a second time is refused. The call counts as decided from now on.
    """
    call = lock(call)
    allow(actor, "publish_notice", call)
    days = max(call.notice_days, call.least_notice_days or 1)
    first_day = add_working_days(clock.today(), 1)
    body = _body(call, lines)
    digest = sha256_of(body)
    if call.notices.filter(sha256=digest).exists():
        raise Clash(_("This very result has been published already."))

    def create(number: str) -> Notice:
        return Notice.objects.create(
            call=call,
            number=number,
            title=title,
            title_en=title_en,
            body=body,
            sha256=digest,
            first_day=first_day,
            last_day=end_of_period(first_day, days),
            working_days=days,
            published_by=actor,
            published_at=clock.now(),
        )

    notice = numbered(Notice, "GS", create)
    if call.decided_at is None:
        call.decided_at = clock.now()
        call.save(update_fields=["decided_at"])
    record(actor, "publish_notice", notice, call=call.number, sha256=digest)
    _tell_bidders(notice)
    return notice


def _body(call: Call, lines: Sequence[Line]) -> dict[str, Any]:
    """The frozen content; refuses lines about other calls' proposals, twice, or none at all."""
    keys = [line.proposal for line in lines]
    if not keys:
        raise DomainError(_("A notice needs at least one line."))
    if len(set(keys)) < len(keys):
        raise DomainError(_("A proposal stands twice in the notice."))
    if Proposal.objects.filter(call=call, pk__in=keys).count() < len(keys):
        raise DomainError(_("A line is about a proposal of another call."))
    return {
        "kind": "award",
        "call": {"number": call.number, "title": call.title, "title_en": call.title_en},
        "lines": [line.facts() for line in lines],
    }


def _tell_bidders(notice: Notice) -> None:
    people = {
        person.pk: person
        for proposal in proposals_of(notice).select_related("organisation")
        for person in officers_of(proposal.organisation)
    }
    tell(
        list(people.values()),
        "notice_published",
        url=path_to(notice),
        number=notice.call.number,
        notice=own_words_lazily(notice, "title"),
        last_on=notice.last_day,
    )


@operation
def file_objection(
    notice: Notice,
    *,
    proposal: Proposal,
    text: str,
    name: str = "",
    contact: str = "",
    evidence: Any = None,
    actor: Any,
) -> Objection:
    """Object to one line of a notice. With a name and a contact it stops that award.

    Without either it is filed: read, kept, but neither answered nor stopping anything. The
    period is judged by the database's clock with the notice's row locked.
    """
    notice = lock(notice, "call", "published_by")
    allow(actor, "file_objection", notice)
    if not proposals_of(notice).filter(pk=proposal.pk).exists():
        raise DomainError(_("Choose a line of this notice."), field="proposal")
    signed = actor if getattr(actor, "pk", None) else None
    kept = _keep_evidence(evidence, signed)
    objection = Objection.objects.create(
        notice=notice,
        proposal=proposal,
        name=name.strip(),
        contact=contact.strip(),
        text=text,
        evidence=kept,
        filed_by=signed,
        filed_at=clock.now(),
    )
    is_named = bool(objection.name and objection.contact)
    record(signed or SYSTEM, "file_objection", objection, notice=notice.number, named=is_named)
    if is_named:
        _open(objection)
    return objection


def _keep_evidence(evidence: Any, signed: Any) -> Document | None:
    """Keep the file that came with an objection, if one did."""
    if not evidence:
        return None
    return keep_document(evidence, purpose=EVIDENCE, actor=signed or SYSTEM, field="evidence")


def _open(objection: Objection) -> None:
    """A named objection waits for an answer from now on; the officer is told until when."""
    notice = objection.notice
    due_on = clock.today() + dt.timedelta(days=notice.call.answer_days)
    objection.move_to(ObjectionState.OPEN, answer_due_on=due_on)
    tell(
        [notice.published_by],
        "objection_filed",
        url=path_to("notices:objection", objection.pk),
        proposal=objection.proposal.title,
        notice=notice.number,
        due_on=due_on,
    )


@operation
def answer_objection(objection: Objection, *, upheld: bool, answer: str, actor: Any) -> Objection:
    """Answer with reasons: either the result stands and the award goes on, or it was right.

    What an upheld objection means for the award is decided where awards are.
    """
    objection = lock(objection, "notice", "proposal__organisation", "filed_by")
    allow(actor, "answer_objection", objection)
    state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    objection.move_to(state, answer=answer, answered_by=actor, answered_at=clock.now())
    record(actor, "answer_objection", objection, notice=objection.notice.number, upheld=upheld)
    _tell_answer(objection)
    return objection


def _tell_answer(objection: Objection) -> None:
    """Tell who filed it, if they were signed in, and the bidder it is about."""
    people = {person.pk: person for person in officers_of(objection.proposal.organisation)}
    if objection.filed_by is not None:
        people[objection.filed_by.pk] = objection.filed_by
    tell(
        list(people.values()),
        "objection_answered",
        url=path_to(objection.notice),
        proposal=objection.proposal.title,
        notice=objection.notice.number,
        answer=objection.answer,
    )


@operation
def retract_objection(objection: Objection, *, actor: Any) -> Objection:
    """Take one's own objection back while it is open; the register keeps that it was there."""
    objection = lock(objection, "notice")
    allow(actor, "retract_objection", objection)
    objection.move_to(ObjectionState.RETRACTED, answered_at=clock.now())
    record(actor, "retract_objection", objection, notice=objection.notice.number)
    return objection
