"""Statements and trial balances for a period, as files; the resolution behind an appropriation."""

import contextlib
import csv
import datetime as dt
import io
import tempfile

import openpyxl
import pypdf
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.documents.models import Document
from foundation.errors import DomainError
from foundation.money import LARGEST_FEN
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from marketplace.ledger import accounts, paper
from marketplace.ledger.exports import period_rows, statement_rows
from marketplace.ledger.models import Account, Journal
from marketplace.ledger.operations import allocate_budget, appropriate_fund
from marketplace.ledger.queries import whole_statement
from marketplace.ledger.reports import period_statement, trial_balance_until
from marketplace.ledger.sheets import (
    Fen,
    csv_lines,
    csv_response,
    write_workbook,
    xlsx_response,
)
from tests.factories.ledger import fund_manager, give, image, make_fund
from tests.factories.organisations import make_person, make_union, make_upload, member_of
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db


def _moved(days=(1, 2, 2, 5), fen=10_000):
    """A fund of 1,000,000 fen, and a union given 10,000 on each of these days of March 2026."""
    manager = fund_manager()
    with clock.at(dt.datetime(2026, 2, 27, 4, tzinfo=dt.UTC)):
        fund = make_fund(1_000_000, manager=manager)
        union = make_union()
    for day in days:
        with clock.at(dt.datetime(2026, 3, day, 4, tzinfo=dt.UTC)):
            allocate_budget(fund, buyer=union, amount_fen=fen, reason="=1+1", actor=manager)
    return fund, union, Account.objects.get(code=accounts.fund_available(fund))


def test_a_period_opens_with_what_was_there_and_closes_with_what_is_left():
    _fund, _union, account = _moved()
    found = period_statement(account, dt.date(2026, 3, 2), dt.date(2026, 3, 4))
    assert (found.opening_fen, found.closing_fen) == (990_000, 970_000)
    assert (found.came_fen, found.out_fen) == (0, 20_000)
    assert [row.balance_fen for row in found.rows()] == [980_000, 970_000]
    assert [row.signed_fen for row in found.rows()] == [-10_000, -10_000]
    whole = period_statement(account)
    assert whole.opening_fen == 0
    assert whole.closing_fen == account.balance_fen == 960_000
    assert [row.balance_fen for row in whole.rows()][-1] == 960_000
    empty = period_statement(account, dt.date(2026, 3, 3), dt.date(2026, 3, 4))
    assert (list(empty.rows()), empty.opening_fen, empty.closing_fen) == ([], 970_000, 970_000)


def test_a_trial_balance_of_a_past_day_is_in_balance():
    fund, union, _account = _moved()
    theirs = accounts.buyer_available(fund, union)
    for day, given in ((dt.date(2026, 2, 28), None), (dt.date(2026, 3, 2), 30_000), (None, 40_000)):
        rows = {row.account.code: row for row in trial_balance_until(fund, day)}
        assert sum(row.came_fen for row in rows.values()) == sum(r.out_fen for r in rows.values())
        assert (rows[theirs].balance_fen if theirs in rows else None) == given


def test_a_statement_is_narrowed_on_its_page_at_the_same_cost():
    _fund, union, account = _moved()
    client = as_person(make_person("", Role.AUDITOR))
    url = reverse("ledger:account", args=[account.pk])
    page = client.get(url, {"since": "2026-03-02", "until": "2026-03-04"})
    assert [row.balance_fen for row in page.context["rows"]] == [980_000, 970_000]
    assert "¥9,900.00" in page.content.decode()
    assert len(client.get(url, {"since": "no day"}).context["rows"]) == 5
    assert client.get(url, {"until": "2026-02-01"}).context["rows"] == []
    costs = []
    for since in ("2026-03-05", "2026-03-01"):
        with CaptureQueriesContext(connection) as queries:
            client.get(url, {"since": since})
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 12
    theirs = Account.objects.get(organisation=union)
    keeper = as_person(member_of(union, MembershipRole.FINANCE))
    for ending in ("csv", "xlsx", "pdf"):
        own = reverse(f"ledger:statement_{ending}", args=[theirs.pk])
        answer = keeper.get(own)
        assert answer.status_code == 200
        assert answer.getvalue()  # read to its end: what is left open closes the connection, too
        assert (
            keeper.get(reverse(f"ledger:statement_{ending}", args=[account.pk])).status_code == 404
        )


def test_files_of_a_period_carry_its_balances_as_numbers():
    _fund, _union, account = _moved()
    client = as_person(make_person("", Role.OFFICER))
    days = {"since": "2026-03-02", "until": "2026-03-04"}
    body = client.get(reverse("ledger:statement_csv", args=[account.pk]), days).getvalue().decode()
    rows = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))
    assert [row[-1] for row in rows[1:]] == ["9900.00", "9800.00", "9700.00", "9700.00"]
    assert rows[2][5] == "'=1+1"
    sheet = client.get(reverse("ledger:statement_xlsx", args=[account.pk]), days).getvalue()
    cells = list(openpyxl.load_workbook(io.BytesIO(sheet)).active.iter_rows())
    assert [row[-1].value for row in cells[1:]] == [9900, 9800, 9700, 9700]
    assert (cells[2][5].value, cells[2][5].data_type) == ("=1+1", "s")
    assert cells[2][1].value == dt.datetime(2026, 3, 2)  # noqa: DTZ001  # cells know no zone
    assert cells[2][2].value == dt.datetime(2026, 3, 2, 12)  # noqa: DTZ001  # Shanghai's clock
    assert cells[2][9].value == 100
    whole = client.get(reverse("ledger:statement_xlsx", args=[account.pk])).getvalue()
    assert openpyxl.load_workbook(io.BytesIO(whole)).active.max_row == 6


def test_a_statement_on_paper_has_pages_balances_and_both_languages():
    fund, _union, account = _moved(days=[3] * 60)
    client = as_person(make_person("", Role.AUDITOR))
    days = {"since": "2026-03-01", "until": "2026-03-31"}
    body = client.get(reverse("ledger:statement_pdf", args=[account.pk]), days)
    assert body["Content-Type"] == "application/pdf"
    book = pypdf.PdfReader(io.BytesIO(body.content))
    assert len(book.pages) > 1
    first, last = (book.pages[at].extract_text() for at in (0, -1))
    for words in ("账户明细", "Statement of account", "期初余额", "¥10,000.00", "¥4,000.00"):
        assert words in first, words
    assert f"{len(book.pages)} / {len(book.pages)}" in last
    trial = client.get(reverse("ledger:trial_balance_pdf", args=[fund.code]))
    words = pypdf.PdfReader(io.BytesIO(trial.content)).pages[0].extract_text()
    for sign in ("试算平衡表", "Trial balance", "¥0.00"):
        assert sign in words


def test_a_paper_that_would_be_too_long_says_what_to_do(monkeypatch):
    _fund, _union, account = _moved()
    monkeypatch.setattr(paper, "LONGEST", 3)
    client = as_person(make_person("", Role.AUDITOR))
    page = client.get(reverse("ledger:statement_pdf", args=[account.pk]))
    assert page.status_code == 409
    assert "shorter time" in page.content.decode()


def test_sheets_take_huge_and_odd_values():
    rows = [
        ["a", "b"],
        [Fen(LARGEST_FEN), Fen(-1)],
        ["=cmd|' /C calc'!A0", "a\x00\x0bb\ud7ff"],
        ["+1", "长" * 40_000],
        [clock.now(), 2**53],
    ]
    file = io.BytesIO()
    write_workbook(file, rows)
    cells = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    assert cells[1] == (LARGEST_FEN / 100, -0.01)
    assert cells[2][0] == "=cmd|' /C calc'!A0"
    assert cells[2][1].startswith("ab")
    assert len(cells[3][1]) == 32_767
    assert cells[4][1] == 2**53
    text = "".join(csv_lines(rows))
    assert "90071992547409.92,-0.01" in text
    assert "'=cmd" in text
    assert "'+1" in text


def test_a_workbook_leaves_no_file_when_it_was_sent_or_broke_off(monkeypatch, tmp_path):
    made, opened = [], tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: made.append(opened()) or made[-1])

    def breaking(before):
        yield from before
        raise ConnectionError

    with contextlib.closing(xlsx_response("sent", [["a"], [1]])) as sent:
        next(iter(sent.streaming_content))  # the client goes away after the first piece
    for before in ([], [["a"]], [["a"], [1], ["=x"]]):
        with pytest.raises(ConnectionError):
            xlsx_response("broken", breaking(before))
    assert [file.closed for file in made] == [True] * 4
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def _the_connection_stays():
    """The end of a request may close the connection: here it is the test's own."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.mark.usefixtures("_the_connection_stays")
def test_a_client_that_goes_away_in_the_middle_leaves_nothing_open():
    _fund, _union, account = _moved()

    def open_at_server():
        if connection.vendor != "postgresql":
            return 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_cursors WHERE name LIKE '%django%'")
            return cursor.fetchone()[0]

    statement = period_statement(account, dt.date(2026, 3, 1))
    for rows, one in (
        (statement_rows(whole_statement(account)), 0),
        (period_rows(statement), connection.vendor == "postgresql"),
    ):
        answer = csv_response("x", rows)
        pieces = iter(answer.streaming_content)
        assert len([next(pieces) for _line in range(4)]) == 4
        assert open_at_server() == one
        del pieces
        answer.close()  # as the server does when nobody reads on
        assert list(rows) == []
        assert open_at_server() == 0


def test_an_appropriation_needs_its_resolution_and_carries_it():
    fund, manager = make_fund(), fund_manager()
    client = as_person(manager)
    url = reverse("ledger:appropriate_fund", args=[fund.code])
    before = image()
    page = client.post(url, {"amount_fen": "5", "reason": "依据"})
    assert list(page.context["form"].errors) == ["upload"]
    for bad in (make_upload("a.pdf", b""), make_upload("a.png", b"%PDF-1.7\n%test\n")):
        page = client.post(url, {"amount_fen": "5", "reason": "依据", "upload": bad})
        assert list(page.context["form"].errors) == ["upload"]
    picture = make_upload("决议.txt", "文字".encode())
    with pytest.raises(DomainError, match="PDF"), transaction.atomic():
        appropriate_fund(fund, amount_fen=5, reason="r", upload=picture, actor=manager)
    assert image() == before
    assert Document.objects.count() == 0
    page = client.post(
        url, {"amount_fen": "5", "reason": "依据", "upload": make_upload("决议.pdf")}
    )
    assert page.status_code == 302
    journal = Journal.objects.get(kind="appropriate")
    page = client.get(reverse("ledger:journal", args=[journal.pk]))
    [document] = page.context["papers"]
    assert (document.name, document.sha256) == ("决议.pdf", journal.facts["resolution"])
    assert document.get_absolute_url() in page.content.decode()
    assert client.get(document.get_absolute_url()).status_code == 200
    give(fund, 500, buyer := make_union())
    stranger = as_person(member_of(buyer, MembershipRole.FINANCE))
    assert stranger.get(document.get_absolute_url()).status_code == 404


def test_a_doubled_click_appropriates_once():
    fund, manager = make_fund(), fund_manager()
    for _click in range(2):
        appropriate_fund(
            fund, amount_fen=7, reason="r", upload=make_upload(), actor=manager, once="x"
        )
    assert Journal.objects.count() == 1
