"""Documents are stored once under their hash and handed out only to whoever may read them."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.documents import readers
from foundation.documents.models import Document
from foundation.documents.operations import keep_bytes, keep_document
from foundation.errors import DomainError
from tests.factories.people import person

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nhello"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner(monkeypatch):
    someone = person()
    monkeypatch.setitem(readers.READERS, "test", lambda reader, _doc: reader == someone)
    return someone


def upload(name="计划.pdf", data=PDF):
    return SimpleUploadedFile(name, data, content_type="text/html")


def test_a_document_is_known_by_its_hash_and_stored_once(owner):
    one = keep_document(upload(), purpose="test", actor=owner)
    two = keep_document(upload("b.pdf"), purpose="test", actor=owner)
    assert one.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (one.name, one.media_type, one.size) == ("计划.pdf", "application/pdf", len(PDF))
    assert one.file.name == two.file.name == f"documents/{one.sha256[:2]}/{one.sha256}"
    assert one.pk != two.pk
    folder = default_storage.listdir(f"documents/{one.sha256[:2]}")[1]  # other tests' files, too
    assert [name for name in folder if name.startswith(one.sha256)] == [one.sha256]


def test_an_unfit_file_is_refused_beside_its_field_and_nothing_is_kept(owner):
    with pytest.raises(DomainError, match="not what its name says") as refusal:
        keep_document(upload(data=b"<html>"), purpose="test", actor=owner, field="attachment")
    assert refusal.value.field == "attachment"
    assert Document.objects.count() == 0


def test_a_file_too_large_is_refused(owner, settings):
    settings.DOCUMENT_MAX_BYTES = 1024 * 1024
    with pytest.raises(DomainError, match="at most 1 MB"):
        keep_document(upload(data=b"%PDF-" + b"0" * 1024 * 1024), purpose="test", actor=owner)
    assert Document.objects.count() == 0


def test_it_is_handed_out_as_a_download_that_can_do_nothing(client, owner):
    kept = keep_document(upload(), purpose="test", actor=owner)
    client.force_login(owner)
    answer = client.get(kept.get_absolute_url())
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]


def test_whoever_may_not_read_it_finds_nothing(client, owner):
    kept = keep_document(upload(), purpose="test", actor=owner)
    assert client.get(kept.get_absolute_url()).status_code == 404
    client.force_login(person())
    assert client.get(kept.get_absolute_url()).status_code == 404


def test_a_purpose_nobody_speaks_for_is_read_by_nobody(client, owner):
    kept = keep_bytes("a.pdf", PDF, "application/pdf", "unknown", owner)
    client.force_login(owner)
    assert client.get(kept.get_absolute_url()).status_code == 404
