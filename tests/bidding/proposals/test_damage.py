"""A damaged envelope opens after all, by its fingerprint; nothing else is slipped in."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bidding.evaluation.models import Panel
from bidding.proposals.content import content_of
from bidding.proposals.damage import open_damaged_envelope
from bidding.proposals.envelopes import read_own_envelope
from bidding.proposals.models import OpenedContent, Proposal
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import attach_document, submit_proposal
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.permissions import SYSTEM
from foundation.seals.chain import canonical
from tests.bidding.proposals.test_tampering import one_bit
from tests.factories.organisations import make_officer
from tests.factories.proposals import after_closing, bidder_of, make_open_call, make_ready
from tests.marketplace.ledger.test_verification import triggers_away

pytestmark = pytest.mark.django_db


def damaged(*columns: str) -> list[Proposal]:
    """One proposal with a file for each column, opened after a bit of the column was changed."""
    call, proposals = make_open_call(), []
    for _column in columns:
        proposal = make_ready(call)
        bidder = bidder_of(proposal.organisation)
        upload = SimpleUploadedFile("a.txt", "证书".encode())
        attach_document(proposal, upload=upload, label="证书", actor=bidder)
        submit_proposal(proposal, actor=bidder)
        proposals.append(proposal)
    proposal.kept = canonical(read_own_envelope(proposal.submissions.get())).encode()
    with triggers_away("bidding_submission"):
        for proposal, column in zip(proposals, columns, strict=True):
            value = getattr(proposal.submissions.get(), column)
            changed = "0" * 64 if column == "sha256" else one_bit(bytes(value), 20)
            proposal.submissions.update(**{column: changed})
    with clock.at(after_closing(call)):
        open_envelopes(call, actor=SYSTEM)
    assert {*call.proposals.values_list("state", flat=True)} == {"damaged"}
    return proposals


def test_where_its_own_key_still_opens_it_the_organisation_needs_nothing():
    proposals = damaged("key_for_call", "sha256")
    for proposal in proposals:
        open_damaged_envelope(proposal, actor=bidder_of(proposal.organisation))
        opened = Proposal.objects.get(pk=proposal.pk)
        assert (opened.state, opened.title) == ("opened", proposal.title)
        said = OpenedContent.objects.get(submission__proposal=proposal).content
        assert {**content_of(opened), "salt": said["salt"]} == said
        entry = Entry.objects.get(action="open_damaged_envelope", subject_id=str(proposal.pk))
        assert (entry.facts["source"], entry.facts["files_lost"]) == ("platform", 0)
    assert Notification.objects.filter(kind="damaged_envelope_opened").count() == len(proposals)
    client = Client()
    client.force_login(make_officer())
    file = opened.attachments.get().document
    answer = client.get(reverse("documents:document", args=[file.uuid]))
    assert b"".join(answer).decode() == "证书"


def test_else_by_the_copy_it_kept_and_by_nothing_else_and_only_until_the_judges_are_drawn():
    (proposal,) = damaged("sealed")
    client = Client()
    client.force_login(bidder_of(proposal.organisation))
    url = reverse("proposals:open_damaged_envelope", args=[proposal.pk])
    assert url in client.get(proposal.get_absolute_url()).content.decode()
    other = {**json.loads(proposal.kept), "goals": "讲座11场"}
    for copy in (None, b"", b"\xff", b"[" * 100_000, b"[]", canonical(other).encode()):
        data = {} if copy is None else {"copy": SimpleUploadedFile("copy.json", copy)}
        page = client.post(url, data)
        assert page.status_code == 200
        assert list(page.context["form"].errors) == ["copy"]
    with pytest.raises(Forbidden):
        open_damaged_envelope(proposal, actor=make_officer())
    big = SimpleUploadedFile("copy.json", b" " * 2_100_000 + proposal.kept)
    with pytest.raises(DomainError):
        open_damaged_envelope(proposal, copy=big, actor=bidder_of(proposal.organisation))
    assert Proposal.objects.get().state == "damaged"
    assert not OpenedContent.objects.exists()

    panel = Panel.objects.create(
        call=proposal.call, seed="0", inputs={}, drawn_by=make_officer(), drawn_at=clock.now()
    )
    with pytest.raises(WrongState, match=r"drawn|抽"):
        open_damaged_envelope(proposal, actor=bidder_of(proposal.organisation))
    panel.delete()

    assert client.post(url, {"copy": io.BytesIO(proposal.kept)}).status_code == 302
    opened = Proposal.objects.get()
    assert (opened.state, opened.goals) == ("opened", "讲座10场")
    assert opened.attachments.get().document.name == "a.txt"
    assert Entry.objects.get(action="open_damaged_envelope").facts["source"] == "copy"
    assert client.get(url).status_code == 302
