"""From what is owed to what is paid: every step, every refusal."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from marketplace.ledger import accounts
from marketplace.ledger.models import Account
from marketplace.ledger.operations import Overdrawn, post
from marketplace.ledger.queries import balance, sums_by_place
from marketplace.ledger.returns import claim_lines
from marketplace.ledger.verification import verify_books
from marketplace.payments import book_checks
from marketplace.payments.batches import (
    approve_batch,
    cancel_batch,
    confirm_payout,
    fail_payout,
    make_batch,
    send_batch,
)
from marketplace.payments.deposit_models import Deposit
from marketplace.payments.models import (
    Batch,
    Invoice,
    Payable,
    Payout,
)
from marketplace.payments.operations import (
    record_deposit,
    state_bank_account,
)
from tests.factories.ledger import fund_manager, image, make_fund
from tests.factories.organisations import make_organisation, make_person, make_union, member_of
from tests.factories.payments import (
    invoice_for,
    make_paid_organisation,
    make_payable,
    make_sent_batch,
)

pytestmark = pytest.mark.django_db


def _state():
    rows = [
        list(model.objects.order_by("pk").values())
        for model in (Payable, Payout, Batch, Invoice, Deposit)
    ]
    return image(), rows, Entry.objects.count(), Notification.objects.count()


def _refused(refusal, call, /, *args, **facts):
    before = _state()
    with pytest.raises(refusal) as raised, transaction.atomic():
        call(*args, **facts)
    assert _state() == before
    return raised.value


def _told(kind):
    return list(Notification.objects.filter(kind=kind).values_list("person", flat=True))


def test_the_whole_road_from_owed_to_paid():
    fund = make_fund(1_000_000)
    organisation, keeper = make_paid_organisation()
    payable = make_payable(organisation, 50_000, fund=fund)
    assert balance(accounts.payable(fund, organisation)) == 50_000
    assert _told("payable_owed") == [keeper.pk]
    invoice_for(payable, keeper)
    maker, checker = fund_manager(), fund_manager()
    batch = make_batch(fund, payables=[payable], actor=maker)
    assert checker.pk in _told("batch_made")
    assert maker.pk not in _told("batch_made")
    approve_batch(batch, actor=checker)
    batch = send_batch(batch, actor=maker, encoding="gb18030")
    text = batch.document.file.read().decode("gb18030")
    payout = batch.payouts.get()
    assert f"500.00,{payable.title},{payout.reference}" in text
    confirm_payout(payout, actor=maker)
    payable.refresh_from_db()
    batch.refresh_from_db()
    assert (payable.state, batch.state) == ("paid", "confirmed")
    assert batch.confirmed_at is not None
    assert balance(accounts.payable(fund, organisation)) == 0
    assert balance(accounts.paid(fund)) == 50_000
    assert _told("payout_confirmed") == [keeper.pk]
    assert verify_books() == []
    assert sum(sums_by_place(fund).values()) == 0


def test_what_is_owed_is_owed_once_and_out_of_what_is_bound():
    payable = make_payable(reference="tranche:7")
    _refused(Clash, make_payable, fund=payable.fund, reference="tranche:7")
    with pytest.raises(Overdrawn), transaction.atomic():
        make_payable(fund=payable.fund, amount_fen=2_000_000)


def test_a_confirmed_payment_cannot_be_confirmed_or_failed_again():
    payout = make_sent_batch().payouts.get()
    actor = fund_manager()
    confirm_payout(payout, actor=actor)
    refusal = _refused(WrongState, confirm_payout, payout, actor=actor)
    assert "entered already" in str(refusal)
    _refused(WrongState, fail_payout, payout, note="x", actor=actor)


def test_a_failed_payment_waits_for_another_batch():
    batch = make_sent_batch(2)
    first, second = batch.payouts.order_by("pk")
    actor = fund_manager()
    fail_payout(first, note="户名不符", actor=actor)
    payable = first.payable
    payable.refresh_from_db()
    batch.refresh_from_db()
    assert (payable.state, batch.state) == ("invoiced", "sent")
    confirm_payout(second, actor=actor)
    batch.refresh_from_db()
    assert batch.state == "confirmed"
    assert len(_told("payout_failed")) == 1
    again = make_batch(batch.fund, payables=[payable], actor=actor)
    assert again.payouts.get().payable_id == payable.pk
    assert verify_books() == []


def test_a_batch_taken_apart_gives_its_payables_back():
    fund = make_fund(1_000_000)
    organisation, keeper = make_paid_organisation()
    payable = invoice_for(make_payable(organisation, fund=fund), keeper)
    maker = fund_manager()
    batch = make_batch(fund, payables=[payable], actor=maker)
    cancel_batch(batch, reason="金额有误", actor=maker)
    payable.refresh_from_db()
    batch.refresh_from_db()
    assert (payable.state, batch.state) == ("invoiced", "cancelled")
    assert make_batch(fund, payables=[payable], actor=maker).payouts.count() == 1
    assert verify_books() == []


def test_whoever_made_a_batch_does_not_approve_it():
    fund = make_fund(1_000_000)
    organisation, keeper = make_paid_organisation()
    payable = invoice_for(make_payable(organisation, fund=fund), keeper)
    maker = fund_manager()
    batch = make_batch(fund, payables=[payable], actor=maker)
    _refused(Forbidden, approve_batch, batch, actor=maker)
    with pytest.raises(IntegrityError, match="batch_two_people"), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(approved_by=maker, approved_at=clock.now())
    _refused(WrongState, send_batch, batch, actor=maker)
    with pytest.raises(IntegrityError, match="batch_approved"), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(state="approved")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount_fen": 49_999}, "amount_fen"),
        ({"seller_uscc": "91110000600037341L"}, "seller_uscc"),
        ({"issued_on": dt.date(2999, 1, 1)}, "issued_on"),
    ],
)
def test_an_invoice_is_theirs_for_exactly_this(change, field):
    organisation, keeper = make_paid_organisation()
    payable = make_payable(organisation)
    refusal = _refused(DomainError, invoice_for, payable, keeper, **change)
    assert refusal.field == field


def test_an_invoice_is_entered_once():
    organisation, keeper = make_paid_organisation()
    first, second = make_payable(organisation), make_payable(organisation)
    invoice_for(first, keeper, number="12345678")
    refusal = _refused(DomainError, invoice_for, second, keeper, number=" 12345678 ")
    assert (refusal.field, str(refusal)) == ("number", "This invoice has been entered before.")
    _refused(WrongState, invoice_for, first, keeper)


def test_only_what_is_ready_goes_into_a_batch():
    fund = make_fund(1_000_000)
    organisation, keeper = make_paid_organisation()
    owed = make_payable(organisation, fund=fund)
    actor = fund_manager()
    _refused(Clash, make_batch, fund, payables=[owed], actor=actor)
    _refused(DomainError, make_batch, fund, payables=[], actor=actor)
    homeless = make_organisation("social")
    finance = member_of(homeless, MembershipRole.FINANCE)
    payable = invoice_for(make_payable(homeless, fund=fund), finance)
    refusal = _refused(DomainError, make_batch, fund, payables=[payable], actor=actor)
    assert "has not said where it is paid" in str(refusal)
    ready = invoice_for(owed, keeper)
    make_batch(fund, payables=[ready], actor=actor)
    _refused(Clash, make_batch, fund, payables=[ready], actor=actor)


def test_a_new_bank_account_replaces_the_old_which_stays_on_record():
    organisation, keeper = make_paid_organisation()
    new = state_bank_account(
        organisation, holder="甲", bank="建设银行", number="4367 4212-3456 7890", actor=keeper
    )
    assert new.number == "4367421234567890"
    assert list(organisation.bank_accounts.order_by("pk").values_list("replaced_at", flat=True))[
        1:
    ] == [None]
    assert "4367421234567890" not in str(list(Entry.objects.values_list("facts", flat=True)))
    for number in ("123", "=cmd()|'x'", "1" * 35):
        facts = {"holder": "甲", "bank": "乙", "number": number, "actor": keeper}
        assert _refused(DomainError, state_bank_account, organisation, **facts).field == "number"


def test_a_deposit_is_the_unions_own_money_and_entered_once():
    fund, union = make_fund(), make_union()
    keeper = member_of(union, MembershipRole.FINANCE)
    facts = {
        "buyer": union,
        "amount_fen": 30_000,
        "bank_reference": "ICBC-1",
        "received_on": clock.today(),
        "actor": fund_manager(),
    }
    record_deposit(fund, **facts)
    assert balance(accounts.buyer_own(fund, union)) == 30_000
    assert balance(accounts.deposit_clearing(fund)) == -30_000
    assert _told("deposit_recorded") == [keeper.pk]
    assert verify_books() == []
    assert _refused(Clash, record_deposit, fund, **facts).field == "bank_reference"
    facts["buyer"] = make_organisation("social")
    assert _refused(DomainError, record_deposit, fund, **facts).field == "buyer"


def test_each_step_is_for_its_own_people():
    organisation, keeper = make_paid_organisation()
    payable = make_payable(organisation)
    strangers = [
        make_person("", Role.OFFICER),
        make_person("", Role.AUDITOR),
        member_of(organisation, MembershipRole.MEMBER),
        member_of(make_organisation("social"), MembershipRole.FINANCE),
    ]
    for person in strangers:
        _refused(Forbidden, invoice_for, payable, person)
        facts = {"holder": "甲", "bank": "乙", "number": "12345678", "actor": person}
        _refused(Forbidden, state_bank_account, organisation, **facts)
        _refused(Forbidden, make_batch, payable.fund, payables=[payable], actor=person)
    payout = make_sent_batch().payouts.get()
    for person in [*strangers, keeper]:
        _refused(Forbidden, confirm_payout, payout, actor=person)
        _refused(Forbidden, fail_payout, payout, note="x", actor=person)


def test_a_payable_or_payout_that_differs_from_the_book_is_found():
    payout = make_sent_batch().payouts.get()
    code = accounts.payable(payout.payable.fund, payout.payable.organisation)
    Payable.objects.filter(pk=payout.payable_id).update(amount_fen=1)
    assert verify_books() == [f"{code}: 50000 fen in the book, 1 by its payables"]


def test_what_is_claimed_back_leaves_the_payment_standing():
    payout = make_sent_batch().payouts.get()
    confirm_payout(payout, actor=fund_manager())
    payable = payout.payable
    [pocket] = Account.objects.filter(place="encumbered", fund=payable.fund)
    agreement = accounts.read(pocket.code).agreement
    facts = {"reference": "claim", "actor": SYSTEM, "fund": payable.fund, "key": "claim"}
    parts = (payable.fund, payable.organisation, agreement, 20_000)
    post(kind="claim", lines=claim_lines(*parts), **facts)
    assert balance(accounts.paid(payable.fund)) == 30_000
    assert book_checks.faults() == []


def test_enter_invoice_keeps_its_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    organisation, keeper = make_paid_organisation()
    payable = make_payable(organisation)
    upload = SimpleUploadedFile("invoice.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    invoice_for(payable, keeper, upload=upload)
    assert payable.invoice.document.purpose == "invoice"
    other = make_payable(organisation)
    bad = SimpleUploadedFile("invoice.pdf", b"MZ\x90", "application/pdf")
    assert _refused(DomainError, invoice_for, other, keeper, upload=bad).field == "upload"
