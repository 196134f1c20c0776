"""Differences are followed: once each, explained, opened again, closed by what closed them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from foundation.waiting import find
from marketplace.auditing.verification import comparisons
from marketplace.payments.statement_models import StatementLine
from marketplace.payments.statements import reopen_line, set_aside_line
from marketplace.reconciliation import operations
from marketplace.reconciliation.findings import Compared, Found
from marketplace.reconciliation.models import Difference, Reconciliation
from marketplace.reconciliation.operations import (
    ask_reconciliation,
    finish_reconciliation,
    resolve_difference,
)
from marketplace.reconciliation.waiting import looks_for
from marketplace.reconciliation.words import KINDS, advice, place, sentence
from tests.at_once import at_once
from tests.factories.comparing import at, compare, read_in, standing
from tests.factories.incoming import make_payer
from tests.factories.ledger import fund_manager
from tests.factories.organisations import make_person
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db

WHY = "银行已确认，这是账户维护费"


def _doubtful(*numbers):
    with clock.at(at("2026-11-10")):
        read_in(*(("2026-11-10", 5, "=cmd()|'x'", number) for number in numbers))


def _compare(day="2026-11-30"):
    with clock.at(at(day)):
        return compare()


def _refused(refusal, call, /, *args, **facts):
    def state():
        return list(Difference.objects.order_by("pk").values()), Entry.objects.count()

    before = state()
    with pytest.raises(refusal) as raised, transaction.atomic():
        call(*args, **facts)
    assert state() == before
    return raised.value


def test_a_doubtful_line_too_old_is_opened_explained_closed_and_opened_again():
    manager = fund_manager()
    _doubtful("A1")
    assert _compare("2026-11-13").state == "agreed"
    first = _compare()
    [difference] = Difference.objects.all()
    assert (first.fresh, difference.kind, difference.state) == (1, "unmatched_line", "open")
    assert Notification.objects.get(person=manager).kind == "reconciliation_differs"
    assert _compare().fresh == 0
    assert Notification.objects.filter(person=manager).count() == 1
    [waiting] = find(looks_for(manager))
    assert waiting.url == reverse("reconciliation:desk") + "?state=open"

    resolve_difference(difference, reason=f" {WHY} ", actor=manager)
    assert find(looks_for(manager)) == []
    _refused(WrongState, resolve_difference, difference, reason=WHY, actor=manager)
    assert (_compare().left, standing()) == (0, [("unmatched_line", "resolved")])

    line = set_aside_line(StatementLine.objects.get(), reason="手续费", actor=manager)
    _compare()
    difference.refresh_from_db()
    assert (difference.state, difference.standing, difference.reason) == ("resolved", False, WHY)
    reopen_line(line, reason="看错了", actor=manager)
    assert _compare().fresh == 1
    difference.refresh_from_db()
    assert (difference.state, difference.times, difference.reason) == ("open", 2, "")

    set_aside_line(StatementLine.objects.get(), reason="手续费", actor=manager)
    assert _compare().gone == 1
    difference.refresh_from_db()
    assert (difference.state, difference.closed_by) == ("gone", "set_aside_line A1")
    assert list(comparisons()) == []


def test_an_explanation_holds_only_for_what_it_explained():
    manager, run = fund_manager(), ask_reconciliation(actor=SYSTEM)
    facts = {"kind": "missing_here", "facts": {"thing": "payments", "number": "pi_1"}}

    def found(run, fen):
        side = Compared("stripe", found=[Found("stripe:x", theirs_fen=fen, **facts)])
        return finish_reconciliation(run, sides=[side], actor=SYSTEM)

    assert found(run, 5).fresh == 1
    resolve_difference(Difference.objects.get(), reason=WHY, actor=manager)
    assert found(ask_reconciliation(actor=SYSTEM), 5).fresh == 0
    assert found(ask_reconciliation(actor=SYSTEM), 6).fresh == 1
    again = Difference.objects.get()
    assert (again.state, again.times, again.resolved_by) == ("open", 2, None)


def test_an_explanation_is_a_sentence_by_a_fund_manager():
    _doubtful("A1")
    _compare()
    difference = Difference.objects.get()
    for reason in ("", "ok", " 好 " * 3):
        refusal = _refused(
            DomainError, resolve_difference, difference, reason=reason, actor=fund_manager()
        )
        assert refusal.field == "reason"
    for person in (make_payer()[1], make_person("", Role.OFFICER), make_person("", Role.AUDITOR)):
        _refused(Forbidden, resolve_difference, difference, reason=WHY, actor=person)
        _refused(Forbidden, ask_reconciliation, actor=person)
    run = Reconciliation.objects.get()
    _refused(Forbidden, finish_reconciliation, run, sides=[], actor=fund_manager())
    _refused(WrongState, finish_reconciliation, run, sides=[], actor=SYSTEM)


def test_a_comparison_is_asked_for_once_and_a_killed_one_is_begun_again():
    wanted = ask_reconciliation(actor=fund_manager())
    _refused(Clash, ask_reconciliation, actor=fund_manager())
    Reconciliation.objects.filter(pk=wanted.pk).update(begun_at=clock.now())
    assert operations.run_reconciliations() == 0
    wanted.refresh_from_db()
    assert wanted.state == "wanted"
    with clock.at(clock.now() + 2 * operations.GIVEN_UP):
        assert "never made" in "".join(comparisons())
        operations.run_reconciliations()
    wanted.refresh_from_db()
    assert wanted.state == "agreed"


def test_a_night_that_was_left_out_is_found():
    half_past_two = dt.datetime(2026, 3, 3, 2, 30, tzinfo=clock.SHANGHAI)
    with clock.at(half_past_two):
        compare()
    for hours, minutes, missed in ((0, 30, False), (24, 0, False), (24, 30, True)):
        with clock.at(half_past_two + dt.timedelta(hours=hours, minutes=minutes)):
            assert ("last made at" in "".join(comparisons())) is missed


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_night_run_twice_at_once_opens_each_difference_once():
    _doubtful("A1", "A2")

    def night():
        with clock.at(at("2026-11-30")):
            operations.reconcile_nightly()

    assert at_once(night, night) == [None, None]
    assert standing() == [("unmatched_line", "open")] * 2
    assert set(Difference.objects.values_list("times", flat=True)) == {1}
    assert sum(Reconciliation.objects.values_list("fresh", flat=True)) == 2


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_kind_has_words_and_a_place(language):
    with translation.override(language):
        for side in ("stripe", "bank", "book"):
            for kind in KINDS:
                facts = {"event": "x", "row": 1, "first": "", "currency": "USD", "thing": "payouts"}
                difference = Difference(side=side, kind=kind, facts=facts)
                assert "%" not in sentence(difference)
                assert advice(difference)
                assert place(difference)[0].endswith("/")


def test_the_desk_shows_filters_explains_and_exports():
    _doubtful("A1")
    url = reverse("reconciliation:desk")
    manager, auditor = as_person(fund_manager()), as_person(make_person("", Role.AUDITOR))
    assert "Nothing has been compared yet" in manager.get(url).content.decode()
    assert manager.post(reverse("reconciliation:ask_reconciliation")).status_code == 302
    assert "A comparison is asked for" in manager.get(url).content.decode()
    with clock.at(at("2026-11-30")):
        operations.run_reconciliations()
    difference = Difference.objects.get()
    page = auditor.get(url).content.decode()
    assert "Nobody has said what line A1" in page
    assert "The two balances, reconciled" in page
    assert "Stripe is not set up here" in page
    assert auditor.post(reverse("reconciliation:ask_reconciliation")).status_code == 403
    explain = reverse("reconciliation:resolve_difference", args=[difference.pk])
    assert auditor.get(explain).status_code == 403
    assert list(manager.post(explain, {"reason": "ok"}).context["form"].errors) == ["reason"]
    assert manager.post(explain, {"reason": WHY}).status_code == 302
    shown = reverse("reconciliation:difference", args=[difference.pk])
    assert WHY in auditor.get(shown).content.decode()
    assert list(auditor.get(url).context["page"]) == []
    assert list(auditor.get(url, {"state": "resolved"}).context["page"]) == [difference]
    assert list(auditor.get(url, {"state": ""}).context["page"]) == [difference]
    export = reverse("reconciliation:differences_csv")
    body = b"".join(auditor.get(export, {"state": "resolved"}).streaming_content).decode()
    assert WHY in body
    assert ",=cmd" not in body
    workbook = auditor.get(reverse("reconciliation:differences_xlsx"))
    assert workbook.status_code == 200
    assert workbook.getvalue().startswith(b"PK")
    for name in ("desk", "runs", "differences_csv"):
        stranger = as_person(make_person("", Role.OFFICER))
        assert stranger.get(reverse(f"reconciliation:{name}")).status_code == 403


def test_lists_cost_the_same_with_one_row_and_with_three():
    client = as_person(fund_manager())
    _doubtful("A1")
    _compare()
    urls = [reverse(f"reconciliation:{name}") for name in ("desk", "runs")]

    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    one = [cost(url) for url in urls]
    _doubtful("A2", "A3")
    _compare(), _compare()
    assert [cost(url) for url in urls] == one
    assert max(one) <= 12
