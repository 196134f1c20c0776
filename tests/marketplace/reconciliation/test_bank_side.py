"""The bank's statements against our rows: what one side has and the other has not."""

from __future__ import annotations

import pytest

from foundation import clock
from marketplace.payments.batches import confirm_payout, fail_payout, return_payout
from marketplace.payments.deposit_models import Deposit
from marketplace.payments.models import Payout
from marketplace.payments.operations import record_deposit
from marketplace.payments.payment_lines import match_refund, match_return
from marketplace.payments.refunds import confirm_refund, refund_deposit
from marketplace.payments.statement_models import StatementLine
from marketplace.payments.statements import set_aside_line
from marketplace.reconciliation import operations
from marketplace.reconciliation.bank_side import compare_bank, last_settled
from marketplace.reconciliation.models import Difference
from marketplace.reconciliation.results import said_sides
from tests.factories.comparing import at, compare, read_in, standing
from tests.factories.incoming import make_payer
from tests.factories.ledger import fund_manager, make_fund
from tests.factories.payments import OUR_ACCOUNT, make_sent_batch
from tests.scenes import scene

pytestmark = pytest.mark.django_db

LONG_BEFORE, BEFORE, LATER = at("2026-11-02"), at("2026-11-18"), at("2026-11-30")


@scene
def paid():
    """A payment the manager says the bank made on 18 November."""
    with clock.at(BEFORE):
        batch = make_sent_batch()
        payout = confirm_payout(batch.payouts.get(), actor=fund_manager())
    return payout


def _two_sides():
    return next(side for side in said_sides(compare()) if side["side"] == "bank")["balance"]


def _deposit(fen, day, reference="X-1"):
    buyer, _keeper = make_payer()
    with clock.at(at(day)):
        return record_deposit(
            make_fund(), buyer=buyer, amount_fen=fen, bank_reference=reference,
            received_on=clock.today(), actor=fund_manager(),
        )  # fmt: skip


def test_working_days_are_waited_for():
    assert last_settled(at("2026-11-20").date()).isoformat() == "2026-11-16"
    assert last_settled(at("2026-11-23").date()).isoformat() == "2026-11-17"


def test_without_a_statement_only_that_is_said(paid):
    with clock.at(BEFORE):
        assert compare_bank().found == []
    with clock.at(LATER):
        run = compare()
        assert standing() == [("statement_late", "open")]
        assert (run.state, run.fresh, run.left) == ("differing", 1, 1)
        read_in(("2026-11-30", -50_000, f"支付{paid.reference}", "A1"))
        run = compare()
    assert (run.state, run.gone, run.left) == ("agreed", 1, 0)
    assert standing() == [("statement_late", "gone")]


def test_a_payment_no_statement_shows_is_a_difference_until_one_does(paid):
    entries = [("2026-11-16", 900, "利息", "A1"), ("2026-11-27", 100, "利息", "A2")]
    with clock.at(BEFORE):
        read_in(entries[0], opening_fen=70_000)
        assert compare_bank().found == []
    with clock.at(LATER):
        read_in(entries[1], opening_fen=70_900)
        for line in StatementLine.objects.all():
            set_aside_line(line, reason="利息", actor=fund_manager())
        two = _two_sides()
        assert standing() == [("unseen_payout", "open")]
        assert (two["bank"], two["bank_then"], two["ours_then"]) == (71_000, 21_000, 21_000)
        again = compare()
        assert (again.fresh, again.left) == (0, 1)
        read_in(("2026-11-27", -50_000, paid.reference, "A3"), opening_fen=71_000)
        assert compare().state == "agreed"
    [difference] = Difference.objects.all()
    assert (difference.state, difference.closed_by) == ("gone", "match_payout A3")


def test_what_cannot_be_compared_is_no_difference(paid):
    """Paid before the first statement begins, or after the last one ends."""
    with clock.at(LATER):
        read_in(("2026-11-27", 5, "利息", "A1"))
        with clock.at(at("2026-11-28")):
            confirm_payout(make_sent_batch().payouts.get(), actor=fund_manager())
        assert [found.kind for found in compare_bank().found] == []


def test_deposits_and_refunds_by_hand_want_their_lines(paid):
    manager = fund_manager()
    deposit = _deposit(30_000, "2026-11-18")
    with clock.at(BEFORE):
        refund = refund_deposit(deposit, amount_fen=10_000, reason="多缴", actor=manager)
    with clock.at(LATER):
        read_in(
            ("2026-11-17", 5, "利息", "A1"),
            ("2026-11-18", -50_000, paid.reference, "A2"),
            ("2026-11-30", 5, "利息", "A3"),
        )
        for line in StatementLine.objects.filter(state="waiting"):
            set_aside_line(line, reason="利息", actor=manager)
        compare()
        assert standing() == [("unseen_deposit", "open"), ("unsent_refund", "open")]
    with clock.at(at("2026-11-23")):
        confirm_refund(refund, number="B7", actor=manager)
    with clock.at(LATER):
        compare()
        assert standing()[1:] == [("unsent_refund", "gone"), ("unseen_refund", "open")]
    with clock.at(at("2026-12-01")):
        read_in(
            ("2026-12-01", 30_000, "缴款", "X-1"), ("2026-12-01", -10_000, "退款", "B7"),
            opening_fen=-49_990,
        )  # fmt: skip
        assert compare().state == "agreed"
        two = _two_sides()
    assert two["gap"] == 0
    assert (two["ours_in"], two["ours_out"], two["bank_in"]) == (0, 0, 10)
    assert set(Difference.objects.values_list("closed_by", flat=True)) == {
        "match_line X-1", f"confirm_refund {refund}", "match_refund B7",
    }  # fmt: skip


def test_a_refund_is_confirmed_by_its_line():
    manager, deposit = fund_manager(), _deposit(30_000, "2026-11-18")
    with clock.at(BEFORE):
        refund = refund_deposit(deposit, amount_fen=10_000, reason="多缴", actor=manager)
    read_in(("2026-11-19", -10_000, "退款", "A1"))
    line = StatementLine.objects.get()
    assert line.state == "waiting"
    match_refund(line, refund=refund, actor=manager)
    refund.refresh_from_db()
    assert (refund.state, refund.number) == ("arrived", "A1")


def test_a_payment_that_comes_back_is_owed_again_and_told_by_its_line(paid):
    manager = fund_manager()
    with clock.at(LATER):
        read_in(
            ("2026-11-18", -50_000, paid.reference, "A1"),
            ("2026-11-24", 50_000, f"退汇 {paid.reference}", "A2"),
            opening_fen=80_000,
        )
        two = _two_sides()
        assert standing() == [("unmatched_line", "open")]
        assert (two["ours"], two["bank"]) == (30_000, 80_000)
        match_return(StatementLine.objects.get(serial="A2"), payout=paid, actor=manager)
        two = _two_sides()
    paid.refresh_from_db()
    assert (paid.result, paid.payable.state) == ("returned", "invoiced")
    assert (two["ours"], two["gap"]) == (80_000, 0)
    assert standing() == [("unmatched_line", "gone")]
    assert Difference.objects.get().closed_by == "match_return A2"


def test_a_return_entered_by_hand_wants_its_line_too(paid):
    with clock.at(BEFORE):
        read_in(("2026-11-18", -50_000, paid.reference, "A1"))
        return_payout(paid, note="户名不符", actor=fund_manager())
    with clock.at(LATER):
        read_in(("2026-11-30", 5, "利息", "A2"), opening_fen=-50_000)
        compare()
    assert standing() == [("unseen_return", "open")]


def test_what_the_bank_paid_though_we_say_it_failed_is_said_at_once():
    with clock.at(BEFORE):
        payout = make_sent_batch().payouts.get()
        fail_payout(payout, note="户名不符", actor=fund_manager())
        read_in(("2026-11-18", -50_000, payout.reference, "A1"))
        compare()
    assert standing() == [("paid_though_failed", "open")]
    assert Payout.objects.get().result == "failed"


def test_a_row_that_was_changed_or_left_out_is_found():
    with clock.at(BEFORE):
        read_in(("2026-11-16", 5, "利息", "A1"), ("2026-11-17", 6, "利息", "A2"), shift=[0, 1])
        compare()
        assert standing() == [("broken_statement", "open")]
        read_in(
            ("2026-11-16", 5, "利息", "A1"), ("2026-11-17", 1, "补", "A9"),
            ("2026-11-17", 6, "利息", "A2"), newest_first=True,
        )  # fmt: skip
        compare()
        assert standing() == [("broken_statement", "gone")]
        read_in(("2026-11-18", 7, "利息", "A4"), opening_fen=20)
        compare()
    assert standing()[1:] == [("balance_differs", "open")]
    gap = Difference.objects.get(kind="balance_differs")
    assert (gap.ours_fen, gap.theirs_fen, gap.gap_fen) == (19, 27, 8)


def test_several_accounts_of_ours_are_each_held_against_their_own_balances():
    _deposit(5, "2026-11-16", "A1")
    with clock.at(BEFORE):
        one = read_in(("2026-11-16", 5, "利息", "A1"), ("2026-11-18", 1, "利息", "A2"))
        two = read_in(
            ("2026-11-16", 7, "利息", "B1"), ("2026-11-17", -2, "手续费", "B2"),
            opening_fen=1000, own="2002",
        )  # fmt: skip
        assert (one.own_account, two.own_account) == (OUR_ACCOUNT, "2002")
        sides = _two_sides()
        assert (sides["bank"], sides["start"], sides["gap"]) == (6 + 1005, 1000, 0)
        assert standing() == []
        read_in(("2026-11-18", 3, "利息", "B4"), opening_fen=1006, own="2002")
        compare()
    assert standing() == [("balance_differs", "open")]
    gap = Difference.objects.get()
    assert (gap.key, gap.gap_fen) == ("bank:balance:2002", 1)


def test_an_account_without_balances_or_without_a_name_counts_by_its_lines(monkeypatch):
    """Two accounts of ours, one more whose bank states no balances, and a file that names none."""
    _deposit(5, "2026-11-16", "A1")
    with clock.at(BEFORE):
        read_in(("2026-11-16", 5, "利息", "A1"), ("2026-11-18", 1, "利息", "A2"))
        read_in(("2026-11-17", 7, "利息", "B1"), opening_fen=1000, own="2002")
        read_in(("2026-11-17", 4, "利息", "C1"), ("2026-11-17", -1, "手续费", "C2"), own="")
        with monkeypatch.context() as patch:
            patch.setattr("marketplace.payments.statement_file._balance", lambda text: None)
            read_in(("2026-11-17", 20, "利息", "D1"), own="3003")
        sides = _two_sides()
    assert (sides["bank"], sides["start"], sides["gap"]) == (6 + 1007 + 3 + 20, 1000, 0)
    assert standing() == []


def test_a_broken_statement_is_not_mended_by_another_accounts():
    with clock.at(BEFORE):
        read_in(("2026-11-16", 5, "利息", "A1"), ("2026-11-17", 6, "利息", "A2"), shift=[0, 1])
        read_in(("2026-11-16", 1, "利息", "B1"), ("2026-11-17", 2, "利息", "B2"), own="2002")
        compare()
    assert standing() == [("broken_statement", "open")]


def test_statements_without_balances_are_compared_by_their_lines(monkeypatch, paid):
    monkeypatch.setattr("marketplace.payments.statement_file._balance", lambda text: None)
    with clock.at(LATER):
        read_in(("2026-11-18", -50_000, paid.reference, "A1"), ("2026-11-30", 5, "x", "A2"))
        bank = compare_bank()
    assert (bank.note, bank.balance, bank.found) == ("no_balance", {}, [])


def test_the_night_asks_once_and_says_what_the_book_says(paid):
    with clock.at(LATER):
        assert operations.reconcile_nightly() == 1
        assert operations.reconcile_nightly() == 0
    Deposit.objects.all().delete()
    paid.payable.amount_fen = 1
    paid.payable.save(update_fields=["amount_fen"])
    Payout.objects.filter(pk=paid.pk).update(amount_fen=1)
    with clock.at(LATER):
        compare()
    book = Difference.objects.get(side="book")
    assert (book.kind, book.ours_fen, book.theirs_fen) == ("book_differs", 1, 50_000)
