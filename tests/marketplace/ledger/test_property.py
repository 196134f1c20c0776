"""The book against a plain-Python model: whatever is tried, both say the same."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from foundation.errors import Clash
from foundation.money import pro_rata
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.book import Line, Overdrawn, post, undo
from marketplace.ledger.models import Account
from marketplace.ledger.verification import verify_books
from tests.factories.ledger import make_fund
from tests.factories.organisations import make_organisation, make_union

AMOUNTS = st.one_of(st.integers(1, 40), st.integers(1, 2**53))


class Book(RuleBasedStateMachine):
    """Every kind of event, in any order, with amounts that fit and that do not."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        fund = self.fund = make_fund()
        buyer, provider = make_union(), make_organisation("social")
        self.available = accounts.fund_available(fund)
        self.buyer = accounts.buyer_available(fund, buyer)
        self.own = accounts.buyer_own(fund, buyer)
        self.pockets = [self.available, self.buyer, self.own]
        self.reserved = [accounts.award_reserved(fund, 1, p) for p in self.pockets]
        self.bound = [accounts.agreement_encumbered(fund, 1, p) for p in self.pockets]
        self.payable, self.paid = accounts.payable(fund, provider), accounts.paid(fund)
        self.model: dict[str, int] = {}
        self.posted: list[tuple] = []
        self.undone: set[str] = set()
        self.serial = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def _post(self, kind: str, steps: list[tuple[str, str, int]]) -> None:
        self.serial += 1
        facts = {
            "key": f"event:{self.serial}",
            "kind": kind,
            "lines": [Line(*step) for step in steps],
            "reference": "test",
            "actor": SYSTEM,
            "fund": self.fund,
        }
        wanted = dict(self.model)
        for debit, credit, fen in steps:
            wanted[debit] = wanted.get(debit, 0) - fen
            wanted[credit] = wanted.get(credit, 0) + fen
        fits = all(v >= 0 for code, v in wanted.items() if accounts.read(code).no_overdraft)
        if fits:
            with transaction.atomic():
                self.posted.append((post(**facts), facts, steps))
            self.model = wanted
        else:
            with pytest.raises(Overdrawn), transaction.atomic():
                post(**facts)

    @rule(fen=AMOUNTS)
    def appropriate(self, fen: int) -> None:
        self._post("appropriate", [(accounts.authority(self.fund), self.available, fen)])

    @rule(fen=AMOUNTS)
    def allocate(self, fen: int) -> None:
        self._post("allocate", [(self.available, self.buyer, fen)])

    @rule(fen=AMOUNTS)
    def unallocate(self, fen: int) -> None:
        self._post("unallocate", [(self.buyer, self.available, fen)])

    @rule(fen=AMOUNTS)
    def receive(self, fen: int) -> None:
        self._post("receive", [(accounts.deposit_clearing(self.fund), self.own, fen)])

    @rule(parts=st.dictionaries(st.integers(0, 2), AMOUNTS, min_size=1))
    def reserve(self, parts: dict[int, int]) -> None:
        self._post("reserve", [(self.pockets[i], self.reserved[i], f) for i, f in parts.items()])

    @rule(parts=st.dictionaries(st.integers(0, 2), AMOUNTS, min_size=1))
    def release(self, parts: dict[int, int]) -> None:
        self._post("release", [(self.reserved[i], self.pockets[i], f) for i, f in parts.items()])

    @rule(parts=st.dictionaries(st.integers(0, 2), AMOUNTS, min_size=1))
    def encumber(self, parts: dict[int, int]) -> None:
        self._post("encumber", [(self.reserved[i], self.bound[i], f) for i, f in parts.items()])

    @rule(parts=st.dictionaries(st.integers(0, 2), AMOUNTS, min_size=1))
    def unencumber(self, parts: dict[int, int]) -> None:
        self._post("unencumber", [(self.bound[i], self.pockets[i], f) for i, f in parts.items()])

    @rule(share=st.fractions(0, 1))
    def expend_pro_rata(self, share) -> None:
        rooms = [self.model.get(code, 0) for code in self.bound]
        amount = int(sum(rooms) * share)
        draws = pro_rata(amount, rooms)
        assert sum(draws) == amount
        assert all(0 <= draw <= room for draw, room in zip(draws, rooms, strict=True))
        steps = [(c, self.payable, f) for c, f in zip(self.bound, draws, strict=True) if f]
        if steps and max(f for _c, _p, f in steps) <= 2**53:
            self._post("expend", steps)

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
        wanted = dict(self.model)
        for debit, credit, fen in steps:
            wanted[debit] = wanted.get(debit, 0) + fen
            wanted[credit] = wanted.get(credit, 0) - fen
        fits = all(v >= 0 for code, v in wanted.items() if accounts.read(code).no_overdraft)
        self.serial += 1
        key = f"undo:{self.serial}"
        if journal.key in self.undone or not fits:
            with pytest.raises((Clash, Overdrawn)), transaction.atomic():
                undo(journal, key=key, actor=SYSTEM)
            return
        with transaction.atomic():
            undo(journal, key=key, actor=SYSTEM)
        self.undone.add(journal.key)
        self.model = wanted

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
                max_examples=12,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        assert verify_books() == []
