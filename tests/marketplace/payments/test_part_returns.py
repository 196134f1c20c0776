"""A part of a payment that comes back, by the bank or at Stripe, and the accounts we pay from."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import clock
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.people.models import Role
from marketplace.ledger import accounts
from marketplace.ledger.models import Journal
from marketplace.ledger.queries import balance
from marketplace.ledger.verification import verify_books
from marketplace.payments import book_checks, queries
from marketplace.payments.advice import facts_of
from marketplace.payments.batches import (
    approve_batch,
    confirm_payout,
    make_batch,
    return_payout,
    send_batch,
)
from marketplace.payments.models import Batch, Payable, Payout
from marketplace.payments.operations import state_bank_account
from marketplace.payments.own_accounts import add_bank_account, close_bank_account, is_account
from marketplace.payments.part_returns import come_back, return_part
from marketplace.payments.payment_lines import match_part
from marketplace.payments.statement_models import StatementLine
from tests.factories.comparing import at, compare, read_in, standing
from tests.factories.ledger import fund_manager, image, make_fund
from tests.factories.organisations import make_person
from tests.factories.payments import (
    OUR_ACCOUNT,
    invoice_for,
    make_paid_organisation,
    make_payable,
    make_sent_batch,
    state_our_account,
)
from tests.marketplace.money_pages import as_person
from tests.marketplace.reconciliation.conftest import _within_the_tests_transaction
from tests.scenes import scene

__all__ = ["_within_the_tests_transaction"]

pytestmark = pytest.mark.django_db

PAID_AT, LATER = at("2026-11-18"), at("2026-11-30")


@scene
def paid():
    """A payment of 500.00 the bank made on 18 November."""
    with clock.at(PAID_AT):
        return confirm_payout(make_sent_batch().payouts.get(), actor=fund_manager())


def _refused(refusal, call, /, *args, **facts):
    def state():
        return image(), [list(m.objects.order_by("pk").values()) for m in (Payable, Payout)]

    before = state()
    with pytest.raises(refusal) as raised, transaction.atomic():
        call(*args, **facts)
    assert state() == before
    return raised.value


def _books(fund, organisation):
    """(owed, paid) in the book, which agrees with the rows."""
    assert book_checks.faults() == verify_books() == []
    return balance(accounts.payable(fund, organisation)), balance(accounts.paid(fund))


def _pay(payable):
    batch = make_batch(payable.fund, payables=[payable], actor=fund_manager())
    batch = send_batch(approve_batch(batch, actor=fund_manager()), actor=fund_manager())
    return confirm_payout(batch.payouts.get(), actor=fund_manager())


def test_a_part_is_owed_again_under_the_same_invoice_and_the_rest_stays_paid(paid):
    whole, manager = paid.payable, fund_manager()
    where = whole.fund, whole.organisation
    with clock.at(LATER):
        facts = {"amount_fen": 12_345, "note": "部分退汇", "once": "a", "actor": manager}
        part = return_part(paid, **facts)
        assert return_part(paid, **facts).pk == part.pk  # a doubled click
    paid.refresh_from_db()
    whole.refresh_from_db()
    assert (paid.result, paid.parts_fen, paid.kept_fen) == ("paid", 12_345, 37_655)
    assert (whole.state, part.state, part.reference) == ("paid", "invoiced", whole.reference)
    assert (part.billed_by, part.invoice, part.due_on) == (whole.invoice, None, LATER.date())
    assert _books(*where) == (12_345, 37_655)
    assert queries.sums_by_state(Payable.objects.all())["paid"] == 37_655
    assert Notification.objects.filter(kind="payout_part_returned").count() == 1
    assert ["部分退回 · Part came back", "2026-11-30：¥123.45"] in facts_of(paid, manager)["rows"]
    again = _pay(part)
    assert again.amount_fen == 12_345
    assert any(row[1].startswith(str(whole.invoice)) for row in facts_of(again, manager)["rows"])
    assert _books(*where) == (0, 50_000)
    assert queries.sums_by_state(Payable.objects.all())["paid"] == 50_000
    rest = come_back(paid, amount_fen=37_655, note="余款", actor=manager)  # the rest follows
    assert (rest.amount_fen, _books(*where)) == (37_655, (37_655, 12_345))
    assert Journal.objects.filter(kind="return_part").count() == 2
    _refused(WrongState, return_part, paid, amount_fen=1, note="x", actor=manager)


def test_what_cannot_have_come_back_is_refused(paid):
    manager = fund_manager()
    for fen in (0, -1, 50_000, 50_001):
        refusal = _refused(DomainError, return_part, paid, amount_fen=fen, note="x", actor=manager)
        assert refusal.field == "amount_fen"
    for person in (make_person("", Role.AUDITOR), make_person("", Role.OFFICER)):
        _refused(Forbidden, return_part, paid, amount_fen=1, note="x", actor=person)
    return_part(paid, amount_fen=1, note="x", actor=manager)
    assert "as a part" in str(_refused(DomainError, return_payout, paid, note="x", actor=manager))
    with pytest.raises(IntegrityError, match="payout_parts_within"), transaction.atomic():
        Payout.objects.filter(pk=paid.pk).update(parts_fen=50_001)
    waiting = make_sent_batch().payouts.get()
    _refused(WrongState, return_part, waiting, amount_fen=1, note="x", actor=manager)


def test_a_line_of_the_statement_is_a_part_and_both_balances_agree(paid):
    with clock.at(LATER):
        read_in(
            ("2026-11-18", -50_000, f"付款{paid.reference}", "A1"),
            ("2026-11-20", 20_000, f"部分退汇 {paid.reference}", "A2"),
            opening_fen=100_000,
        )
        line = StatementLine.objects.get(incoming=True)
        assert line.state == "waiting"
        manager = fund_manager()
        client = as_person(manager)
        url = reverse("payments:match_return", args=[line.pk])
        assert f'<option value="{paid.pk}">' in client.get(url).content.decode()
        sure = client.post(url, {"part": paid.pk}).content.decode()
        assert "is a part of the payment you chose" in sure
        client.post(url, {"part": paid.pk, "sure": "1"})
        part = Payable.objects.get(came_back_from=paid)
        line.refresh_from_db()
        assert (line.state, line.part, part.due_on) == ("matched", part, dt.date(2026, 11, 20))
        assert client.get(reverse("payments:line", args=[line.pk])).status_code == 200
        run = compare()
        assert (run.state, standing()) == ("agreed", [])
        sums = {row["what"]: row for side in run.results["sides"] for row in side["sums"]}
        assert (sums["parts"]["ours_fen"], sums["parts"]["theirs_fen"]) == (20_000, 20_000)
        _refused(DomainError, match_part, line, part=paid, actor=manager)
        assert "stays confirmed" in client.post(
            reverse("payments:reopen_line", args=[line.pk]), {"reason": "x", "sure": "1"}
        ).content.decode()  # fmt: skip


def test_a_part_entered_by_hand_wants_its_line(paid):
    with clock.at(at("2026-11-19")):
        client = as_person(fund_manager())
        url = reverse("payments:return_payout", args=[paid.pk])
        assert 'value="500.00"' in client.get(url).content.decode()
        client.post(url, {"amount_fen": "200", "note": "部分退汇"})
        part = Payable.objects.get(came_back_from=paid)
        for page in (
            reverse("payments:batch", args=[paid.batch.number]),
            reverse("payments:payable", args=[paid.payable_id]),
        ):
            assert reverse("payments:payable", args=[part.pk]) in client.get(page).content.decode()
        shown = client.get(reverse("payments:payable", args=[part.pk])).content.decode()
        assert paid.payable.invoice.number in shown
        assert reverse("payments:payable", args=[paid.payable_id]) in shown
    with clock.at(LATER):
        read_in(
            ("2026-11-18", -50_000, paid.reference, "A1"), ("2026-11-27", 5, "利息", "A2"),
        )  # fmt: skip
        compare()
    assert ("unseen_return", "open") in standing()


def test_a_batch_leaves_from_an_account_and_the_comparison_holds_the_bank_to_it():
    manager, fund = fund_manager(), make_fund(1_000_000)
    with clock.at(PAID_AT):
        organisation, keeper = make_paid_organisation()
        first, second = (
            invoice_for(make_payable(organisation, fund=fund), keeper) for _n in range(2)
        )
        ours = state_our_account()
        facts = {"holder": ours.holder, "bank": "建设银行", "actor": manager}
        other = add_bank_account(ours.organisation, number="3100 2002-2002 2002", **facts)
        assert list(queries.own_accounts()) == [ours, other]
        _refused(Clash, add_bank_account, ours.organisation, number=other.number, **facts)
        _refused(WrongState, close_bank_account, ours, actor=manager)
        _refused(Forbidden, close_bank_account, other, actor=keeper)
        client = as_person(manager)
        make = reverse("payments:make_batch", args=[fund.code])
        assert f'<option value="{ours.pk}" selected>' in client.get(make).content.decode()
        client.post(make, {"payables": [first.pk], "account": other.pk})
        batch = Batch.objects.get()
        assert (batch.account, queries.account_to_leave_from(fund)) == (other, other)
        batch = send_batch(approve_batch(batch, actor=fund_manager()), actor=manager)
        assert "3100200220022002" in batch.document.file.read().decode()
        payout = confirm_payout(batch.payouts.get(), actor=manager)
        paid_from = f"{other.holder}\n建设银行 …2002"
        assert ["付款账户 · Paid from", paid_from] in facts_of(payout, manager)["rows"]
        page = client.get(reverse("payments:batch", args=[batch.number])).content.decode()
        assert other.number in page
    with clock.at(LATER):
        read_in(("2026-11-18", -50_000, payout.reference, "A1"), ("2026-11-30", 5, "利息", "A2"))
        StatementLine.objects.filter(incoming=True).update(state="set_aside", reason="利息")
        compare()
        assert standing() == [("other_account", "open")]
        close_bank_account(other, actor=manager)
        assert queries.account_to_leave_from(fund) == ours
        chosen = {"payables": [second], "actor": manager}
        assert _refused(DomainError, make_batch, fund, account=other, **chosen).field == "account"
        batch = approve_batch(make_batch(fund, **chosen), actor=fund_manager())
        state_bank_account(organisation, number="6217000011112222", holder="甲", bank="乙",
                           actor=keeper)  # fmt: skip
        refusal = _refused(DomainError, send_batch, batch, actor=manager)
        assert "another bank account since" in str(refusal)


def test_nothing_leaves_by_bank_from_nowhere():
    fund, manager = make_fund(1_000_000), fund_manager()
    organisation, keeper = make_paid_organisation()
    payable = invoice_for(make_payable(organisation, fund=fund), keeper)
    account = state_our_account()
    client = as_person(manager)
    page = reverse("payments:bank_accounts")
    assert OUR_ACCOUNT in client.get(page).content.decode()
    account.delete()
    assert _refused(DomainError, make_batch, fund, payables=[payable], actor=manager).field
    make = reverse("payments:make_batch", args=[fund.code])
    state = reverse("payments:state_bank_account", args=[account.organisation_id])
    for shown in (make, page):
        assert state in client.get(shown).content.decode()
    said = client.post(make, {"payables": [payable.pk]}).content.decode()
    assert "State first from which bank account" in said
    assert as_person(keeper).get(page).status_code == 403


@pytest.mark.parametrize(
    ("told", "same"),
    [
        ("3100100110011001", True),
        ("3100 1001 1001-1001", True),
        ("3100********1001", True),
        ("3100100110011002", False),
        ("3100********1002", False),
        ("1001", False),
    ],
)
def test_an_account_of_ours_is_known_as_banks_write_it(told, same):
    assert is_account("3100100110011001", told) is same
