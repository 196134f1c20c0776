"""The rules a call goes by: what each number means, where it comes from, what it usually is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from foundation.money import yuan

CONTEST, PROCUREMENT = "contest", "procurement"


class Source(models.TextChoices):
    """What a number rests on."""

    LAW = "law", _("law")
    PRACTICE = "practice", _("published practice")
    OWN = "own", _("our own choice")


UNITS: dict[str, Any] = {
    "days": ngettext_lazy("%(n)d day", "%(n)d days", "n"),
    "working": ngettext_lazy("%(n)d working day", "%(n)d working days", "n"),
    "judges": ngettext_lazy("%(n)d judge", "%(n)d judges", "n"),
    "proposals": ngettext_lazy("%(n)d proposal", "%(n)d proposals", "n"),
    "percent": _("%(n)d %%"),
    "pages": ngettext_lazy("%(n)d page", "%(n)d pages", "n"),
    "fen": "",
}
"""How a number of each unit is said; an amount of money is said as such."""


@dataclass(frozen=True)
class Rule:
    """One number of the rule set. Its `code` is the call's column of the same name.

    `usual` is what it ships with for each kind of call; `may_be_off`: an officer may switch it
    off, and it then asks for nothing. One with `planning` only guides the dates a new call is
    given. `roads` are the kinds of call it is of any use to.
    """

    code: str
    label: Any
    unit: str
    why: Any
    source: Mapping[str, Source]
    usual: Mapping[str, int | None]
    least: int
    most: int
    may_be_off: bool = False
    odd: bool = False
    planning: bool = False
    roads: tuple[str, ...] = (CONTEST, PROCUREMENT)

    def said(self, value: int | None) -> str:
        """The number with its unit, in the language that is active."""
        if value is None:
            return str(_("switched off"))
        return yuan(value) if self.is_money else str(UNITS[self.unit] % {"n": value})

    @property
    def is_money(self) -> bool:
        """Is it an amount, in fen?"""
        return self.unit == "fen"

    def fault_of(self, value: int | None) -> Any:
        """Why the number cannot stand, a sentence; None when it can."""
        if value is None:
            return None if self.may_be_off else _("This rule cannot be switched off.")
        if not self.least <= value <= self.most:
            if self.is_money:
                return _("Give an amount up to %(most)s.") % {"most": yuan(self.most)}
            return _("Give a number from %(least)d to %(most)d.") % {
                "least": self.least,
                "most": self.most,
            }
        return (
            _("Give an odd number, so that there is a majority.")
            if (self.odd and value % 2 == 0)
            else None
        )


_IN_PROCUREMENT = (PROCUREMENT,)


def _both(source: Source) -> dict[str, Source]:
    return {CONTEST: source, PROCUREMENT: source}


def _same(value: int) -> dict[str, int]:
    return {CONTEST: value, PROCUREMENT: value}


_LAW_IN_PROCUREMENT = {CONTEST: Source.PRACTICE, PROCUREMENT: Source.LAW}

RULES: tuple[Rule, ...] = (
    Rule(
        "planned_days",
        _("from opening to closing, as planned"),
        "days",
        _("A month is what organisations say they need for a good proposal."),
        _both(Source.OWN),
        _same(30),
        1,
        365,
        planning=True,
    ),
    Rule(
        "window_days",
        _("from opening to closing at least"),
        "days",
        _("The Tendering and Bidding Law, article 24, asks for twenty days."),
        _both(Source.LAW),
        _same(20),
        1,
        365,
        may_be_off=True,
    ),
    Rule(
        "amend_days",
        _("what a call says changes so long before the closing, or the closing moves"),
        "days",
        _("The Tendering and Bidding Law, article 23, asks for fifteen days."),
        _both(Source.LAW),
        _same(15),
        1,
        180,
        may_be_off=True,
    ),
    Rule(
        "questions_days",
        _("questions end before the closing"),
        "days",
        _("So that an answer still helps whoever is writing."),
        _both(Source.OWN),
        _same(3),
        1,
        60,
        may_be_off=True,
    ),
    Rule(
        "wait_days",
        _("while a question is unanswered, the closing moves on by"),
        "working",
        _("No call closes over an open question; so do the large public tender platforms."),
        _both(Source.PRACTICE),
        _same(1),
        1,
        30,
        may_be_off=True,
    ),
    Rule(
        "least_proposals",
        _("valid proposals a lot needs at least"),
        "proposals",
        _(
            "In procurement fewer than three make a lot void (Tendering and Bidding Law, article "
            "28); in a contest even a single one is judged on its merits."
        ),
        _LAW_IN_PROCUREMENT,
        {CONTEST: 1, PROCUREMENT: 3},
        1,
        20,
        may_be_off=True,
    ),
    Rule(
        "smallest_panel",
        _("judges at least"),
        "judges",
        _("The Tendering and Bidding Law, article 37, asks for five or more, an odd number."),
        _LAW_IN_PROCUREMENT,
        {CONTEST: 3, PROCUREMENT: 5},
        3,
        13,
        may_be_off=True,
    ),
    Rule(
        "panel_size",
        _("judges"),
        "judges",
        _("As many as the call draws; an odd number, so that there is a majority."),
        _both(Source.OWN),
        {CONTEST: 3, PROCUREMENT: 5},
        3,
        13,
        odd=True,
    ),
    Rule(
        "least_price_weight",
        _("the price counts for at least"),
        "percent",
        _(
            "Decree 87 of the Ministry of Finance, article 55, asks for ten percent where services "
            "are bought."
        ),
        _both(Source.LAW),
        {CONTEST: None, PROCUREMENT: 10},
        1,
        100,
        may_be_off=True,
        roads=_IN_PROCUREMENT,
    ),
    Rule(
        "most_price_weight",
        _("the price counts for at most"),
        "percent",
        _(
            "Document 214 (2014) of the Ministry of Finance, article 24, allows thirty percent "
            "where services are bought."
        ),
        _both(Source.LAW),
        {CONTEST: None, PROCUREMENT: 30},
        1,
        100,
        may_be_off=True,
        roads=_IN_PROCUREMENT,
    ),
    Rule(
        "management_cap_percent",
        _("management costs at most"),
        "percent",
        _("Ten percent of the budget is what published calls allow."),
        _both(Source.PRACTICE),
        _same(10),
        0,
        100,
    ),
    Rule(
        "attachment_pages",
        _("pages of one attached PDF at most"),
        "pages",
        _("What nobody can read in the time there is helps nobody; it is the same for all."),
        _both(Source.OWN),
        _same(200),
        1,
        2000,
        may_be_off=True,
    ),
    Rule(
        "cure_days",
        _("time to cure a fault found in screening"),
        "working",
        _("Long enough to bring a paper, short enough not to hold up the others."),
        _both(Source.OWN),
        _same(3),
        1,
        30,
    ),
    Rule(
        "least_notice_days",
        _("notice period at least"),
        "working",
        _("The regulation on the Tendering and Bidding Law, article 54, asks for three."),
        _both(Source.LAW),
        _same(3),
        1,
        30,
        may_be_off=True,
    ),
    Rule(
        "notice_days",
        _("notice period"),
        "working",
        _("Five working days are usual for results of contests."),
        _both(Source.PRACTICE),
        _same(5),
        1,
        60,
    ),
    Rule(
        "answer_days",
        _("time to answer an objection"),
        "days",
        _("Seven days are usual; the first contest gave itself five."),
        _both(Source.PRACTICE),
        _same(7),
        1,
        60,
    ),
    Rule(
        "knowing_days",
        _("time to object after learning of the ground"),
        "working",
        _("The Government Procurement Law, article 52, gives seven working days of knowing."),
        _both(Source.LAW),
        _same(7),
        1,
        30,
    ),
    Rule(
        "complaint_days",
        _("time to complain about an answer"),
        "working",
        _("The Government Procurement Law, article 55, gives fifteen working days."),
        _both(Source.LAW),
        _same(15),
        1,
        60,
    ),
    Rule(
        "decision_days",
        _("time to decide a complaint"),
        "days",
        _("The Government Procurement Law, article 56, allows thirty working days at most."),
        _both(Source.LAW),
        _same(30),
        1,
        60,
    ),
    Rule(
        "reminder_days",
        _("who owes an answer is reminded before it is due"),
        "days",
        _("Late enough to be remembered, early enough to write an answer."),
        _both(Source.OWN),
        _same(2),
        1,
        30,
        may_be_off=True,
    ),
    Rule(
        "sheet_days",
        _("judges with open sheets are reminded every"),
        "days",
        _("A judge who reads on a weekend is reached once; nobody hears it daily."),
        _both(Source.OWN),
        _same(3),
        1,
        30,
        may_be_off=True,
    ),
    Rule(
        "sheet_fee_fen",
        _("honorarium for each final sheet"),
        "fen",
        _("Some half an hour of reading and scoring. Zero pays nothing for it."),
        _both(Source.OWN),
        _same(5_000),
        0,
        1_000_000,
    ),
    Rule(
        "half_day_fee_fen",
        _("honorarium for half a day at the roadshow"),
        "fen",
        _(
            "Document 128 (2017) of the Ministry of Finance on fees of experts: 900 yuan a day, "
            "and sixty percent of it for half a day. Zero pays nothing for it."
        ),
        _both(Source.PRACTICE),
        _same(54_000),
        0,
        1_000_000,
    ),
)

BOOK: dict[str, Rule] = {rule.code: rule for rule in RULES}
OF_A_CALL: tuple[Rule, ...] = tuple(rule for rule in RULES if not rule.planning)


def shipped(kind: str) -> dict[str, int | None]:
    """The rule set of a kind of call as it ships, {code: number}."""
    return {rule.code: rule.usual[kind] for rule in RULES}


def rules_of(kind: str) -> tuple[Rule, ...]:
    """The rules that are of use to a kind of call."""
    return tuple(rule for rule in RULES if kind in rule.roads)


def columns(rules: Mapping[str, int | None]) -> dict[str, int | None]:
    """Of a rule set, what becomes columns of a call."""
    return {rule.code: rules[rule.code] for rule in OF_A_CALL}
