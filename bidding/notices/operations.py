"""What can be done with a notice: publish it, object to it, answer the objection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from bidding.calls.models import Call
from bidding.calls.numbers import numbered
from bidding.evaluation.lottery_queries import facts_of
from bidding.notices import kinds as _kinds  # noqa: F401  # what people are told is registered
from bidding.notices import rules as _rules  # noqa: F401  # the laws are registered
from bidding.notices.lines import Line
from bidding.notices.models import Notice
from bidding.notices.objections import (
    answer_objection,
    decide_complaint,
    file_objection,
    raise_complaint,
    retract_objection,
)
from bidding.notices.queries import proposals_of
from bidding.proposals.models import Proposal
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.queries import officers_of
from foundation.permissions import allow
from foundation.seals.chain import sha256_of
from foundation.workdays.queries import add_working_days, end_of_period

__all__ = [
    "answer_objection",
    "decide_complaint",
    "file_objection",
    "publish_notice",
    "raise_complaint",
    "retract_objection",
]


LOTS = ("source", "issue", "drawn_at", "numbers", "seed")
"""What a notice says of the lots at the line, where they decided."""


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
    ranking = getattr(call, "ranking", None)
    lots = facts_of(ranking) if ranking else {}
    drawn = {"lots": {key: lots[key] for key in LOTS}} if lots else {}
    return {
        **drawn,
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
