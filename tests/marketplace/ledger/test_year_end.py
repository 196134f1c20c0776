"""A fund's year-end: steps out of facts, one press that does everything or nothing."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from foundation import clock
from foundation.audit.models import Entry
from foundation.documents.models import Document
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from marketplace.auditing.inspecting import ask_inspection, finish_inspection
from marketplace.auditing.verification import Outcome
from marketplace.ledger import accounts
from marketplace.ledger.closing import close_year, print_trial_balance
from marketplace.ledger.models import Fund, Period, Verification, YearEnd
from marketplace.ledger.operations import check_books
from marketplace.ledger.queries import balance
from marketplace.ledger.verification import own_faults
from marketplace.ledger.year_end import open_steps, steps_of
from marketplace.matching.models import Money, Pledge
from marketplace.payments.models import Payable
from tests.at_once import at_once, numbered
from tests.factories.deals import make_ranked, make_world
from tests.factories.ledger import bind, fund_manager, give, image, make_fund
from tests.factories.organisations import make_officer, make_person, make_social, make_union
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db

IN_TIME = dt.datetime(2025, 6, 1, 4, tzinfo=dt.UTC)
AFTERWARDS = dt.datetime(2026, 1, 5, 4, tzinfo=dt.UTC)
LAST_DAY = dt.date(2025, 12, 31)


@pytest.fixture
def year(monkeypatch):
    """Last year's fund with 400 fen nobody was given, 200 free and 100 bound of a union's; this
    year's beside it.
    """
    # the award and agreement are made up: the rooms above would miss them
    monkeypatch.setattr("marketplace.ledger.verification.ROOMS_WITH_TRUTHS", ())
    with clock.at(IN_TIME):
        old = make_fund(700, code="2025-seed", name="去年", ends_on=LAST_DAY)
        union = give(old, 300, make_union())
        bind(old, {accounts.buyer_available(old, union): 100})
    new = make_fund(50, code="2026-seed", name="今年")
    give(new, 7, union)
    return old, new, union, fund_manager()


def prove(fund, manager):
    """What has to be done on the day of the closing."""
    check_books(actor=manager)
    print_trial_balance(fund, actor=manager)
    inspection = ask_inspection(actor=SYSTEM)
    finish_inspection(inspection, outcomes=[Outcome("books", [])], actor=SYSTEM)


def ready(fund):
    """The steps that are not done, by the beginning of their sentences."""
    fund = Fund.objects.get(pk=fund.pk)
    return [str(step.title) for step in open_steps(steps_of(fund))]


def everything():
    return image(), Period.objects.count(), YearEnd.objects.count(), Entry.objects.count()


def refused(refusal, fund, **facts):
    before = everything()
    with pytest.raises(refusal) as raised, transaction.atomic():
        close_year(fund, **{"successor": None, "reason": "年终", **facts})
    assert everything() == before
    return str(raised.value)


def test_one_press_hands_on_what_is_left_closes_the_books_and_keeps_the_statement(year):
    old, new, union, manager = year
    with clock.at(AFTERWARDS):
        assert len(ready(old)) == 3  # books, seals, trial balance
        said = refused(DomainError, old, successor=new, actor=manager)
        assert "The trial balance is printed" in said
        prove(old, manager)
        assert ready(old) == []
        closed = close_year(old, successor=new, reason="结转决议", actor=manager)
        assert balance(accounts.fund_available(old)) == 0
        assert balance(accounts.buyer_available(old, union)) == 0
        assert balance(accounts.fund_available(new)) == 43 + 400
        assert balance(accounts.buyer_available(new, union)) == 7 + 200
        assert (closed.period.ends_on, closed.closed_by) == (LAST_DAY, manager)
        assert closed.statement.file.read()[:5] == b"%PDF-"
        assert own_faults() == []
        old.refresh_from_db()
        steps = {step.stand for step in steps_of(Fund.objects.get(pk=old.pk))}
        assert steps == {"done", "along"}  # 100 fen stay bound
        assert "closed on 5 January 2026" in refused(WrongState, old, successor=new, actor=manager)
    acts = list(Entry.objects.order_by("pk").values_list("action", flat=True))[-3:]
    assert acts == ["carry_over_fund", "close_period", "close_year"]
    facts = Entry.objects.get(action="close_year").facts
    assert (facts["amount_fen"], facts["successor"]) == (600, "2026-seed")
    assert facts["statement"] == Document.objects.order_by("-pk").first().sha256


def test_without_a_next_fund_what_is_left_goes_back_to_the_authority(year):
    old, _new, _union, manager = year
    with clock.at(AFTERWARDS):
        prove(old, manager)
        close_year(old, successor=None, reason="收回", actor=manager)
    assert balance(accounts.authority(old)) == -100
    assert Fund.objects.get(pk=old.pk).lapsed_on == dt.date(2026, 1, 5)


def test_what_was_printed_and_checked_before_money_moved_does_not_count(year):
    old, new, union, manager = year
    with clock.at(AFTERWARDS):
        prove(old, manager)
    with clock.at(AFTERWARDS + dt.timedelta(minutes=1)):
        bind(old, {accounts.buyer_available(old, union): 1}, award=2, agreement=2)
        assert ready(old) == ["The books are checked", "The trial balance is printed"]
        print_trial_balance(old, actor=manager)
        assert ready(old) == ["The books are checked"]
        Verification.objects.create(
            checked_at=clock.now(), transfers=1, accounts=1, faults=["somewhere"]
        )
        assert "They differ: somewhere" in refused(DomainError, old, successor=new, actor=manager)
    with clock.at(AFTERWARDS + dt.timedelta(days=1)):
        assert "The seals are verified" in ready(old)


def test_what_is_under_way_stops_it_and_what_is_owed_goes_along(year):
    old, _new, _union, manager = year
    social = make_social()
    with clock.at(AFTERWARDS):
        prove(old, manager)
        owed = Payable.objects.create(
            reference="tranche:1",
            title="首期",
            organisation=social,
            fund=old,
            amount_fen=30,
            due_on=LAST_DAY,
            created_at=IN_TIME,
        )
        assert ready(old) == []
        [step] = [s for s in steps_of(old) if "¥0.30" in str(s.says)]
        assert step.stand == "along"
        assert owed.state == "owed"


def test_a_promise_nobody_decided_about_stops_it():
    world = make_world()
    proposal = make_ranked(world, 1)
    Pledge.objects.create(
        buyer=world.street,
        proposal=proposal,
        fund=world.fund,
        money=Money.ALLOCATED,
        amount_fen=30,
        promised_by=world.buyer,
        promised_at=clock.now(),
    )
    [step] = [s for s in steps_of(world.fund) if s.title == "Promises of unions"]
    assert (step.stand, "¥0.30" in str(step.says)) == ("open", True)


@pytest.mark.parametrize("who", [make_officer, lambda: make_person("", Role.AUDITOR)])
def test_only_a_fund_manager_prints_and_closes(year, who):
    old, new, _union, _manager = year
    with clock.at(AFTERWARDS):
        refused(Forbidden, old, successor=new, actor=who())
        with pytest.raises(Forbidden):
            print_trial_balance(old, actor=who())
    with clock.at(IN_TIME):  # not before it has ended either
        refused(WrongState, old, successor=new, actor=fund_manager())


def test_the_pages_lead_through_it(year, django_assert_max_num_queries):
    old, new, _union, manager = year
    client, page = as_person(manager), reverse("ledger:year_end", args=[old.code])
    close = reverse("ledger:close_year", args=[old.code])
    with clock.at(AFTERWARDS):
        with django_assert_max_num_queries(12):
            shown = client.get("/en" + page.removeprefix("/en"))
        assert "3 steps are to be done" in shown.content.decode()
        assert close not in shown.content.decode()
        typed = {"successor": new.pk, "reason": "结转决议"}
        early = client.post(close, typed)
        assert "form" in early.context  # says what is missing
        assert early.context["form"].non_field_errors()
        client.post(reverse("ledger:print_trial_balance", args=[old.code]))
        prove(old, manager)
        assert close in client.get(page).content.decode()
        sure = client.post(close, typed)
        assert "陆元整" in sure.content.decode()
        assert not Period.objects.exists()
        assert client.post(close, {**typed, "sure": "1"}).status_code == 302
        done = client.get(page).content.decode()
        assert close not in done
        auditor = as_person(make_person("", Role.AUDITOR))
        assert auditor.get(page).status_code == 200
        paper = YearEnd.objects.get().statement
        assert auditor.get(reverse("documents:document", args=[paper.uuid])).status_code == 200


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_close_once():
    today = clock.today()
    with clock.at(clock.now() - dt.timedelta(days=30)):
        old = make_fund(700, code="old", ends_on=today - dt.timedelta(days=1))
    new, manager = make_fund(0, code="new"), fund_manager()
    prove(old, manager)

    def press(_number):
        try:
            close_year(old, successor=new, reason="结转", actor=manager)
        except WrongState:
            return "refused"
        return "closed"

    assert sorted(at_once(*numbered(2, press))) == ["closed", "refused"]
    assert balance(accounts.fund_available(new)) == 700
    assert Period.objects.count() == 1
