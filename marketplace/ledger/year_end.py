"""What stands between a fund and its year-end, step by step, out of facts alone.

A room above that knows of such a step says it in its `year_end.py` as `steps(fund)`: steps it has
looked up, or questions, which are all answered in one query. It is found by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import clock
from foundation.documents.models import Document
from foundation.face.values import day_text
from foundation.money import yuan
from marketplace.ledger.models import Fund, Journal, Place, Verification, YearEnd

ROOMS_WITH_STEPS = ("payments", "reconciliation", "matching", "auditing")
"""Rooms above, by name: the ledger does not know them."""

DONE, OPEN, ALONG, LAST = "done", "open", "along", "last"
"""Done · to be done before the closing · stays as it is and goes along · done by the closing."""

STANDS: dict[str, tuple[Any, str]] = {
    DONE: (gettext_lazy("done"), "good"),
    OPEN: (gettext_lazy("to be done"), "warn"),
    ALONG: (gettext_lazy("goes along"), "info"),
    LAST: (gettext_lazy("done by the closing"), "quiet"),
}


@dataclass(frozen=True)
class Step:
    """One step of a year-end: how it stands, in a sentence with figures, and where it is done."""

    title: Any
    stand: str
    says: Any
    url: str = ""
    link: Any = ""
    paper: Document | None = None
    press: str = ""

    @property
    def label(self) -> Any:
        """How it stands, in a word."""
        return STANDS[self.stand][0]

    @property
    def tone(self) -> str:
        """How its badge looks."""
        return STANDS[self.stand][1]


@dataclass(frozen=True)
class Question:
    """How many of these rows are there, and how much money is in them? None means done."""

    rows: QuerySet[Any]
    title: Any
    none: Any
    some: Callable[[int, str], Any]
    url: str
    link: Any
    amount: str | None = "amount_fen"
    otherwise: str = OPEN

    def answered(self, count: int, fen: int) -> Step:
        """The step, once it is known."""
        if not count:
            return Step(self.title, DONE, self.none)
        return Step(self.title, self.otherwise, self.some(count, yuan(fen)), self.url, self.link)


def ask(questions: Iterable[Question]) -> list[Step]:
    """The answers in the order of the questions, in one query."""
    questions = list(questions)
    parts = [
        question.rows.order_by()
        .annotate(asked=Value(number))
        .values("asked")
        .annotate(many=Count("pk"), fen=Coalesce(Sum(question.amount or Value(0)), 0))
        .values_list("asked", "many", "fen")
        for number, question in enumerate(questions)
    ]
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    known = {number: (many, fen) for number, many, fen in found}
    return [one.answered(*known.get(number, (0, 0))) for number, one in enumerate(questions)]


def steps_of(fund: Fund) -> list[Step]:
    """Every step of the fund's year-end, in their order, as they stand now."""
    year_end: YearEnd | None = getattr(fund, "year_end", None)
    held = _held(fund)
    return [
        _ended(fund),
        *_of_rooms(fund),
        *_promises(fund, held),
        _books(fund),
        _trial_balance(fund, year_end, held["newest"]),
        *_closing(fund, year_end, held["left"]),
    ]


def open_steps(steps: Iterable[Step]) -> list[Step]:
    """Those without which nothing is closed."""
    return [step for step in steps if step.stand == OPEN]


def _of_rooms(fund: Fund) -> Iterator[Step]:
    """What the rooms above say, their questions answered."""
    found: list[Step | Question] = [
        step
        for room in ROOMS_WITH_STEPS
        for step in import_module(f"marketplace.{room}.year_end").steps(fund)
    ]
    answers = iter(ask(one for one in found if isinstance(one, Question)))
    for one in found:
        yield one if isinstance(one, Step) else next(answers)


_COLUMNS: dict[str, tuple[str, ...]] = {
    "left": (Place.AVAILABLE, Place.BUYER, Place.OWN),
    "reserved": (Place.RESERVED,),
    "bound": (Place.ENCUMBERED,),
    "back": (Place.RECEIVABLE,),
    "short": (Place.SHORTFALL,),
}


def _held(fund: Fund) -> dict[str, int]:
    """Fen by what they wait for, and the newest transfer of the fund (one query)."""
    sums: dict[str, Any] = {
        name: Coalesce(Sum(F("credits") - F("debits"), filter=Q(place__in=places)), 0)
        for name, places in _COLUMNS.items()
    }
    return fund.accounts.aggregate(newest=Coalesce(Max("last_transfer"), 0), **sums)


def _ended(fund: Fund) -> Step:
    day = day_text(fund.ends_on)
    if clock.today() > fund.ends_on:
        return Step(_("The fund has ended"), DONE, _("Its last day was %(day)s.") % {"day": day})
    return Step(
        _("The fund has ended"),
        OPEN,
        _("It runs until %(day)s. What is below can be prepared before.") % {"day": day},
    )


def _promises(fund: Fund, held: dict[str, int]) -> Iterator[Step]:
    """What is promised or owed to us stays in this fund's book, and comes home later."""
    yield _along(
        _("Reserved for awards"),
        held["reserved"],
        _("Nothing is reserved."),
        _("%(fen)s stays reserved. What is released later follows what was left."),
        url=reverse("awards:desk"),
        link=_("To the awards"),
    )
    yield _along(
        _("Bound by agreements"),
        held["bound"],
        _("No agreement holds money of this fund."),
        _("%(fen)s stays bound until it is delivered and paid; the rest follows what was left."),
        url=reverse("agreements:desk"),
        link=_("To the agreements"),
    )
    yield _along(
        _("Owed to us"),
        held["back"] - held["short"],
        _("Nobody has to give anything back."),
        _("%(fen)s has to come back. It stays owed, and follows what was left once it arrives."),
        url=reverse("ledger:accounts", args=[fund.code]) + "?place=receivable",
        link=_("To the accounts"),
    )


def _along(title: Any, fen: int, none: Any, some: Any, *, url: str, link: Any) -> Step:
    if not fen:
        return Step(title, DONE, none)
    return Step(title, ALONG, some % {"fen": yuan(fen)}, url, link)


def _books(fund: Fund) -> Step:
    """Were the books checked today, sound, and has nothing been posted since?"""
    title, url, link = _("The books are checked"), reverse("ledger:desk"), _("Check the books")
    since = Journal.objects.filter(
        created_at__gt=OuterRef("checked_at"), transfers__debit__fund=fund
    )
    last = Verification.objects.annotate(stale=Exists(since)).order_by("-pk").first()
    if last is None or localtime(last.checked_at, clock.SHANGHAI).date() != clock.today():
        return Step(title, OPEN, _("They were not checked today."), url, link)
    if last.faults:
        return Step(title, OPEN, _("They differ: %(fault)s") % {"fault": last.faults[0]}, url, link)
    if last.stale:
        return Step(
            title, OPEN, _("Money of this fund has moved since they were checked."), url, link
        )
    return Step(title, DONE, _("Every sum was recomputed today, and nothing moved since."))


def _trial_balance(fund: Fund, year_end: YearEnd | None, newest: int) -> Step:
    title = _("The trial balance is printed")
    press = reverse("ledger:print_trial_balance", args=[fund.code])
    if year_end is None:
        kept = _("It is kept here as a PDF, with its fingerprint.")
        return Step(title, OPEN, kept, press=press)
    paper = year_end.trial_balance
    if year_end.last_transfer == newest or year_end.closed_at:
        return Step(title, DONE, _("SHA-256 %(sha256)s") % {"sha256": paper.sha256}, paper=paper)
    again = _("Money has moved since it was printed: print it again.")
    return Step(title, OPEN, again, paper=paper, press=press)


def _closing(fund: Fund, year_end: YearEnd | None, left: int) -> Iterator[Step]:
    """What the last press does."""
    title, fen = _("What is left goes on"), {"fen": yuan(left)}
    if fund.lapsed_on and fund.successor:
        said = _("It went to “%(fund)s” on %(day)s.")
        facts = {"fund": fund.successor, "day": day_text(fund.lapsed_on)}
        yield Step(title, DONE, said % facts)
    elif fund.lapsed_on:
        said = _("It went back to the authority on %(day)s.")
        yield Step(title, DONE, said % {"day": day_text(fund.lapsed_on)})
    else:
        said = _("%(fen)s goes to the next fund, pocket by pocket, or back to the authority.")
        yield Step(title, LAST, said % fen)
    title, day = _("The books are closed"), {"day": day_text(fund.ends_on)}
    if year_end and year_end.closed_at:
        url = reverse("ledger:periods", args=[fund.code])
        yield Step(title, DONE, _("Closed up to %(day)s.") % day, url, _("Closed periods"))
        paper = year_end.statement
        said = _("SHA-256 %(sha256)s") % {"sha256": paper.sha256 if paper else ""}
        yield Step(_("The final statement"), DONE, said, paper=paper)
        return
    yield Step(title, LAST, _("Nothing dated up to %(day)s is taken any more.") % day)
    yield Step(_("The final statement"), LAST, _("Kept as a PDF, with its fingerprint."))
