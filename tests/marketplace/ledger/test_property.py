"""The book against a plain-Python model: whatever is tried, both say the same."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from foundation import clock
from foundation.errors import Clash, DomainError
from foundation.money import pro_rata
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.book import Line, Overdrawn, post, undo
from marketplace.ledger.models import Account, Period, Transfer, Verification
from marketplace.ledger.operations import carry_over_fund, lapse_fund
from marketplace.ledger.returns import (
    charge_back_lines,
    claim_lines,
    deposit_lines,
    homeward,
    recover_lines,
    refund_lines,
    waive_lines,
)
from marketplace.ledger.verification import own_faults
from tests.factories.ledger import fund_manager, make_fund
from tests.factories.organisations import make_organisation, make_union

AMOUNTS = st.one_of(st.integers(1, 40), st.integers(1, 2**53))


CLOSABLE = [dt.date(2026, month, 28) for month in (1, 2, 3, 4)]


class Book(RuleBasedStateMachine):
    """Every kind of event, in any order, with amounts that fit and that do not.

    One fund that ends (lapses, or is carried over to the next) while its promises live on.
    """

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.manager = fund_manager()
        fund = self.fund = make_fund(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 6, 30))
        self.next = make_fund()
        self.union, self.provider = make_union(), make_organisation("social")
        self.available = accounts.fund_available(fund)
        self.buyer = accounts.buyer_available(fund, self.union)
        self.own = accounts.buyer_own(fund, self.union)
        self.short = accounts.deposit_shortfall(fund, self.union)
        self.clearing = accounts.deposit_clearing(fund)
        self.pockets = [self.available, self.buyer, self.own]
        self.reserved = [accounts.award_reserved(fund, 1, p) for p in self.pockets]
        self.bound = [accounts.agreement_encumbered(fund, 1, p) for p in self.pockets]
        self.claimed = [accounts.receivable(fund, self.provider, 1, p) for p in self.pockets]
        self.payable, self.paid = accounts.payable(fund, self.provider), accounts.paid(fund)
        self.model: dict[str, int] = {}
        self.spent = [0, 0, 0]
        self.posted: list[tuple] = []
        self.undone: set[str] = set()
        self.lapsed: str = ""
        self.closed_until = dt.date.min
        self.serial = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def _after(self, steps: list[tuple[str, str, int]]) -> dict[str, int]:
        wanted = dict(self.model)
        for debit, credit, fen in steps:
            wanted[debit] = wanted.get(debit, 0) - fen
            wanted[credit] = wanted.get(credit, 0) + fen
        return wanted

    def _fits(self, steps: list[tuple[str, str, int]], day: dt.date | None = None) -> bool:
        """Would the model take it: nothing below zero, no lapsed pocket, no closed day?"""
        touched = {code for debit, credit, _fen in steps for code in (debit, credit)}
        shut = {"": 0, "lapse": 2, "carry_over": 3}[self.lapsed]
        if touched & set(self.pockets[:shut]) or (day and day <= self.closed_until):
            return False
        wanted = self._after(steps)
        above = wanted.get(self.short, 0) > 0
        return not above and all(
            v >= 0 for code, v in wanted.items() if accounts.read(code).no_overdraft
        )

    def _post(
        self, kind: str, steps: list[tuple[str, str, int]], day: dt.date | None = None
    ) -> bool:
        self.serial += 1
        facts = {
            "key": f"event:{self.serial}",
            "kind": kind,
            "lines": [Line(*step) for step in steps],
            "reference": "test",
            "actor": SYSTEM,
            "fund": self.fund,
            "effective_on": day,
        }
        if not self._fits(steps, day):
            with pytest.raises(DomainError), transaction.atomic():
                post(**facts)
            return False
        with transaction.atomic():
            self.posted.append((post(**facts), facts, steps))
        self.model = self._after(steps)
        return True

    def _post_lines(self, kind: str, lines: list[Line], meant: list[tuple[str, str, int]]) -> None:
        """What the book says is to be posted is what the model means, and is taken."""
        steps = [(line.debit, line.credit, line.amount_fen) for line in lines]
        assert sorted(steps) == sorted(meant)
        assert self._post(kind, steps)

    def _home(self, parts: list[tuple[str, int, int]]) -> list[tuple[str, str, int]]:
        """The model's own idea of where (from, which pocket, fen) ends up."""
        steps = []
        for origin, which, fen in parts:
            pocket = self.pockets[which]
            if self.lapsed == "carry_over":
                there = accounts.same_pocket(self.next, pocket)
                steps.append((origin, accounts.carried(self.fund, self.next), fen))
                steps.append((accounts.carried(self.next, self.fund), there, fen))
            elif self.lapsed == "lapse" and which < 2:
                steps.append((origin, accounts.authority(self.fund), fen))
            else:
                steps.append((origin, pocket, fen))
        return steps

    def _return(self, kind: str, origins: list[str], parts: dict[int, int]) -> None:
        lines = [Line(origins[i], self.pockets[i], fen) for i, fen in parts.items()]
        home = homeward(self.fund, lines)
        steps = [(line.debit, line.credit, line.amount_fen) for line in home]
        assert sorted(steps) == sorted(self._home([(origins[i], i, f) for i, f in parts.items()]))
        self._post(kind, steps)

    @rule(fen=AMOUNTS)
    def appropriate(self, fen: int) -> None:
        self._post("appropriate", [(accounts.authority(self.fund), self.available, fen)])

    @rule(fen=AMOUNTS)
    def allocate(self, fen: int) -> None:
        self._post("allocate", [(self.available, self.buyer, fen)])

    @rule(fen=AMOUNTS)
    def unallocate(self, fen: int) -> None:
        self._post("unallocate", [(self.buyer, self.available, fen)])

    @rule(fen=st.integers(1, 90))
    def receive(self, fen: int) -> None:
        owed = min(fen, -self.model.get(self.short, 0))
        meant = [(self.clearing, self.short, owed)] if owed else []
        if fen > owed:
            meant += self._home([(self.clearing, 2, fen - owed)])
        self._post_lines("receive", deposit_lines(self.fund, self.union, fen), meant)

    def _free_own(self) -> int:
        carried = self.lapsed == "carry_over"
        own = accounts.same_pocket(self.next, self.own) if carried else self.own
        return self.model.get(own, 0)

    def _out_of_own(self, fen: int) -> list[tuple[str, str, int]]:
        if not fen:
            return []
        if self.lapsed != "carry_over":
            return [(self.own, self.clearing, fen)]
        there = accounts.same_pocket(self.next, self.own)
        return [
            (there, accounts.carried(self.next, self.fund), fen),
            (accounts.carried(self.fund, self.next), self.clearing, fen),
        ]

    @rule(fen=st.integers(1, 90))
    def refund(self, fen: int) -> None:
        if fen > self._free_own():
            with pytest.raises(Overdrawn):
                refund_lines(self.fund, self.union, fen)
            return
        lines = refund_lines(self.fund, self.union, fen)
        self._post_lines("refund", lines, self._out_of_own(fen))

    @rule(fen=st.integers(1, 90))
    def charge_back(self, fen: int) -> None:
        there = min(fen, self._free_own())
        meant = self._out_of_own(there)
        if fen > there:
            meant.append((self.short, self.clearing, fen - there))
        self._post_lines("charge_back", charge_back_lines(self.fund, self.union, fen), meant)

    def _owed_back(self) -> list[int]:
        return [self.model.get(code, 0) for code in self.claimed]

    @rule(share=st.fractions(0, 1))
    def claim(self, share) -> None:
        most = max(min(sum(self.spent), self.model.get(self.paid, 0)), 0)
        with pytest.raises(Overdrawn):
            claim_lines(self.fund, self.provider, 1, most + 1)
        amount = int(most * share)
        if not 0 < amount <= 2**53:
            return
        parts = claim_lines(self.fund, self.provider, 1, amount)
        steps = [(line.debit, line.credit, line.amount_fen) for line in parts]
        assert sum(fen for _out, _into, fen in steps) == amount
        if self._post("claim", steps):
            for _out, into, fen in steps:
                self.spent[self.claimed.index(into)] -= fen

    @rule(share=st.fractions(0, 1), waived=st.booleans())
    def recover_or_waive(self, share, waived: bool) -> None:
        rooms = self._owed_back()
        amount = int(sum(rooms) * share)
        if not amount:
            return
        back = waive_lines if waived else recover_lines
        lines = back(self.fund, self.provider, 1, amount)
        given = {line.debit: line.amount_fen for line in lines if line.debit in self.claimed}
        assert sum(given.values()) == amount
        parts = [(code, self.claimed.index(code), fen) for code, fen in given.items()]
        if waived:
            self._post_lines("waive", lines, [(c, self.paid, f) for c, _i, f in parts])
            for _code, which, fen in parts:
                self.spent[which] += fen
        else:
            self._post_lines("recover", lines, self._home(parts))

    @precondition(lambda self: not self.lapsed)
    @rule(carried=st.booleans(), now=st.sampled_from([False, False, True]))
    def end(self, carried: bool, now: bool) -> None:
        """The fund ends, now and then; what its pockets hold goes to where the model says."""
        if not now:
            return
        facts = {"reason": "年终", "actor": self.manager}
        held = [(code, i, self.model.get(code, 0)) for i, code in enumerate(self.pockets)]
        self.lapsed = "carry_over" if carried else "lapse"
        kept = [part for part in held if part[2] and (carried or part[1] < 2)]
        self.model = self._after(self._home(kept))
        with transaction.atomic():
            if carried:
                carry_over_fund(self.fund, successor=self.next, **facts)
            else:
                lapse_fund(self.fund, **facts)

    @rule(day=st.sampled_from(CLOSABLE))
    def close(self, day: dt.date) -> None:
        """Periods close forwards only."""
        newest = Transfer.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        facts = {
            "fund": self.fund,
            "ends_on": day,
            "closed_by": self.manager,
            "closed_at": clock.now(),
            "last_transfer": newest,
            "verification": Verification.objects.create(
                checked_at=clock.now(), transfers=0, accounts=0
            ),
        }
        if day <= self.closed_until:
            with pytest.raises(IntegrityError), transaction.atomic():
                Period.objects.create(**facts)
            return
        Period.objects.create(**facts)
        self.closed_until = day

    @rule(fen=AMOUNTS, day=st.sampled_from(CLOSABLE), later=st.integers(0, 1))
    def appropriate_backdated(self, fen: int, day: dt.date, later: int) -> None:
        step = (accounts.authority(self.fund), self.available, fen)
        self._post("appropriate", [step], day + dt.timedelta(days=later))

    @rule(parts=st.dictionaries(st.integers(0, 2), AMOUNTS, min_size=1))
    def reserve(self, parts: dict[int, int]) -> None:
        self._post("reserve", [(self.pockets[i], self.reserved[i], f) for i, f in parts.items()])

    @rule(parts=st.dictionaries(st.integers(0, 2), AMOUNTS, min_size=1))
    def release(self, parts: dict[int, int]) -> None:
        self._return("release", self.reserved, parts)

    @rule(parts=st.dictionaries(st.integers(0, 2), AMOUNTS, min_size=1))
    def encumber(self, parts: dict[int, int]) -> None:
        self._post("encumber", [(self.reserved[i], self.bound[i], f) for i, f in parts.items()])

    @rule(parts=st.dictionaries(st.integers(0, 2), AMOUNTS, min_size=1))
    def unencumber(self, parts: dict[int, int]) -> None:
        self._return("unencumber", self.bound, parts)

    @rule(share=st.fractions(0, 1))
    def expend_pro_rata(self, share) -> None:
        rooms = [self.model.get(code, 0) for code in self.bound]
        amount = int(sum(rooms) * share)
        draws = pro_rata(amount, rooms)
        assert sum(draws) == amount
        assert all(0 <= draw <= room for draw, room in zip(draws, rooms, strict=True))
        steps = [(c, self.payable, f) for c, f in zip(self.bound, draws, strict=True) if f]
        if steps and max(f for _c, _p, f in steps) <= 2**53:
            assert self._post("expend", steps)
            for place, fen in enumerate(draws):
                self.spent[place] += fen

    @rule(fen=AMOUNTS)
    def pay(self, fen: int) -> None:
        self._post("pay", [(self.payable, self.paid, fen)])

    @rule(which=st.integers(0, 10**6))
    def replay(self, which: int) -> None:
        """The same key again: the same answer when it is the same, a refusal when it is not."""
        if self.posted:
            journal, facts, _steps = self.posted[which % len(self.posted)]
            assert post(**facts).pk == journal.pk
            with pytest.raises(Clash), transaction.atomic():
                post(**{**facts, "memo": "something else"})

    @rule(which=st.integers(0, 10**6))
    def reverse(self, which: int) -> None:
        if not self.posted:
            return
        journal, _facts, steps = self.posted[which % len(self.posted)]
        back = [(credit, debit, fen) for debit, credit, fen in steps]
        self.serial += 1
        key = f"undo:{self.serial}"
        if journal.key in self.undone or not self._fits(back):
            with pytest.raises(DomainError), transaction.atomic():
                undo(journal, key=key, actor=SYSTEM)
            return
        with transaction.atomic():
            undo(journal, key=key, actor=SYSTEM)
        self.undone.add(journal.key)
        self.model = self._after(back)
        sign = {"expend": -1, "waive": -1, "claim": 1}.get(journal.kind, 0)
        for debit, credit, fen in steps:
            for place, codes in enumerate(zip(self.bound, self.claimed, strict=True)):
                if debit in codes or credit in codes:
                    self.spent[place] += sign * fen

    @invariant()
    def same(self) -> None:
        held = {a.code: a.balance_fen for a in Account.objects.all()}
        assert {c: v for c, v in held.items() if v} == {c: v for c, v in self.model.items() if v}
        assert sum(held.values()) == 0


class TestBook(TestCase):
    """Run within Django's transaction; the books are whole at the end of every story."""

    def test_the_book_and_the_model_agree(self) -> None:
        run_state_machine_as_test(
            Book,
            settings=settings(
                max_examples=15,
                stateful_step_count=30,
                deadline=None,
                phases=[Phase.generate],  # a story is read as it is; shrinking takes minutes
                suppress_health_check=list(HealthCheck),
            ),
        )
        assert own_faults() == []
