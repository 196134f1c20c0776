"""Whom an objection concerns, and how they hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from bidding.notices.keys import key_of
from bidding.notices.models import Objection
from bidding.notices.periods import last_day_to_complain
from bidding.notices.states import ObjectionState
from foundation.face.values import day_text
from foundation.notifications.operations import path_to, tell, tell_address
from foundation.organisations.queries import officers_of


def tell_due(objection: Objection, kind: str, people: Iterable[Any]) -> None:
    """Tell officers that an answer is to be given, and until when."""
    tell(
        list(people),
        kind,
        url=path_to("notices:objection", objection.pk),
        proposal=objection.proposal.title,
        notice=objection.notice.number,
        due_on=objection.due_on,
    )


def tell_outcome(objection: Objection, kind: str, answer: str) -> None:
    """Tell who filed it, on the desk or by letter, and the bidder it is about."""
    people = {person.pk: person for person in officers_of(objection.proposal.organisation)}
    if objection.filed_by is not None:
        people[objection.filed_by.pk] = objection.filed_by
    tell(
        list(people.values()),
        kind,
        url=path_to(objection.notice),
        proposal=objection.proposal.title,
        notice=objection.notice.number,
        answer=answer,
    )
    _write(objection, answer)


def _write(objection: Objection, answer: str) -> None:
    """A letter to who left an address and is not told on the desk."""
    if objection.filed_by is not None or not is_address(objection.contact):
        return
    language = objection.language or settings.LANGUAGE_CODE
    with override(language):
        tell_address(
            objection.contact,
            "objection_reply",
            language=language,
            url=path_to("notices:follow", objection.pk, key_of(objection)),
            proposal=objection.proposal.title,
            notice=objection.notice.number,
            verdict=verdict_on(objection),
            answer=answer,
            onward=_onward(objection),
        )


def is_address(contact: str) -> bool:
    """Is the contact somebody left an e-mail address?"""
    try:
        validate_email(contact)
    except ValidationError:
        return False
    return True


def verdict_on(objection: Objection) -> str:
    """What became of it, in a sentence."""
    return {
        ObjectionState.UPHELD.value: _("You were right: that award does not stand."),
        ObjectionState.DISMISSED.value: _("The result stands."),
        ObjectionState.REJECTED.value: _("Another officer looked at it: the answer stands."),
    }.get(objection.state, "")


def _onward(objection: Objection) -> str:
    """What one can do who is not content."""
    if objection.state != ObjectionState.DISMISSED or objection.answered_at is None:
        return ""
    return _("If you are not content, you can complain until %(day)s at the link below.") % {
        "day": day_text(last_day_to_complain(objection))
    }
