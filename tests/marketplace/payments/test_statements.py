"""Statements read in: matched by reference and amount, doubtful lines decided, and undone."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.people.models import Role
from foundation.waiting import find
from marketplace.ledger import accounts
from marketplace.ledger.queries import balance
from marketplace.ledger.verification import verify_books
from marketplace.payments import queries
from marketplace.payments.deposit_models import Deposit
from marketplace.payments.operations import record_deposit
from marketplace.payments.payment_lines import match_payout
from marketplace.payments.refunds import refund_deposit
from marketplace.payments.statement_models import Statement, StatementLine
from marketplace.payments.statements import (
    import_statement,
    match_line,
    reopen_line,
    return_line,
    set_aside_line,
)
from marketplace.payments.waiting import looks_for
from tests.at_once import at_once, numbered
from tests.factories.incoming import make_payer, make_remittance
from tests.factories.ledger import fund_manager, image
from tests.factories.organisations import make_organisation, make_person
from tests.factories.payments import make_sent_batch
from tests.factories.statements import ccb, icbc
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db


def _read(*rows, actor=None, write=icbc, name="对账单.csv"):
    data = write(list(rows)).encode("gb18030")
    return import_statement(name=name, data=data, actor=actor or fund_manager())


def _line(*rows):
    _read(*(rows or [_row("1.00", "浦东工会")]))
    return StatementLine.objects.latest("pk")


_numbers = iter(range(1, 10_000))


def _row(came, who="花木街道总工会", memo="", out=""):
    return ("2026-11-20 10:00:00", out, came, who, memo, f"A{next(_numbers)}")


def _refused(refusal, call, /, *args, **facts):
    def state():
        lines = list(StatementLine.objects.order_by("pk").values())
        counts = Statement.objects.count(), Deposit.objects.count(), Entry.objects.count()
        return image(), lines, counts

    before = state()
    with pytest.raises(refusal) as raised, transaction.atomic():
        call(*args, **facts)
    assert state() == before
    return raised.value


def _own(remittance):
    return balance(accounts.buyer_own(remittance.fund, remittance.buyer))


@pytest.mark.parametrize("write", [icbc, ccb])
def test_a_transfer_with_reference_and_amount_arrives_by_itself(write):
    remittance, _keeper = make_remittance(50_000)
    _read(_row("500.00", memo=f"缴款{remittance.reference}"), write=write)
    line = StatementLine.objects.get()
    remittance.refresh_from_db()
    assert (line.state, remittance.state, _own(remittance)) == ("matched", "paid", 50_000)
    assert (line.deposit.source, line.deposit.bank_reference) == ("bank", line.serial)
    assert verify_books() == []


@pytest.mark.parametrize("fault", ["amount", "slip", "two", "none", "cancelled"])
def test_a_doubtful_transfer_waits_for_a_person(fault):
    remittance, keeper = make_remittance(50_000)
    other, _keeper = make_remittance(50_000)
    memo = {
        "slip": remittance.reference[:-1] + ("1" if remittance.reference[-1] != "1" else "2"),
        "two": f"{remittance.reference} {other.reference}",
        "none": "缴款",
    }.get(fault, remittance.reference)
    if fault == "cancelled":
        from marketplace.payments.checkout import cancel_remittance

        cancel_remittance(remittance, actor=keeper)
    manager = fund_manager()
    _read(_row("499.99" if fault == "amount" else "500.00", memo=memo))
    assert StatementLine.objects.get().state == "waiting"
    assert (_own(remittance), Deposit.objects.count()) == (0, 0)
    assert [waiting.url for waiting in find(looks_for(manager))] == [
        reverse("payments:lines") + "?state=waiting"
    ]


def test_the_same_file_and_the_same_line_are_known_again():
    first, second = _row("1.00"), _row("2.00")
    _read(first)
    _refused(DomainError, _read, first)
    again = _read(first, second)
    assert (again.new_lines, again.known_lines) == (1, 1)
    assert StatementLine.objects.count() == 2


def test_the_same_digits_in_two_accounts_of_ours_are_two_payments():
    """Two banks count alike, to the same fen and day: nothing is taken for known."""
    one, two = make_remittance(50_000)[0], make_remittance(50_000)[0]
    for own, remittance in (("3100100110011001", one), ("5013 1000-0000 10888", two)):
        row = (*_row("500.00", memo=remittance.reference)[:-1], "SAME-1")
        statement = import_statement(
            name="x.csv", data=icbc([row], own=own).encode(), actor=fund_manager()
        )
        assert (statement.new_lines, statement.known_lines) == (1, 0)
    assert (_own(one), _own(two)) == (50_000, 50_000)
    references = Deposit.objects.order_by("pk").values_list("bank_reference", flat=True)
    assert list(references) == ["SAME-1", "SAME-1 …0888"]
    assert verify_books() == []


def test_the_day_a_file_was_read_in_is_shanghais():
    row = _row("1.00")
    with clock.at(dt.datetime(2026, 11, 21, 0, 30, tzinfo=clock.SHANGHAI)):
        _read(row)
    assert "2026-11-21" in str(_refused(DomainError, _read, row))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_statements_with_the_same_line_read_in_at_once_take_it_once():
    remittance, _keeper = make_remittance(50_000)
    shared, actor = _row("500.00", memo=remittance.reference), fund_manager()
    own = [_row("1.00") for _number in range(4)]
    results = at_once(*numbered(4, lambda number: _read(shared, own[number], actor=actor)))
    assert any(isinstance(result, Statement) for result in results)
    assert all(isinstance(result, (Statement, Clash)) for result in results), results
    for number in range(4):  # who was told of a clash reads in again
        with contextlib.suppress(DomainError):
            _read(shared, own[number], actor=actor)
    assert (StatementLine.objects.count(), Deposit.objects.count()) == (5, 1)
    assert _own(remittance) == 50_000
    assert verify_books() == []


def test_refused_rows_are_reported_and_the_rest_is_read():
    statement = _read(_row("1.00"), _row("-5"), _row("0.001"), _row("2"))
    assert statement.refused == [[5, "negative"], [6, "fraction"]]
    assert (statement.new_lines, StatementLine.objects.count()) == (2, 2)


@pytest.mark.parametrize("data", [b"", b"\xff\xff\x00", b"a,b\r\n1,2\r\n", b"x" * (5 * 2**20 + 1)])
def test_a_file_that_cannot_be_read_leaves_nothing(data):
    actor = fund_manager()
    assert _refused(DomainError, import_statement, name="x.csv", data=data, actor=actor).field


def test_a_deposit_entered_by_hand_is_found_and_not_made_again():
    remittance, _keeper = make_remittance()
    row = _row("300.00", memo=remittance.reference)
    deposit = record_deposit(
        remittance.fund, buyer=remittance.buyer, amount_fen=30_000, bank_reference=row[-1],
        received_on=clock.today(), actor=fund_manager(),
    )  # fmt: skip
    _read(row)
    assert StatementLine.objects.get().deposit == deposit
    assert _own(remittance) == 30_000


def test_one_of_our_payments_is_confirmed_by_the_statement():
    payout = make_sent_batch().payouts.get()
    _read(_row("", out="500.00", memo=f"{payout.reference} 第一期款"))
    payout.refresh_from_db()
    assert (payout.result, StatementLine.objects.get().payout) == ("paid", payout)
    assert verify_books() == []
    actor = fund_manager()
    line = StatementLine.objects.get()
    _refused(DomainError, reopen_line, line, reason="x", actor=actor)
    other = _line(_row("", out="1.00"))
    _refused(DomainError, match_payout, other, payout=payout, actor=actor)


def test_a_payment_the_bank_confirms_twice_is_paid_once_and_the_second_waits():
    payout = make_sent_batch().payouts.get()
    memo = f"{payout.reference} 第一期款"
    _read(_row("", out="500.00", memo=memo))
    before = image()
    second = _line(_row("", out="500.00", memo=memo))
    assert (second.state, second.payout, image()) == ("waiting", None, before)
    refusal = _refused(DomainError, match_payout, second, payout=payout, actor=fund_manager())
    assert "on another line" in str(refusal)
    assert verify_books() == []


def test_a_person_says_whose_it_is_and_undoes_it():
    remittance, _keeper = make_remittance(100)
    line, manager = _line(), fund_manager()
    deposit = match_line(line, remittance=remittance, actor=manager)
    assert _own(remittance) == 100
    _refused(WrongState, match_line, line, remittance=remittance, actor=manager)
    line = reopen_line(line, reason="看错了", actor=manager)
    deposit.refresh_from_db()
    remittance.refresh_from_db()
    assert (line.state, deposit.state, remittance.state) == ("waiting", "undone", "open")
    assert _own(remittance) == 0
    assert verify_books() == []
    again = match_line(line, buyer=remittance.buyer, fund=remittance.fund, actor=manager)
    assert again.bank_reference == deposit.bank_reference
    assert verify_books() == []


def test_what_was_promised_or_went_back_is_not_undone(monkeypatch):
    remittance, _keeper = make_remittance(100)
    line, manager = _line(), fund_manager()
    deposit = match_line(line, remittance=remittance, actor=manager)
    with monkeypatch.context() as patch:
        patch.setattr(queries, "PROMISES", [lambda fund, buyer: 1])
        _refused(DomainError, reopen_line, line, reason="x", actor=manager)
    refund_deposit(deposit, amount_fen=1, reason="x", actor=manager)
    _refused(DomainError, reopen_line, line, reason="x", actor=manager)


def test_what_a_match_may_not_be():
    line, manager = _line(), fund_manager()
    remittance, _keeper = make_remittance(200)
    _refused(DomainError, match_line, line, remittance=remittance, actor=manager)
    _refused(DomainError, match_line, line, actor=manager)
    facts = {"buyer": make_organisation("social"), "fund": remittance.fund, "actor": manager}
    assert _refused(DomainError, match_line, line, **facts).field == "buyer"
    out = _line(_row("", out="1.00"))
    _refused(WrongState, match_line, out, remittance=remittance, actor=manager)
    _refused(WrongState, return_line, out, reason="x", actor=manager)


def test_nobodys_money_is_set_aside_or_sent_back_and_reopened():
    manager = fund_manager()
    for decide, state in ((set_aside_line, "set_aside"), (return_line, "returned")):
        line = decide(_line(_row("1.00")), reason="利息", actor=manager)
        assert (line.state, line.reason) == (state, "利息")
        _refused(WrongState, set_aside_line, line, reason="x", actor=manager)
        assert reopen_line(line, reason="看错了", actor=manager).state == "waiting"


def test_each_step_is_for_fund_managers():
    line = _line()
    payout = make_sent_batch().payouts.get()
    for person in (make_payer()[1], make_person("", Role.OFFICER), make_person("", Role.AUDITOR)):
        _refused(Forbidden, import_statement, name="x", data=b"", actor=person)
        _refused(Forbidden, match_line, line, actor=person)
        _refused(Forbidden, match_payout, line, payout=payout, actor=person)
        for decide in (set_aside_line, return_line, reopen_line):
            _refused(Forbidden, decide, line, reason="x", actor=person)


def test_the_desk_reads_decides_in_two_steps_and_undoes():
    remittance, _keeper = make_remittance(100)
    client = as_person(fund_manager())
    body = icbc([_row("1.00"), _row("-1")]).encode("utf-8-sig")
    upload = SimpleUploadedFile("对账单.csv", body, "text/csv")
    made = client.post(reverse("payments:import_statement"), {"upload": upload})
    statement = Statement.objects.get()
    assert made["Location"] == reverse("payments:statement", args=[statement.pk])
    assert "The amount is below zero." in client.get(made["Location"]).content.decode()
    line = StatementLine.objects.get()
    url = reverse("payments:match_line", args=[line.pk])
    assert client.post(url, {}).context["form"].non_field_errors()
    typed = {"remittance": remittance.pk}
    assert client.post(url, typed).templates[0].name == "payments/sure.html"
    assert Deposit.objects.count() == 0
    client.post(url, {**typed, "sure": "1"})
    assert _own(remittance) == 100
    undo = reverse("payments:reopen_line", args=[line.pk])
    client.post(undo, {"reason": "看错了", "sure": "1"})
    assert _own(remittance) == 0
    assert client.get(reverse("payments:line", args=[line.pk])).status_code == 200


def test_lists_cost_the_same_with_one_row_and_with_three():
    client = as_person(make_person("", Role.AUDITOR))
    _line()
    statement = Statement.objects.get()
    urls = [reverse("payments:lines"), reverse("payments:statements")]
    urls.append(reverse("payments:statement", args=[statement.pk]))

    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    one = [cost(url) for url in urls]
    _line(_row("1"), _row("2")), _line(_row("3"))
    assert [cost(url) for url in urls] == one
    assert max(one) <= 12
    officer = as_person(make_person("", Role.OFFICER))
    assert officer.get(urls[0]).status_code == 403
    assert officer.get(urls[2]).status_code == 404
