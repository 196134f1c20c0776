"""Findings: noted, answered, judged, closed or withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from bidding.calls.numbers import numbered
from foundation import clock
from foundation.audit.operations import record
from foundation.documents.models import Document
from foundation.documents.operations import keep_document
from foundation.due.operations import handles, schedule, unschedule
from foundation.errors import DomainError
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.organisations.queries import officers_of
from foundation.people.models import Person
from foundation.permissions import allow
from foundation.workdays.queries import WorkingCalendar, add_working_days
from marketplace.auditing import kinds as _kinds  # noqa: F401  # what people are told
from marketplace.auditing import rules as _rules  # noqa: F401  # the laws are registered
from marketplace.auditing.models import Answer, Finding, Item, Severity
from marketplace.auditing.queries import answerers_of, auditors_of
from marketplace.auditing.readers import ANSWER
from marketplace.auditing.states import FindingState, ItemState
from marketplace.auditing.subjects import ANSWERING_POSTS, BY_LABEL

MORNING = dt.time(9)


@operation
def note_finding(
    subject: Model,
    *,
    severity: str,
    title: str,
    text: str,
    body: Organisation | None = None,
    officer: Person | None = None,
    answer_days: int,
    item: Item | None = None,
    actor: Any,
) -> Finding:
    """Note what is wrong with something and ask one body or one officer to answer by a day."""
    allow(actor, "note_finding", subject)
    _refuse_unanswerable(
        subject,
        severity=severity,
        body=body,
        officer=officer,
        answer_days=answer_days,
        actor=actor,
    )
    now = clock.now()
    if item is not None:
        item = lock(item, "sample")
        if item.state != ItemState.FAULTY:
            item.move_to(ItemState.FAULTY, checked_by=actor, checked_at=now)

    def create(number: str) -> Finding:
        return Finding.objects.create(
            number=number,
            subject_type=subject._meta.label_lower,
            subject_row=subject.pk,
            subject_name=(item.name if item else str(subject))[:200],
            item=item,
            severity=severity,
            title=title,
            text=text,
            body=body,
            officer=officer,
            answer_days=answer_days,
            due_on=add_working_days(clock.today(), answer_days),
            noted_by=actor,
            noted_at=now,
        )

    finding = numbered(Finding, "SJ", create)
    record(actor, "note_finding", finding, about=f"{finding.subject_type}:{subject.pk}")
    _ask(finding, "finding_noted", subject=finding.subject_name)
    return finding


def _refuse_unanswerable(
    subject: Model,
    *,
    severity: str,
    body: Organisation | None,
    officer: Person | None,
    answer_days: int,
    actor: Any,
) -> None:
    if subject._meta.label_lower not in BY_LABEL or severity not in Severity.values:
        raise DomainError(_("A finding is about something auditors look at."))
    if (body is None) == (officer is None):
        raise DomainError(_("Say who has to answer: one organisation or one person."))
    if body is not None and not officers_of(body):
        raise DomainError(
            _("Nobody acts for this organisation here, so nobody could answer. Ask an officer.")
        )
    if officer is not None and (officer == actor or not officer.roles & {*ANSWERING_POSTS}):
        raise DomainError(_("Ask somebody else who holds a post that answers to auditors."))
    if not 1 <= answer_days <= 60:
        raise DomainError(_("Give between 1 and 60 working days."), field="answer_days")


def _ask(finding: Finding, kind: str, **facts: Any) -> None:
    """Tell who answers, and have them reminded the working day before and the morning after."""
    tell(answerers_of(finding), kind, url=_page(finding), **_facts(finding), **facts)
    before, works = finding.due_on - dt.timedelta(days=1), WorkingCalendar()
    while not works(before):
        before -= dt.timedelta(days=1)
    after = finding.due_on + dt.timedelta(days=1)
    for key, day in (("finding_due_soon", before), ("finding_overdue", after)):
        if day <= clock.today():
            continue  # who has one day is told once, not twice
        at = dt.datetime.combine(day, MORNING, clock.SHANGHAI)
        schedule(key, at, key=f"finding:{finding.pk}:{key}", finding=finding.pk)


def _leave_alone(finding: Finding) -> None:
    for key in ("finding_due_soon", "finding_overdue"):
        unschedule(f"finding:{finding.pk}:{key}")


def _page(finding: Finding) -> str:
    return path_to("auditing:finding", finding.number)


def _facts(finding: Finding) -> dict[str, Any]:
    return {"number": finding.number, "finding": finding.title, "due_on": finding.due_on}


@handles("finding_due_soon")
def remind_answerers(finding: int) -> None:
    """The last working day before the answer is due."""
    found = Finding.objects.get(pk=finding)
    if found.state == FindingState.ASKED and clock.today() <= found.due_on:
        tell(answerers_of(found), "finding_due_soon", url=_page(found), **_facts(found))


@handles("finding_overdue")
def tell_of_delay(finding: int) -> None:
    """The morning after the day: both sides hear that no answer came."""
    found = Finding.objects.select_related("noted_by").get(pk=finding)
    if found.state == FindingState.ASKED and clock.today() > found.due_on:
        both = [*answerers_of(found), *auditors_of(found)]
        tell(both, "finding_overdue", url=_page(found), **_facts(found))


@operation
def answer_finding(finding: Finding, *, text: str, document: Any = None, actor: Any) -> Answer:
    """The body or officer says what they have to say, with a paper where one helps."""
    finding = lock(finding, "noted_by", "body", "officer")
    allow(actor, "answer_finding", finding)
    kept = _keep_paper(document, actor)
    finding.move_to(FindingState.ANSWERED)
    answer = Answer.objects.create(
        finding=finding, text=text, document=kept, answered_by=actor, answered_at=clock.now()
    )
    record(actor, "answer_finding", finding, answer=answer.pk, has_document=kept is not None)
    _leave_alone(finding)
    facts = {"number": finding.number, "finding": finding.title, "person": str(actor)}
    tell(auditors_of(finding), "finding_answered", url=_page(finding), **facts)
    return answer


def _keep_paper(document: Any, actor: Any) -> Document | None:
    if not document:
        return None
    return keep_document(document, purpose=ANSWER, actor=actor, field="document")


def _judge(finding: Finding, verdict: str, remark: str, actor: Any) -> None:
    answer = finding.answers.get(verdict=Answer.Verdict.WAITING)
    answer.verdict, answer.remark = verdict, remark
    answer.judged_by, answer.judged_at = actor, clock.now()
    answer.save(update_fields=["verdict", "remark", "judged_by", "judged_at"])


@operation
def accept_answer(finding: Finding, *, remark: str = "", actor: Any) -> Finding:
    """The answer is enough; the finding stays open until what it promises is seen to be done."""
    finding = lock(finding, "body", "officer")
    allow(actor, "accept_answer", finding)
    _judge(finding, Answer.Verdict.ACCEPTED, remark, actor)
    finding.move_to(FindingState.ACCEPTED)
    record(actor, "accept_answer", finding)
    facts = {"number": finding.number, "finding": finding.title, "remark": remark}
    tell(answerers_of(finding), "finding_answer_accepted", url=_page(finding), **facts)
    return finding


@operation
def require_more(finding: Finding, *, remark: str, answer_days: int, actor: Any) -> Finding:
    """The answer is not enough: say what is missing, and give a new day."""
    finding = lock(finding, "body", "officer")
    allow(actor, "require_more", finding)
    if not remark.strip():
        raise DomainError(_("Say what is missing."), field="remark")
    if not 1 <= answer_days <= 60:
        raise DomainError(_("Give between 1 and 60 working days."), field="answer_days")
    _judge(finding, Answer.Verdict.MORE, remark, actor)
    due_on = add_working_days(clock.today(), answer_days)
    finding.move_to(FindingState.ASKED, due_on=due_on, answer_days=answer_days)
    record(actor, "require_more", finding, due_on=due_on)
    _ask(finding, "finding_needs_more", remark=remark)
    return finding


@operation
def close_finding(finding: Finding, *, closing: str, actor: Any) -> Finding:
    """What was wrong has been put right, and somebody saw it."""
    finding = lock(finding, "body", "officer")
    allow(actor, "close_finding", finding)
    _end(finding, FindingState.CLOSED, closing)
    record(actor, "close_finding", finding)
    _tell_end(finding, "finding_closed")
    return finding


@operation
def withdraw_finding(finding: Finding, *, closing: str, actor: Any) -> Finding:
    """It was no finding after all; why stays on record beside it."""
    finding = lock(finding, "body", "officer")
    allow(actor, "withdraw_finding", finding)
    _end(finding, FindingState.WITHDRAWN, closing)
    record(actor, "withdraw_finding", finding)
    _leave_alone(finding)
    _tell_end(finding, "finding_withdrawn")
    return finding


def _end(finding: Finding, state: FindingState, closing: str) -> None:
    if not closing.strip():
        raise DomainError(_("Say how it ended."), field="closing")
    finding.move_to(state, closing=closing, ended_at=clock.now())


def _tell_end(finding: Finding, kind: str) -> None:
    facts = {"number": finding.number, "finding": finding.title, "closing": finding.closing}
    tell(answerers_of(finding), kind, url=_page(finding), **facts)
