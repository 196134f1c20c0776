"""Tampered with: one changed bit shuts one envelope, is told, and keeps nobody else's shut."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bidding.proposals.drafts import DraftDamaged, open_draft, seal_draft
from bidding.proposals.models import OpenedContent, Proposal, Submission
from bidding.proposals.opening import open_envelopes, open_when_due
from bidding.proposals.operations import attach_document, edit_proposal, submit_proposal
from bidding.proposals.queries import last_submissions, proposals_visible_to, public_receipts
from foundation import clock
from foundation.audit.models import Entry
from foundation.documents.models import Document
from foundation.errors import DomainError
from foundation.notifications.models import Notification
from foundation.permissions import SYSTEM
from tests.factories.organisations import make_officer
from tests.factories.proposals import (
    after_closing,
    bidder_of,
    line,
    make_draft,
    make_open_call,
    make_ready,
    make_submitted,
    section_values,
)
from tests.marketplace.ledger.test_verification import triggers_away

pytestmark = pytest.mark.django_db


def one_bit(data: bytes, place: int = -1) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1
    return bytes(changed)


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_one_bit_of_any_column_shuts_that_envelope_and_no_other():
    call = make_open_call()
    whole, *rest = [make_submitted(call) for _one in range(5)]
    columns = ("sealed", "key_for_call", "sha256", "receipt")
    with triggers_away("bidding_submission"):
        for proposal, column in zip(rest, columns, strict=True):
            value = getattr(proposal.submissions.get(), column)
            changed = "0" + value[1:] if column == "sha256" and value[0] != "0" else ""
            if column in ("sealed", "key_for_call"):
                changed = one_bit(bytes(value), 20)
            elif not changed:
                changed = value[:-1] + ("1" if value[-1] != "1" else "2")
            proposal.submissions.update(**{column: changed})
    with clock.at(after_closing(call)):
        open_envelopes(call, actor=SYSTEM)
        open_when_due(call=call.pk)
    states = dict(Proposal.objects.filter(call=call).values_list("pk", "state"))
    assert states == {whole.pk: "opened", **{proposal.pk: "damaged" for proposal in rest}}
    assert OpenedContent.objects.get().submission == whole.submissions.get()
    receipts = [proposal.submissions.get().receipt for proposal in rest]
    assert sorted(Entry.objects.get(action="open_envelopes").facts["damaged"]) == sorted(receipts)
    told = Notification.objects.filter(kind="envelope_damaged")
    assert sorted(row.facts["receipt"] for row in told) == sorted(receipts)
    assert Notification.objects.get(kind="envelopes_damaged").facts["envelopes"] == 4

    assert last_submissions(call).get().proposal == whole
    assert public_receipts(call.number).count() == 5
    officer = make_officer()
    assert list(proposals_visible_to(officer)) == [whole]
    page = enter(officer).get(reverse("proposals:opening", args=[call.number]))
    assert [row.receipt for row in page.context["damaged"]] == sorted(receipts)
    bidder = enter(bidder_of(rest[0].organisation))
    own = bidder.get(rest[0].get_absolute_url())
    assert rest[0].title in own.content.decode()
    assert own.context["may_edit"] is False
    listed = Client().get(reverse("proposals:receipts"), {"call": call.number}).content.decode()
    assert all(receipt in listed for receipt in receipts)
    assert whole.title not in listed


def test_an_envelope_put_into_another_place_does_not_open():
    call = make_open_call()
    one, other = make_submitted(call), make_submitted(call)
    mine, theirs = one.submissions.get(), other.submissions.get()
    with triggers_away("bidding_submission"):
        columns = ("sealed", "key_for_call", "key_for_organisation", "sha256")
        one.submissions.update(**{name: getattr(theirs, name) for name in columns})
    with clock.at(after_closing(call)):
        open_envelopes(call, actor=SYSTEM)
    states = dict(Proposal.objects.filter(call=call).values_list("pk", "state"))
    assert states == {one.pk: "damaged", other.pk: "opened"}
    assert mine.sha256 != theirs.sha256


def test_a_damaged_draft_is_said_on_its_page_and_does_not_empty_the_list():
    proposal = make_ready(title="好草稿")
    Proposal.objects.filter(pk=proposal.pk).update(sealed=one_bit(bytes(proposal.sealed)))
    client = enter(bidder_of(proposal.organisation))
    assert client.get(proposal.get_absolute_url()).status_code == 409
    assert client.get(reverse("proposals:check", args=[proposal.pk])).status_code == 409
    desk = client.get(reverse("proposals:desk"))
    assert (desk.status_code, len(desk.context["page"].object_list)) == (200, 1)
    assert client.get(reverse("desk:home")).status_code == 200
    with pytest.raises(DraftDamaged):
        submit_proposal(proposal, actor=bidder_of(proposal.organisation))
    assert not Submission.objects.exists()


def test_an_old_draft_laid_in_place_of_the_new_one_does_not_open():
    proposal = make_draft(title="旧")
    old = Proposal.objects.get()
    edit_proposal(
        proposal,
        section="plan",
        values=section_values(proposal, "plan"),
        revision=1,
        actor=bidder_of(proposal.organisation),
    )
    Proposal.objects.update(sealed=old.sealed, sealed_key=old.sealed_key)
    with pytest.raises(DraftDamaged):
        open_draft(Proposal.objects.get())


def test_a_damaged_file_is_refused_with_a_sentence_before_and_after_the_opening():
    proposal = make_ready()
    actor = bidder_of(proposal.organisation)
    upload = SimpleUploadedFile("a.txt", "证书".encode())
    attach_document(proposal, upload=upload, label="证书", actor=actor)
    submit_proposal(proposal, actor=actor)
    document = Document.objects.get(purpose="proposal_attachment")
    with default_storage.open(document.file.name, "rb") as file:
        kept = file.read()
    default_storage.delete(document.file.name)
    default_storage.save(document.file.name, ContentFile(one_bit(kept)))
    url = reverse("documents:document", args=[document.uuid])
    assert enter(actor).get(url).status_code == 409
    with clock.at(after_closing(proposal.call)):
        open_envelopes(proposal.call, actor=SYSTEM)
    assert enter(make_officer()).get(url).status_code == 409
    assert Proposal.objects.get().state == "opened"


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("basics", {"title": "题" * 121}),
        ("basics", {"title": "有\x00字"}),
        ("plan", {"goals": "半个字\ud800"}),
        ("plan", {"risks": "险" * 20_001}),
        ("people", {"headcount": -1}),
        ("people", {"headcount": 10**19}),
        ("team", {"team": [{"name": "人" * 61, "duty": "主讲", "certificate": ""}]}),
        ("budget", {"budget": [line(1, quantity=0)]}),
        ("budget", {"budget": [line(1, group="gifts")]}),
        ("budget", {"budget": [line(10**19)]}),
    ],
)
def test_what_could_not_be_opened_one_day_is_refused_when_it_is_written(section, values):
    proposal = make_draft()
    with pytest.raises(DomainError):
        edit_proposal(
            proposal,
            section=section,
            values=section_values(proposal, section, **values),
            revision=1,
            actor=bidder_of(proposal.organisation),
        )
    assert Proposal.objects.get().revision == 1


def test_what_a_sealed_row_must_not_tell_the_database_refuses():
    proposal = make_draft(title="题目")
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(special={"a": 1})
    seal_draft(proposal, {"title": "x"}, {})
    assert len(proposal.sealed) % 4096 == 12 + 16


def test_what_exactly_was_handed_in_is_a_file_whose_sum_is_on_the_receipt():
    proposal = make_submitted()
    envelope = proposal.submissions.get()
    url = reverse("proposals:envelope", args=[proposal.pk, 1])
    own = enter(bidder_of(proposal.organisation)).get(url)
    assert hashlib.sha256(own.content).hexdigest() == envelope.sha256
    officer = enter(make_officer())
    assert officer.get(url).status_code == 404
    with clock.at(after_closing(proposal.call)):
        open_envelopes(proposal.call, actor=SYSTEM)
    assert officer.get(url).content == own.content
