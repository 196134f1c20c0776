"""What an auditor can do alone: the sealed book and its checker, on a true file and on others."""

import hashlib
import json
import subprocess
import sys

import pytest
from django.urls import reverse

from foundation.people.models import Role
from foundation.seals.download import CHECKER
from foundation.seals.operations import seal
from marketplace.ledger.models import Transfer
from tests.factories.ledger import give, make_fund
from tests.factories.organisations import make_organisation, make_person, member_of
from tests.marketplace.ledger.test_verification import triggers_away
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A download of a book with two seals, the seals kept before, and the script, as served."""
    fund = make_fund(1000)
    give(fund, 300)
    seal("book")
    give(fund, 200)
    seal("book")
    client = as_person(make_person("", Role.AUDITOR))
    for name, url in (
        ("book.jsonl", reverse("ledger:sealed_book")),
        ("seals.csv", reverse("audit:seals_csv")),
    ):
        (tmp_path / name).write_bytes(b"".join(client.get(url).streaming_content))
    script = client.get(reverse("audit:check_seals"))
    (tmp_path / "check_seals.py").write_bytes(script.content)
    return tmp_path


def _check(folder, *names):
    command = [sys.executable, "-I", "check_seals.py", *names]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=30, check=False
    )
    return done.returncode, done.stdout


def _lines(folder):
    return (folder / "book.jsonl").read_text().splitlines(keepends=True)


def _write(folder, lines):
    (folder / "book.jsonl").write_text("".join(lines))


def test_a_true_download_holds(folder):
    status, said = _check(folder, "book.jsonl", "seals.csv")
    assert (status, said.splitlines()[1:]) == (0, ["Nothing was changed."])
    assert said.startswith("2 seals; the last one is ")
    assert len(_lines(folder)) == 3 + 2


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda ls: [ls[0].replace('"amount":1000', '"amount":1001'), *ls[1:]], "were changed"),
        (lambda ls: ls[1:], "1 rows are here, 2 were sealed"),
        (lambda ls: [ls[1], ls[0], *ls[2:]], "out of order"),
        (lambda ls: ls[:2] + ls[3:], "does not follow"),
        (lambda ls: ls[:4], "have no seal"),
        (lambda ls: ls[:3], "seals that you kept are missing"),
    ],
)
def test_a_changed_download_does_not(folder, change, fault):
    _write(folder, change(_lines(folder)))
    status, said = _check(folder, "book.jsonl", "seals.csv")
    assert status == 1
    assert fault in said


def test_rows_and_seals_written_anew_are_not_the_ones_that_were_kept(folder):
    lines = _lines(folder)
    lines[3] = lines[3].replace('"amount":200', '"amount":201')
    last = json.loads(lines[4])["seal"]
    text = f"{last['previous_sha256']}\n{lines[3]}"
    last["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    _write(folder, [*lines[:4], json.dumps({"seal": last}) + "\n"])
    assert _check(folder, "book.jsonl")[0] == 0
    status, said = _check(folder, "book.jsonl", "seals.csv")
    assert status == 1
    assert "seal 2 is not the one you kept" in said


def test_a_download_of_a_book_changed_by_its_database_s_owner_is_found(folder):
    with triggers_away("marketplace_transfer"):
        Transfer.objects.filter(pk=Transfer.objects.earliest("pk").pk).update(amount_fen=999)
    client = as_person(make_person("", Role.AUDITOR))
    parts = client.get(reverse("ledger:sealed_book")).streaming_content
    (folder / "book.jsonl").write_bytes(b"".join(parts))
    status, said = _check(folder, "book.jsonl")
    assert status == 1
    assert "seal 1: rows" in said


def test_the_script_is_short_and_stands_alone():
    source = CHECKER.read_text()
    assert len(source.splitlines()) <= 60
    assert "django" not in source


def test_the_sealed_book_is_for_those_who_read_the_book():
    stranger = as_person(member_of(make_organisation("social")))
    assert stranger.get(reverse("ledger:sealed_book")).status_code == 403
