"""Lots at the line where money ends: a public draw named beforehand, its numbers typed after."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.evaluation import kinds, lottery_rules  # noqa: F401  (the words and the laws)
from bidding.evaluation.lottery import normal
from bidding.evaluation.lottery_models import Lottery, Numbers
from bidding.evaluation.lottery_queries import numbers_of
from bidding.evaluation.models import Departure, Ranking
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import DomainError, WrongState
from foundation.face.values import own_words_lazily
from foundation.notifications.operations import path_to, tell
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.organisations.queries import officers_of
from foundation.permissions import allow


def _locked(ranking: Ranking) -> Ranking:
    """The ranking and its call first, as departing from the order and publishing do."""
    call = lock(ranking.call)
    ranking = lock(ranking)
    ranking.call = call
    return ranking


@operation
def announce_lottery(
    ranking: Ranking, *, issue: str, drawn_at: dt.datetime, reason: str = "", actor: Any
) -> Lottery:
    """Name the issue of the call's public draw that will decide, before anybody can know it; it is
    public at once with the fingerprint of the ranking, and every bidder is told."""
    ranking = _locked(ranking)
    allow(actor, "announce_lottery", ranking)
    now = clock.database_now()
    if drawn_at <= now:
        raise DomainError(_("Name a draw that is still to be held."), field="drawn_at")
    if not issue.strip():
        raise DomainError(_("Say which issue of the draw."), field="issue")
    last = ranking.lotteries.last()
    if last is not None and last.numbers.exists():
        raise WrongState(_("The lots are drawn."))
    if last is not None and last.drawn_at <= now and not reason.strip():
        raise DomainError(
            _("The draw named before was to be held by now. Say why it does not count."),
            field="reason",
        )
    lottery = Lottery.objects.create(
        ranking=ranking,
        source=ranking.call.lottery_source,
        issue=issue.strip(),
        drawn_at=drawn_at,
        reason=reason.strip(),
        announced_by=actor,
        announced_at=clock.now(),
    )
    record(
        actor,
        "announce_lottery",
        ranking.call,
        source=lottery.source,
        issue=lottery.issue,
        drawn_at=drawn_at,
        sha256=ranking.sha256,
        reason=lottery.reason,
    )
    _tell_bidders(lottery)
    return lottery


def _tell_bidders(lottery: Lottery) -> None:
    call = lottery.ranking.call
    bodies = Organisation.objects.filter(proposals__place__ranking=lottery.ranking).distinct()
    tell(
        [person for body in bodies for person in officers_of(body)],
        "lottery_announced",
        url=path_to("evaluation:lottery", call.number),
        call=own_words_lazily(call, "title"),
        source=lottery.source,
        issue=lottery.issue,
        drawn_at=lottery.drawn_at,
    )


@operation
def type_numbers(lottery: Lottery, *, numbers: str, reason: str = "", actor: Any) -> Numbers:
    """The draw was held: type what came. Typed wrongly, it is typed again with a reason; both are
    public, and what came can be looked up by anybody."""
    ranking = _locked(lottery.ranking)
    lottery = lock(lottery)
    lottery.ranking = ranking
    allow(actor, "type_numbers", lottery)
    if ranking.lotteries.last() != lottery:
        raise WrongState(_("Another draw was named since; this one does not count."))
    try:
        typed = normal(numbers)
    except ValueError as fault:
        raise DomainError(_("Type the numbers that were drawn."), field="numbers") from fault
    before = numbers_of(ranking)
    if before is not None:
        _may_be_corrected(ranking, before, typed, reason)
    row = Numbers.objects.create(
        lottery=lottery,
        numbers=typed,
        reason=reason.strip() if before else "",
        typed_by=actor,
        typed_at=clock.now(),
    )
    record(
        actor,
        "type_numbers",
        ranking.call,
        issue=lottery.issue,
        numbers=typed,
        reason=row.reason,
        before=before.numbers if before else "",
    )
    return row


def _may_be_corrected(ranking: Ranking, before: Numbers, typed: str, reason: str) -> None:
    if before.numbers == typed:
        raise DomainError(_("These numbers stand already."), field="numbers")
    if not reason.strip():
        raise DomainError(_("Say why they are corrected; it is published."), field="reason")
    if Departure.objects.filter(ranking=ranking).exists():
        raise WrongState(_("An officer departed from this order since. Depart from it again."))
