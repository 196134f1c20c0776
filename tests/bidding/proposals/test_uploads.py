"""What a proposal's own attachment page takes and refuses: too large, many pages, a bomb."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bidding.calls.models import Call
from bidding.proposals.models import Proposal
from bidding.proposals.operations import submit_proposal
from foundation.audit.models import Entry
from foundation.documents.models import Document
from foundation.documents.operations import SENTENCES
from tests.factories.dumps import dump_of_files
from tests.factories.proposals import bidder_of, make_ready, stored

pytestmark = pytest.mark.django_db

MB = 1024 * 1024


class Stream(io.RawIOBase):
    """A body of zeros between two ends, as it comes in from outside: never whole in memory."""

    def __init__(self, head: bytes, zeros: int, tail: bytes) -> None:
        self.parts, self.zeros, self.tail = io.BytesIO(head), zeros, tail
        self.length = len(head) + zeros + len(tail)

    def read(self, size: int = -1) -> bytes:
        assert size > 0
        if got := self.parts.read(size):
            return got
        if self.zeros:
            got = bytes(min(size, self.zeros))
            self.zeros -= len(got)
            return got
        self.parts, self.tail = io.BytesIO(self.tail), b""
        return self.parts.read(size)


@pytest.fixture
def scene() -> tuple[Proposal, Client, str]:
    """A draft, its organisation signed in, and the English page of its attachments."""
    proposal = make_ready()
    client = Client()
    client.force_login(bidder_of(proposal.organisation))
    with translation.override("en"):
        return proposal, client, reverse("proposals:attachments", args=[proposal.pk])


def what_stands(proposal: Proposal) -> tuple[Any, ...]:
    row = Proposal.objects.get(pk=proposal.pk)
    told = Entry.objects.filter(action="attach_document").count()
    return row.revision, bytes(row.sealed), Document.objects.count(), dump_of_files(), told


def refused(page: Any) -> list[str]:
    assert page.status_code == 200
    return list(page.context["form"].errors["upload"])


def test_200_mb_are_refused_with_a_sentence_and_a_zip_bomb_too_and_nothing_changed(scene):
    proposal, client, url = scene
    before = what_stands(proposal)
    part = 'Content-Disposition: form-data; name="{}"'
    head = "\r\n".join(
        [
            *("--edge", part.format("label"), "", "计划"),
            *("--edge", part.format("upload") + '; filename="plan.pdf"', "", "%PDF-1.7\n"),
        ]
    )
    body = Stream(head.encode(), 200 * MB, b"\r\n--edge--\r\n")
    page = client.post(
        url,
        **{
            "wsgi.input": body,
            "CONTENT_LENGTH": str(body.length),
            "CONTENT_TYPE": "multipart/form-data; boundary=edge",
        },
    )
    assert refused(page) == ["This file is too large: at most 20 MB."]
    assert page.context["form"]["label"].value() == "计划"

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("证书.txt", bytes(20 * MB))
    upload = SimpleUploadedFile("certificates.zip", packed.getvalue())
    page = client.post(url, {"label": "证书", "upload": upload})
    assert refused(page) == [str(SENTENCES["bomb"])]
    assert what_stands(proposal) == before


def test_300_pages_are_refused_with_a_sentence_unless_the_call_says_otherwise(scene):
    proposal, client, url = scene
    before = what_stands(proposal)
    paper = typst.compile(b"#for n in range(300) [Page #n #pagebreak(weak: true)]", format="pdf")
    for content, said in (
        (paper, "This file has 300 pages; at most 200 are taken. Hand in what matters."),
        (paper[:2000], SENTENCES["uncountable"]),
    ):
        upload = SimpleUploadedFile("300 pages.pdf", content)
        assert refused(client.post(url, {"label": "Everything", "upload": upload})) == [str(said)]
    assert what_stands(proposal) == before

    Call.objects.update(attachment_pages=None)
    upload = SimpleUploadedFile("300 pages.pdf", paper)
    assert client.post(url, {"label": "Everything", "upload": upload}).status_code == 302
    (attachment,) = stored(proposal.pk).attachments.all()
    assert (attachment.document.name, attachment.document.size) == ("300 pages.pdf", len(paper))
    answer = client.get(reverse("documents:document", args=[attachment.document.uuid]))
    assert b"".join(answer) == paper
    assert submit_proposal(proposal, actor=bidder_of(proposal.organisation)).version == 1
