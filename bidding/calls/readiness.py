"""Is a draft call ready to be published? Every fault at once, a sentence each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bidding.calls.custody import FEWEST_KEEPERS, keepers, too_few
from bidding.calls.defaults import WEIGHTS_SUM
from bidding.calls.models import Call, CallKind, Criterion, Custody, LineRule, Lot, Stage
from bidding.needs.models import Need
from bidding.needs.states import NeedState
from foundation import clock


def check_call(call: Call) -> list[Any]:
    """What keeps the call from being published; empty when nothing does."""
    return faults_of(
        call,
        lots=list(call.lots.select_related("category")),
        criteria=list(call.criteria.all()),
        needs=list(call.needs.all()),
    )


def faults_of(
    call: Call, *, lots: list[Lot], criteria: list[Criterion], needs: list[Need]
) -> list[Any]:
    """The same where its lots, criteria and needs are at hand already."""
    return [
        *_faults_of_dates(call, clock.now()),
        *_faults_of_lots(call, lots),
        *_faults_of_criteria(criteria),
        *faults_of_price(call, criteria),
        *_faults_of_rules(call),
        *_faults_of_lottery(call),
        *_faults_of_needs(needs),
        *_faults_of_custody(call),
    ]


def _faults_of_custody(call: Call) -> list[Any]:
    if call.custody == Custody.TIME:
        return []
    count = keepers().count()
    return [] if count >= FEWEST_KEEPERS else [too_few(count)]


def _faults_of_dates(call: Call, now: dt.datetime) -> list[str]:
    faults = []
    begins = max(call.opens_at, now)
    shortest = call.window_days
    if call.closes_at <= now:
        faults.append(_("The closing lies in the past."))
    elif shortest and call.closes_at - begins < dt.timedelta(days=shortest):
        faults.append(
            _("From opening to closing there must be at least %(days)d days.") % {"days": shortest}
        )
    if call.questions_until <= begins:
        faults.append(_("Questions must be possible after the call opens."))
    before = call.questions_days
    if before and call.closes_at - call.questions_until < dt.timedelta(days=before):
        faults.append(
            ngettext(
                "Questions must end at least %(days)d day before the closing.",
                "Questions must end at least %(days)d days before the closing.",
                before,
            )
            % {"days": before}
        )
    return faults


def _faults_of_lots(call: Call, lots: list[Lot]) -> list[str]:
    least = call.least_proposals
    if not lots:
        return [_("There is no lot yet: add at least one.")]
    return [
        ngettext(
            "In this kind of call the lot “%(lot)s” needs at least %(least)d valid proposal.",
            "In this kind of call the lot “%(lot)s” needs at least %(least)d valid proposals.",
            least,
        )
        % {"lot": lot.category, "least": least}
        for lot in lots
        if least and lot.least_proposals < least
    ]


def _faults_of_criteria(criteria: list[Criterion]) -> list[str]:
    faults: list[str] = []
    total = sum(criterion.weight for criterion in criteria)
    if total != WEIGHTS_SUM:
        faults.append(
            _("The weights of the criteria sum to %(total)d, not to 100.") % {"total": total}
        )
    judged = [criterion for criterion in criteria if not criterion.by_price]
    if judged and all(criterion.stage == Stage.ROADSHOW for criterion in judged):
        faults.append(
            _("At least one criterion is scored on paper: judges read before they listen.")
        )
    return faults


def faults_of_price(call: Call, criteria: Iterable[Criterion]) -> list[Any]:
    """In a procurement the price weighs neither less nor more than the call's rules say."""
    if call.kind != CallKind.PROCUREMENT:
        return []
    weight = sum(criterion.weight for criterion in criteria if criterion.by_price)
    least, most = call.least_price_weight, call.most_price_weight
    if least and weight < least:
        return [
            _("The price has to count for %(least)d percent at least; it counts for %(weight)d.")
            % {"least": least, "weight": weight}
        ]
    if most and weight > most:
        return [
            _("The price may count for %(most)d percent at most; it counts for %(weight)d.")
            % {"most": most, "weight": weight}
        ]
    return []


def _faults_of_rules(call: Call) -> list[str]:
    faults: list[Any] = []
    smallest, shortest = call.smallest_panel, call.least_notice_days
    if smallest and call.panel_size < smallest:
        faults.append(
            _("In this kind of call a panel has at least %(judges)d judges.") % {"judges": smallest}
        )
    if shortest and call.notice_days < shortest:
        faults.append(
            _("The notice period has at least %(days)d working days.") % {"days": shortest}
        )
    return faults


def _faults_of_lottery(call: Call) -> list[str]:
    if call.line_rule == LineRule.LOTTERY and not call.lottery_source.strip():
        return [_("Say which public draw decides by lot where scores are too close to call.")]
    return []


def _faults_of_needs(needs: list[Need]) -> list[str]:
    return [
        _("The need “%(need)s” is not public: publish it, or leave it out.") % {"need": need}
        for need in needs
        if need.state != NeedState.PUBLISHED
    ]
