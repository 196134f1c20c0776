"""Padding: the demo world many times over, by bulk inserts after which every proof still holds.

Contest after contest, each in a transaction of its own and with constant memory. What a padded
contest leaves out: who judged it (its ranking holds the points, as it is published), letters and
reminders, files of agreements and of evidence, and the entries of the trail between an act that
begins something and the one that ends it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import connection, transaction

from bidding.calls.models import Call
from cms.demo import padded_bodies, padded_contest, padded_deals, padded_money, padded_payments
from cms.demo.bidding import days
from cms.demo.padded_bodies import Body, Hands
from cms.demo.town import day
from cms.search.following import everything_anew
from foundation import clock
from foundation.seals.operations import CHAINS, seal

A_CONTEST = 48
"""How many projects one padded contest funds, at most."""

AN_ORGANISATION = 50
"""How many padded projects one organisation has, about."""

FIRST = day(2015, 2, 2)
YOUNGEST = days(83)
"""The last padded contest opened so long ago: its agreements are just signed, nothing is paid."""


def pad(projects: int, *, today: dt.date, say: Callable[[int], object] = bool) -> None:
    """So many more projects, over the years from 2015 to `today`; `say` hears how many stand."""
    if projects < 1:
        return
    with clock.at(dt.datetime.combine(today, dt.time(9), clock.SHANGHAI)):
        contests = -(-projects // A_CONTEST)
        with transaction.atomic():
            hands = padded_bodies.hands()
            most = -(-projects // contests)
            bodies = padded_bodies.bidders(max(most + most // 10, projects // AN_ORGANISATION))
        before = Call.objects.filter(number__contains="-P").count()
        whole = clock.now() - YOUNGEST - FIRST
        stand = 0
        for turn in range(contests):
            size = projects // contests + (turn < projects % contests)
            opens_at = FIRST + days((whole * (turn + 1) // contests).days)
            _one(hands, bodies, before + turn, opens_at, size)
            stand += size
            say(stand)
    for chain in CHAINS:
        seal(chain)
    everything_anew()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # raw: rows by the thousand, and plans made for none


def _one(
    hands: Hands, bodies: list[Body], number: int, opens_at: dt.datetime, projects: int
) -> None:
    """One contest from the call to the last payment, or nothing of it."""
    with transaction.atomic():
        contest = padded_contest.hold(hands, bodies, number, opens_at, projects)
        fund = padded_money.fund_of(contest)
        padded_money.give_money(hands, contest, fund)
        run, why_not = padded_money.share_out(hands, contest, fund)
        notice = padded_contest.publish(hands, contest, why_not)
        lines = padded_money.lines_of(run)
        deals = padded_deals.strike(hands, contest, run, notice, lines)
        padded_money.reserve(hands, contest, [(deal.award, deal.matches) for deal in deals])
        padded_payments.settle(hands, contest, fund, deals)
