"""The register of objections as the public reads it: surnames, struck-out contacts, answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bidding.notices.masking import masked_name, without_contacts
from bidding.notices.models import Objection
from bidding.notices.periods import day_of
from bidding.notices.states import ObjectionState


@dataclass(frozen=True)
class Listed:
    """One objection with nothing in it by which its author could be found."""

    objection: Objection
    name: str
    text: str
    answer: str
    complaint: str
    decision: str

    @property
    def is_filed(self) -> bool:
        """Has it no name or contact, and therefore no effect?"""
        return self.objection.state == ObjectionState.FILED


def entry_of(objection: Objection) -> Listed:
    """The objection as it is made public."""
    return Listed(
        objection,
        masked_name(objection.name) or _("without a name"),
        *(
            without_contacts(words)
            for words in (
                objection.text,
                objection.answer,
                objection.complaint,
                objection.decision,
            )
        ),
    )


def register_rows(objections: Iterable[Objection]) -> Iterator[list[Any]]:
    """The register as a table, its head first."""
    yield [
        _("Notice"),
        _("Project"),
        _("State"),
        _("By"),
        _("Filed"),
        _("Objection"),
        _("To be answered by"),
        _("Answered"),
        _("Answer"),
        _("Complaint"),
        _("To be decided by"),
        _("Decided"),
        _("Decision"),
    ]
    for objection in objections:
        entry = entry_of(objection)
        yield [
            objection.notice.number,
            objection.proposal.title,
            objection.get_state_display(),
            entry.name,
            _day(objection.filed_at),
            entry.text,
            objection.answer_due_on or "",
            _day(objection.answered_at),
            entry.answer,
            entry.complaint,
            objection.decision_due_on or "",
            _day(objection.decided_at),
            entry.decision,
        ]


def _day(moment: dt.datetime | None) -> dt.date | str:
    return day_of(moment) if moment else ""
