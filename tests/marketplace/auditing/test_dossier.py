"""The dossier: whole, the same for the same state, read back with its fingerprints."""

import hashlib
import io
import json
import zipfile
from pathlib import PurePosixPath

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.documents.models import Document
from foundation.errors import Forbidden
from foundation.people.models import Role
from marketplace.auditing.archive import Piece, packed, portable
from marketplace.auditing.dossier import archive_of, make_dossier
from marketplace.auditing.models import Reading
from marketplace.auditing.operations import answer_finding
from tests.factories.auditing import auditor, make_finding
from tests.factories.deals import make_project, make_world, pay_all, signatory_of
from tests.factories.people import officer, person
from tests.marketplace.auditing.test_readings import evidence
from tests.marketplace.money_pages import as_person
from tests.scenes import scene

pytestmark = pytest.mark.django_db

HOSTILE = (
    "../../etc/passwd",
    "C:\\windows\\x.exe",
    "a\u202egnp.pdf",
    "\x00",
    "..",
    "=cmd|x",
    "a" * 300,
)


@scene
def project():
    project = make_project(make_world())
    pay_all(project.agreement)
    evidence(project)
    return project


def archive(project, who):
    return b"".join(archive_of(project, make_dossier(project, actor=who)))


def opened(data):
    return zipfile.ZipFile(io.BytesIO(data))


def test_every_file_is_what_manifest_and_sums_say(project):
    finding = make_finding(project)
    answer_finding(finding, text="改了", actor=signatory_of(project.organisation))
    inside = opened(archive(project, auditor()))
    assert inside.testzip() is None
    manifest = json.loads(inside.read("manifest.json"))
    names = [one["path"] for one in manifest["files"]]
    assert [*names, "manifest.json", "SHA256SUMS"] == inside.namelist()
    assert len(set(names)) == len(names)
    sums = dict(
        line.split("  ", 1)[::-1] for line in inside.read("SHA256SUMS").decode().splitlines()
    )
    for one in manifest["files"]:
        body = inside.read(one["path"])
        assert hashlib.sha256(body).hexdigest() == one["sha256"] == sums[one["path"]]
        assert (len(body), "expected_sha256" in one) == (one["size"], False)
    assert manifest["missing"] == []
    for name in (
        "01-call/call.json",
        "02-proposal/envelope-1.json",
        "03-screening/screenings.json",
        "04-evaluation/ranking.json",
        "05-award/award.json",
        "06-agreement/agreement.json",
        "07-delivery/project.json",
        "07-delivery/evidence/01-签到表.pdf",
        "08-money/payables.csv",
        "08-money/payouts.csv",
        "08-money/journals.csv",
        "09-trail/trail.csv",
        "09-trail/trail.json",
        "index.html",
    ):
        assert name in names
    assert any(name.startswith("06-agreement/01-") for name in names)
    assert json.loads(inside.read("09-trail/findings.json"))[0]["answers"][0]["text"] == "改了"


def test_fixed_texts_have_the_fingerprints_that_were_published(project):
    inside = opened(archive(project, auditor()))
    proposal = project.agreement.award.proposal
    sha256 = proposal.submissions.get().sha256
    assert hashlib.sha256(inside.read("02-proposal/envelope-1.json")).hexdigest() == sha256
    ranking = proposal.place.ranking
    assert hashlib.sha256(inside.read("04-evaluation/ranking.json")).hexdigest() == ranking.sha256
    notice = project.agreement.award.notice
    body = inside.read(f"05-award/notice-{notice.number}.json")
    assert hashlib.sha256(body).hexdigest() == notice.sha256


def test_the_money_is_there_from_the_reservation_to_the_payout(project):
    inside = opened(archive(project, auditor()))
    rows = inside.read("08-money/journals.csv").decode()
    for kind in ("reserved for an award", "bound by an agreement", "owed for delivery", "paid out"):
        assert kind in rows
    payouts = inside.read("08-money/payouts.csv").decode()
    assert "3445" in payouts
    assert "6222020200112233445" not in payouts


def test_the_same_state_makes_the_same_bytes_and_a_change_others(project):
    who = auditor()
    first = archive(project, who)
    assert archive(project, auditor("另一位")) == first
    make_finding(project)
    assert archive(project, who) != first


def test_its_making_is_recorded_and_only_auditors_make_it(project):
    who = auditor()
    before = Entry.objects.count()
    for actor in (officer(), person(Role.ADMINISTRATOR), signatory_of(project.organisation)):
        with pytest.raises(Forbidden):
            make_dossier(project, actor=actor)
        url = reverse("auditing:make_dossier", args=[project.pk])
        assert as_person(actor).post(url).status_code == 403
    assert Entry.objects.count() == before
    client = as_person(who)
    response = client.post(reverse("auditing:make_dossier", args=[project.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="{project.number}.zip"'
    assert opened(b"".join(response.streaming_content)).testzip() is None
    entry = Entry.objects.get(action="make_dossier")
    assert (entry.actor, entry.subject_id) == (who, str(project.pk))
    assert Reading.objects.get().kind == "dossier"
    assert client.get(reverse("auditing:make_dossier", args=[project.pk])).status_code == 405


def test_hostile_names_stay_inside_the_folder_and_apart(project):
    for name in HOSTILE:
        if "\x00" in name and connection.vendor == "postgresql":
            continue  # which cannot even keep it
        paper = evidence(project)
        Document.objects.filter(pk=paper.pk).update(name=name[:200])
    inside = opened(archive(project, auditor()))
    names = inside.namelist()
    assert len(set(names)) == len(names)
    for name in names:
        path = PurePosixPath(name)
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert "\\" not in name
        assert "\x00" not in name
        assert "\u202e" not in name
        assert max(len(part.encode()) for part in path.parts) < 256
    assert inside.testzip() is None


@pytest.mark.parametrize("name", HOSTILE)
def test_a_portable_name_is_one_part_and_not_empty(name):
    plain = portable(name)
    assert plain
    assert plain not in {".", ".."}
    assert PurePosixPath(plain).name == plain


def test_formulas_are_words_in_the_tables(project):
    payable = project.agreement.tranches.first()
    assert payable is not None
    from marketplace.payments.models import Payable

    Payable.objects.filter(reference=f"tranche:{payable.pk}").update(title="=1+1")
    rows = opened(archive(project, auditor())).read("08-money/payables.csv").decode()
    assert "'=1+1" in rows


def test_a_file_that_is_gone_or_was_changed_is_said(project):
    paper = evidence(project, name="丢失.pdf")
    Document.objects.filter(pk=paper.pk).update(file="documents/00/none", sha256="0" * 64)
    changed = project.agreement.document
    path = default_storage.save("documents/xx/changed", io.BytesIO(b"other"))
    Document.objects.filter(pk=changed.pk).update(file=path)
    inside = opened(archive(project, auditor()))
    manifest = json.loads(inside.read("manifest.json"))
    assert [one["sha256"] for one in manifest["missing"]] == ["0" * 64]
    (other,) = [one for one in manifest["files"] if "expected_sha256" in one]
    assert other["expected_sha256"] == changed.sha256
    index = inside.read("index.html").decode()
    assert "Files that are gone" in index
    assert "This is not what was kept" in index


def test_pieces_are_sent_as_they_are_packed():
    asked = []

    def source(number):
        def opens():
            asked.append(number)
            return io.BytesIO(bytes([number]) * 200_000)

        return Piece(f"{number}.bin", "", opens=opens)

    blocks = packed([source(1), source(2)])
    next(blocks)
    assert asked == [1]
    rest = b"".join(blocks)
    assert asked == [1, 2]
    assert rest
