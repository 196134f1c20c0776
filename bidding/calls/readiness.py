"""Is a draft call ready to be published? Every fault at once, a sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bidding.calls.custody import FEWEST_KEEPERS, keepers, too_few
from bidding.calls.defaults import (
    RULE_SETS,
    SHORTEST_NOTICE_DAYS,
    SHORTEST_WINDOW_DAYS,
    WEIGHTS_SUM,
)
from bidding.calls.models import Call, Custody
from bidding.needs.states import NeedState
from foundation import clock


def check_call(call: Call) -> list[Any]:
    """What keeps the call from being published; empty when nothing does."""
    return [
        *_faults_of_dates(call, clock.now()),
        *_faults_of_lots(call),
        *_faults_of_criteria(call),
        *_faults_of_rules(call),
        *_faults_of_needs(call),
        *_faults_of_custody(call),
    ]


def _faults_of_custody(call: Call) -> list[Any]:
    if call.custody == Custody.TIME:
        return []
    count = keepers().count()
    return [] if count >= FEWEST_KEEPERS else [too_few(count)]


def _faults_of_dates(call: Call, now: dt.datetime) -> list[str]:
    faults = []
    window = call.closes_at - max(call.opens_at, now)
    if window < dt.timedelta(days=SHORTEST_WINDOW_DAYS):
        faults.append(
            _("From opening to closing there must be at least %(days)d days.")
            % {"days": SHORTEST_WINDOW_DAYS}
        )
    if call.questions_until <= max(call.opens_at, now):
        faults.append(_("Questions must be possible after the call opens."))
    return faults


def _faults_of_lots(call: Call) -> list[str]:
    lots = list(call.lots.select_related("category"))
    least = RULE_SETS[call.kind].least_proposals
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
        if lot.least_proposals < least
    ]


def _faults_of_criteria(call: Call) -> list[str]:
    total = sum(call.criteria.values_list("weight", flat=True))
    if total == WEIGHTS_SUM:
        return []
    return [_("The weights of the criteria sum to %(total)d, not to 100.") % {"total": total}]


def _faults_of_rules(call: Call) -> list[str]:
    faults: list[Any] = []
    smallest = RULE_SETS[call.kind].smallest_panel
    if call.panel_size < smallest:
        faults.append(
            _("In this kind of call a panel has at least %(judges)d judges.") % {"judges": smallest}
        )
    if call.notice_days < SHORTEST_NOTICE_DAYS:
        faults.append(
            _("The notice period has at least %(days)d working days.")
            % {"days": SHORTEST_NOTICE_DAYS}
        )
    return faults


def _faults_of_needs(call: Call) -> list[str]:
    stale = call.needs.exclude(state=NeedState.PUBLISHED)
    return [
        _("The need “%(need)s” is not public: publish it, or leave it out.") % {"need": need}
        for need in stale
    ]
