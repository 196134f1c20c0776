"""At rest: the whole database and every stored file tell nothing of an offer before its opening."""

from __future__ import annotations

import logging

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bidding.proposals.models import Proposal, Submission
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import (
    attach_document,
    detach_document,
    edit_proposal,
    submit_proposal,
)
from foundation import clock
from foundation.documents.models import Document
from foundation.due.models import DueEvent
from foundation.permissions import SYSTEM
from tests.factories.dumps import dump_of_database, dump_of_files, told
from tests.factories.organisations import make_officer
from tests.factories.proposals import (
    DAY,
    after_closing,
    bidder_of,
    line,
    make_draft,
    make_open_call,
    section_values,
)

pytestmark = pytest.mark.django_db

PLACES = (
    *("title", "summary", "audience", "goals", "plan", "risks", "sustainability", "special"),
    *("member", "duty", "certificate", "item", "unit", "milestone", "measure"),
    *("label", "file", "words"),
)


def words_of(kind: str) -> dict[str, str]:
    """A marker nobody else writes, for each place of an offer."""
    signs = {"draft": "稿", "handed": "标", "changed": "改"}[kind]
    return {name: f"密{signs}壹贰叁{name}肆伍" for name in PLACES}


PRICES = {"draft": 7_310_203, "handed": 7_410_305, "changed": 7_510_407}
HEADS = {"draft": 7_654_301, "handed": 7_654_303, "changed": 7_654_307}


def fill_in(proposal: Proposal, kind: str, *, attach: bool = True) -> Proposal:
    """Write the markers into every section, through the operations."""
    words, actor = words_of(kind), bidder_of(proposal.organisation)
    begin = clock.today() + 60 * DAY
    sections = {
        "basics": {"title": words["title"], "summary": words["summary"]},
        "people": {"audience": words["audience"], "headcount": HEADS[kind]},
        "plan": {name: words[name] for name in ("goals", "plan", "risks", "sustainability")},
        "milestones": {
            "milestones": [
                {
                    "title": words["milestone"],
                    "due_on": begin + 9 * DAY,
                    "measure": words["measure"],
                }
            ]
        },
        "team": {
            "team": [
                {
                    "name": words["member"],
                    "duty": words["duty"],
                    "certificate": words["certificate"],
                }
            ]
        },
        "budget": {"budget": [line(PRICES[kind], item=words["item"], unit=words["unit"])]},
        "special": {"special": {"lawyer_licences": words["special"]}},
    }
    for section, values in sections.items():
        proposal = edit_proposal(
            proposal,
            section=section,
            values=section_values(proposal, section, **values),
            revision=proposal.revision,
            actor=actor,
        )
    if attach:
        upload = SimpleUploadedFile(f"{words['file']}.txt", words["words"].encode() * 40)
        attach_document(proposal, upload=upload, label=words["label"], actor=actor)
    return Proposal.objects.get(pk=proposal.pk)


def markers(kind: str) -> list[str]:
    return [*words_of(kind).values(), str(PRICES[kind]), str(HEADS[kind])]


@pytest.fixture
def scene():
    """A draft, and a proposal that was handed in, then changed and not handed in again."""
    call = make_open_call()
    fill_in(make_draft(call, title=words_of("draft")["title"]), "draft")
    proposal = fill_in(make_draft(call, title=words_of("handed")["title"]), "handed")
    submit_proposal(proposal, actor=bidder_of(proposal.organisation))
    fill_in(proposal, "changed", attach=False)
    return Proposal.objects.get(pk=proposal.pk)


def test_neither_database_nor_files_nor_logs_nor_letters_tell_anything_before_the_opening(
    scene, caplog
):
    every = markers("draft") + markers("handed") + markers("changed")
    bidder = bidder_of(scene.organisation)
    with caplog.at_level(logging.DEBUG):
        client = Client()
        client.force_login(bidder)
        page = client.get(scene.get_absolute_url()).content.decode()
        client.get(reverse("proposals:desk"))
        client.post(
            reverse("proposals:edit_proposal", args=[scene.pk, "plan"]),
            {"revision": 1, "goals": words_of("changed")["goals"]},
        )
    assert words_of("changed")["title"] in page
    assert told(caplog.text.encode(), every) == []
    assert told(dump_of_database(), every) == []
    assert told(dump_of_files(), every) == []
    assert told(str([letter.message() for letter in mail.outbox]).encode(), every) == []

    with clock.at(after_closing(scene.call)):
        open_envelopes(scene.call, actor=SYSTEM)
    dump = dump_of_database()
    assert told(dump, markers("draft") + markers("changed")) == []
    # the same dump finds everything of the envelope that was opened; its file's words are read
    # with the key the row now holds, and its sum is in the rows
    in_file = words_of("handed")["words"]
    assert told(dump, markers("handed")) == [m for m in markers("handed") if m != in_file]
    document = Submission.objects.get().content["attachments"][0]["document"]
    officer = Client()
    officer.force_login(make_officer())
    read = officer.get(reverse("documents:document", args=[document]))
    assert b"".join(read) == in_file.encode() * 40
    assert Document.objects.filter(is_sealed=True).exclude(key=b"").count() == 1


def test_what_the_organisation_put_into_a_sealed_file_comes_back_whole(scene):
    client = Client()
    client.force_login(bidder_of(scene.organisation))
    attachment = scene.attachments.get()
    url = reverse("documents:document", args=[attachment.document.uuid])
    answer = client.get(url)
    assert b"".join(answer) == words_of("handed")["words"].encode() * 40
    assert answer["Content-Type"] == "text/plain"
    assert int(answer["Content-Length"]) == len(words_of("handed")["words"].encode()) * 40
    row = Document.objects.get(pk=attachment.document_id)
    assert (row.name, row.media_type, bytes(row.key)) == ("", "", b"")
    detach_document(attachment, actor=bidder_of(scene.organisation))
    assert client.get(url).status_code == 404


def test_no_due_event_carries_anything_of_a_proposal(scene):
    assert {key for event in DueEvent.objects.all() for key in event.facts} <= {"call"}
