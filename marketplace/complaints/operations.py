"""What can be done with a complaint: send it, take it in hand, answer it, forget who sent it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bidding.calls.numbers import numbered
from bidding.needs.models import Survey
from foundation import clock
from foundation.audit.operations import record
from foundation.due.operations import handles, schedule
from foundation.errors import Clash, DomainError
from foundation.notifications.operations import forget_letters, path_to, tell, tell_address
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.permissions import SYSTEM, allow
from foundation.workdays.queries import add_working_days
from marketplace.complaints import kinds as _kinds  # noqa: F401  # what is told is registered
from marketplace.complaints import rules as _rules  # noqa: F401  # the laws are registered
from marketplace.complaints.keys import fingerprint
from marketplace.complaints.models import MOST_WORDS, About, Complaint
from marketplace.complaints.queries import answerers_of
from marketplace.complaints.states import ComplaintState
from marketplace.delivery.models import Project

ANSWER_DAYS = 15
"""Working days within which a complaint is answered."""

ERASED_AFTER = 30
"""Days after the answer that the contact is erased."""

SUBJECTS: dict[str, type[Any]] = {
    About.PROJECT: Project,
    About.ORGANISATION: Organisation,
    About.SURVEY: Survey,
}


@operation
def send_complaint(
    *,
    about: str,
    words: str,
    key: str,
    subject: Project | Organisation | Survey | None = None,
    which: str = "",
    contact: str = "",
    language: str = settings.LANGUAGE_CODE,
    actor: Any,
) -> Complaint:
    """Take in a complaint, from anybody; the trail says that it came, never who sent it.

    `key` is the secret of the sender's link, `language` what they read. The same form sent twice
    is one complaint.
    """
    allow(actor, "send_complaint")
    words, contact = words.strip(), contact.strip()
    _refuse_odd(about, words, subject)
    digest = fingerprint(key)
    before = Complaint.objects.filter(key_sha256=digest).first()
    if before is not None:
        return _the_same(before, words)
    facts = {
        "key_sha256": digest,
        "about": about,
        "which": which.strip(),
        "words": words,
        "contact": contact,
        "language": language,
        "had_contact": bool(contact),
        "received_at": clock.now(),
        "due_on": add_working_days(clock.today(), ANSWER_DAYS),
    }
    if subject is not None:
        facts[about] = subject
    try:
        with transaction.atomic():
            complaint = numbered(
                Complaint, "TS", lambda n: Complaint.objects.create(number=n, **facts)
            )
    except IntegrityError:  # the very same form, at the same moment
        return _the_same(Complaint.objects.get(key_sha256=digest), words)
    record(SYSTEM, "send_complaint", complaint, about=about)
    _tell_officers(complaint, "complaint_received")
    _watch(complaint)
    return complaint


def _refuse_odd(about: str, words: str, subject: Any) -> None:
    if about not in About.values:
        raise DomainError(_("Say what it is about."), field="about")
    if not words:
        raise DomainError(_("Say what is wrong."), field="words")
    if len(words) > MOST_WORDS:
        raise DomainError(_("This is too long: at most 4,000 characters."), field="words")
    if subject is not None and not isinstance(subject, SUBJECTS.get(about, ())):
        raise DomainError(_("Say what it is about."), field="about")


def _the_same(complaint: Complaint, words: str) -> Complaint:
    if complaint.words != words:
        raise Clash(_("This form has been sent already. Open the page anew for another complaint."))
    return complaint


def _tell_officers(complaint: Complaint, kind: str) -> None:
    tell(
        answerers_of(complaint),
        kind,
        url=path_to("complaints:complaint", complaint.pk),
        number=complaint.number,
        about=About(complaint.about).label,
        due_on=complaint.due_on,
    )


def _watch(complaint: Complaint) -> None:
    """The morning after it was to be answered, officers are told if it is not."""
    morning = dt.datetime.combine(
        complaint.due_on + dt.timedelta(days=1), dt.time(9), clock.SHANGHAI
    )
    schedule(
        "complaint_late", morning, key=f"complaint_late:{complaint.pk}", complaint=complaint.pk
    )


@handles("complaint_late")
def _complaint_is_late(*, complaint: int) -> None:
    found = Complaint.objects.get(pk=complaint)
    if found.state != ComplaintState.ANSWERED:
        _tell_officers(found, "complaint_late")


@operation
def take_complaint(complaint: Complaint, *, actor: Any) -> Complaint:
    """An officer takes it in hand: it is theirs to answer, and the sender sees that it is."""
    complaint = lock(complaint)
    allow(actor, "take_complaint", complaint)
    complaint.move_to(ComplaintState.IN_HAND, taken_by=actor, taken_at=clock.now())
    record(actor, "take_complaint", complaint)
    return complaint


@operation
def answer_complaint(complaint: Complaint, *, answer: str, actor: Any) -> Complaint:
    """Answer it: the sender reads it at their link and, where they left one, at their address.

    The contact is erased in a month.
    """
    complaint = lock(complaint)
    allow(actor, "answer_complaint", complaint)
    if not answer.strip():
        raise DomainError(_("Write the answer."), field="answer")
    now = clock.now()
    complaint.move_to(
        ComplaintState.ANSWERED, answer=answer.strip(), answered_by=actor, answered_at=now
    )
    record(actor, "answer_complaint", complaint)
    _write_to_sender(complaint)
    schedule(
        "erase_complaint_contact",
        now + dt.timedelta(days=ERASED_AFTER),
        key=f"complaint_contact:{complaint.pk}",
        complaint=complaint.pk,
    )
    return complaint


def _write_to_sender(complaint: Complaint) -> None:
    """The answer by e-mail, in the language of the complaint; its own words stay here."""
    if complaint.address:
        tell_address(
            complaint.address,
            "complaint_answered",
            language=complaint.language,
            number=complaint.number,
            answer=complaint.answer,
            days=ERASED_AFTER,
        )


@operation
def erase_contact(complaint: Complaint, *, actor: Any) -> Complaint:
    """Forget how the sender can be reached; the complaint and its answer stay."""
    complaint = lock(complaint)
    allow(actor, "erase_contact", complaint)
    complaint.contact, complaint.erased_at = "", clock.now()
    complaint.save(update_fields=["contact", "erased_at"])
    forget_letters("complaint_answered", number=complaint.number)
    record(actor, "erase_contact", complaint)
    return complaint


@handles("erase_complaint_contact")
def _time_to_forget(*, complaint: int) -> None:
    found = Complaint.objects.get(pk=complaint)
    if found.erased_at is None:
        erase_contact(found, actor=SYSTEM)
