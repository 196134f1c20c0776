"""Matching: buyers' interest and pledges, and the computation that shares the money out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.calls.models import Call
from bidding.proposals.models import Proposal
from foundation.money import yuan
from foundation.organisations.models import Organisation
from foundation.states import Stateful
from marketplace.ledger.models import Fund
from marketplace.matching.states import PLEDGE, RUN


class Interest(models.Model):
    """A buyer wants to talk about a proposal."""

    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="interests")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="interests")
    note = models.CharField(_("note"), max_length=300, blank=True)
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        constraints = [models.UniqueConstraint(fields=["buyer", "proposal"], name="interest_once")]

    def __str__(self) -> str:
        return f"{self.buyer} → {self.proposal_id}"


class Money(models.TextChoices):
    """Which of a buyer's two purses a pledge draws on."""

    ALLOCATED = "allocated", _("allocated budget")
    OWN = "own", _("our own money")


class Pledge(Stateful):
    """A buyer promises money for a proposal."""

    machine = PLEDGE

    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="pledges")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="pledges")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="pledges")
    money = models.CharField(_("which money"), max_length=10, choices=Money.choices)
    amount_fen = models.BigIntegerField(_("amount"))
    promised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    promised_at = models.DateTimeField()
    state = PLEDGE.field()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints = [
            PLEDGE.check(),
            models.UniqueConstraint(
                fields=["buyer", "proposal", "money"],
                condition=Q(state="promised"),
                name="pledge_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="pledge_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.buyer} → {self.proposal_id}: {self.amount_fen}"


class Policy(models.TextChoices):
    """By which rule the money is shared out."""

    RANK = "rank", _("By rank, skipping what does not fit")
    RANK_STOP = "rank-stop", _("By rank, stopping at the first that does not fit")
    PART_FUND = "part-fund", _("By rank, in part where the whole does not fit")
    BEST = "best", _("The greatest value")
    EQUAL_SHARES = "equal-shares", _("Equal shares of the unions")
    BY_HAND = "by-hand", _("Changed by hand")


EXPLAINED: dict[str, Any] = {
    Policy.RANK: _(
        "The best place first: a proposal gets all it asks for, or it is skipped and the next one "
        "is tried. The plainest rule, and the one most people expect."
    ),
    Policy.RANK_STOP: _(
        "The best place first, and nobody overtakes: at the first proposal that cannot get all it "
        "asks for the sharing ends. Money may be left over."
    ),
    Policy.PART_FUND: _(
        "The best place first: where there is not enough for all a proposal asks for it gets what "
        "there is, if that is not less than the least it accepts."
    ),
    Policy.BEST: _(
        "Of all plans within every ceiling and floor, the one whose proposals are together worth "
        "most, proven by a bound. A well-placed but costly proposal may give way to two others."
    ),
    Policy.EQUAL_SHARES: _(
        "Every union that promised money has an equal part of the seed money behind what it chose, "
        "so that no group of unions decides alone. It cannot keep floors: a yardstick of fairness."
    ),
    Policy.BY_HAND: _("A computed plan, changed by an officer with a reason for each change."),
}
"""What each rule means to people."""


class Counted(models.TextChoices):
    """What a funded proposal is worth."""

    SCORE = "score", _("the panel's score")
    PEOPLE = "people", _("the panel's score × people served")


class RunFault(models.TextChoices):
    """Why a computation has no plan."""

    FLOORS = "floors", _("The floors cannot all be reached.")
    MEMORY = "memory", _("The computation needed more memory than it may have.")
    TIME = "time", _("The computation took longer than it may.")
    BROKEN = "broken", _("The computation ended without an answer. Compute it again.")


class AllocationRun(Stateful):
    """One reproducible computation: frozen inputs, a policy, and what came out.

    `result` holds the plan, its worth and bound, the checker's verdict and the versions that made
    it (`solving.outcome`). A plan changed by hand is a run of its own, with every change since the
    computed one it is based on.
    """

    machine = RUN

    call = models.ForeignKey(Call, models.PROTECT, related_name="runs")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="runs")
    policy = models.CharField(_("policy"), max_length=20, choices=Policy.choices)
    counted = models.CharField(
        _("what counts"), max_length=10, choices=Counted.choices, default=Counted.SCORE
    )
    chance = models.PositiveIntegerField(_("seed of chance"), default=1)
    inputs = models.JSONField(encoder=DjangoJSONEncoder)
    result = models.JSONField(encoder=DjangoJSONEncoder, default=dict)
    sha256 = models.CharField("SHA-256", max_length=64)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="changed_runs"
    )
    changes = models.JSONField(_("changes by hand"), default=list)
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    computed_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    share = models.PositiveSmallIntegerField(_("done, in percent"), default=0)
    fault = models.CharField(_("why no plan"), max_length=10, choices=RunFault.choices, blank=True)
    state = RUN.field()

    class Meta:
        verbose_name = _("allocation run")
        verbose_name_plural = _("allocation runs")
        ordering = ["-pk"]
        constraints = [
            RUN.check(),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="confirmed"), name="run_one_confirmed_per_call"
            ),
            models.CheckConstraint(
                condition=Q(state="failed") ^ Q(fault=""), name="run_says_why_it_failed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.number} / {self.policy} / {self.pk}"

    @property
    def explained(self) -> str:
        """What its rule means."""
        return str(EXPLAINED[self.policy])

    @property
    def search(self) -> dict[str, Any]:
        """How the greatest value was searched for, if it was."""
        return self.result.get("search") or {}


class Reason(models.TextChoices):
    """Which limit left a proposal without money."""

    CEILING = "ceiling", _("the ceiling for one proposal")
    LOT = "lot", _("what was left of the lot")
    MONEY = "money", _("the money that could be had")
    LIMIT = "limit", _("what was left of a group's ceiling")
    EXCLUDED = "excluded", _("another proposal that excludes it")
    STOPPED = "stopped", _("the sharing had stopped")
    BUYER = "buyer", _("no union that would buy it")
    FLOOR = "floor", _("the floors of other groups")
    HAND = "hand", _("a decision by hand")


WHY_NOT: dict[str, Any] = {
    Reason.CEILING: _(
        "One proposal of this lot may get at most %(have)s; it accepts no less than %(needed)s."
    ),
    Reason.LOT: _("When its turn came, %(have)s were left in the lot; it needed %(needed)s."),
    Reason.MONEY: _(
        "When its turn came, promises and seed money together made %(have)s; it needed %(needed)s."
    ),
    Reason.LIMIT: _(
        "When its turn came, %(have)s were left of the ceiling of “%(group)s”; it needed "
        "%(needed)s."
    ),
    Reason.EXCLUDED: _("Only one of this proposal and “%(other)s” may be funded."),
    Reason.STOPPED: _(
        "The sharing had stopped at “%(other)s”, the first that did not fit. There were %(have)s "
        "left for this one, which asks for %(needed)s."
    ),
    Reason.BUYER: _(
        "No union promised money for it, and seed money goes only where one did. It needed "
        "%(needed)s."
    ),
    Reason.FLOOR: _("With it, the floors of other groups could not be reached."),
    Reason.HAND: _("It was taken out by hand: %(note)s"),
}

IN_THE_END: dict[str, Any] = {
    Reason.LOT: _("The plan leaves %(have)s of its lot; it accepts no less than %(needed)s."),
    Reason.MONEY: _(
        "The plan leaves %(have)s of promises and seed money it could have; it accepts no less "
        "than %(needed)s."
    ),
    Reason.LIMIT: _(
        "The plan leaves %(have)s of the ceiling of “%(group)s”; it accepts no less than "
        "%(needed)s."
    ),
}
"""The same where nobody has a turn: what is left when the plan stands."""

ALONE: dict[str, Any] = {
    Reason.LOT: _("Its whole lot holds %(have)s; it needs %(needed)s."),
    Reason.MONEY: _(
        "All that was promised for it and all seed money together are %(have)s; it needs "
        "%(needed)s. Nobody is willing and able to pay the rest."
    ),
    Reason.LIMIT: _("The ceiling of “%(group)s” is %(have)s; it needs %(needed)s."),
}
"""The same where it would be the only proposal."""


class Match(models.Model):
    """One proposal–pocket–money line of a run; a refused proposal has a line without money."""

    run = models.ForeignKey(AllocationRun, models.CASCADE, related_name="matches")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="matches")
    buyer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="matches"
    )
    pledge = models.ForeignKey(
        Pledge, models.PROTECT, null=True, blank=True, related_name="matches"
    )
    pocket = models.CharField(_("pocket"), max_length=120, blank=True)
    amount_fen = models.BigIntegerField(_("amount"), default=0)
    reason = models.CharField(_("why not"), max_length=10, choices=Reason.choices, blank=True)
    group_name = models.CharField(_("group"), max_length=200, blank=True)
    other = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="stood_in_the_way"
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    in_the_end = models.BooleanField(_("seen when the plan stands"), default=False)
    have_fen = models.BigIntegerField(_("could be had"), default=0)
    needed_fen = models.BigIntegerField(_("at least needed"), default=0)

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen=0, pocket="") | (Q(amount_fen__gt=0) & ~Q(pocket="")),
                name="match_money_has_pocket",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0) | ~Q(reason=""), name="match_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.amount_fen}"

    @property
    def why_not(self) -> str:
        """The refusal as a sentence with its numbers, for the people who lost."""
        if not self.reason:
            return ""
        return self.said(WHY_NOT | IN_THE_END if self.in_the_end else WHY_NOT)

    def said(self, sentences: Mapping[str, Any]) -> str:
        """The refusal in these words."""
        return str(sentences[self.reason]) % {
            "have": yuan(self.have_fen),
            "needed": yuan(self.needed_fen),
            "group": self.group_name,
            "other": self.other or "",
            "note": self.note,
        }
