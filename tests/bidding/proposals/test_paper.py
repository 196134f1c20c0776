"""Proposals on paper: the draft, what was handed in, the receipt; for whoever may read each."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from bidding.proposals.content import content_of
from bidding.proposals.models import Proposal
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import edit_proposal
from bidding.proposals.paper import facts_of
from foundation import clock
from foundation.permissions import SYSTEM
from tests.factories.organisations import make_buyer, make_officer, make_person
from tests.factories.proposals import after_closing, bidder_of, make_submitted, section_values

pytestmark = pytest.mark.django_db


def words_of(answer) -> str:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_draft_envelope_and_receipt_are_papers_for_their_organisation_and_after_the_opening_more():
    proposal = make_submitted(title="#let 题目甲乙丙")  # data, never markup
    bidder, envelope = bidder_of(proposal.organisation), proposal.submissions.get()
    values = section_values(proposal, "basics", title="后来改的题目")
    edit_proposal(proposal, section="basics", values=values, revision=8, actor=bidder)
    with translation.override("zh-hans"):
        draft = reverse("proposals:paper", args=[proposal.pk])
        handed_in = reverse("proposals:envelope_paper", args=[proposal.pk, 1])
        receipt = reverse("proposals:receipt_paper", args=[proposal.pk, 1])
    own = Client()
    own.force_login(bidder)
    assert "后来改的题目" in words_of(own.get(draft))
    assert envelope.sha256 not in words_of(own.get(draft))
    paper = words_of(own.get(handed_in))
    for said in ("#let题目甲乙丙", "李律师", "讲座10场", "¥45,000.00", envelope.receipt):
        assert said in paper
    assert "后来改的题目" not in paper
    small = words_of(own.get(receipt))
    assert envelope.receipt in small
    assert envelope.sha256 in small
    assert "题目" not in small

    others = {}
    for person in (make_officer(), make_buyer(), make_person("root", is_superuser=True)):
        others[person.name] = client = Client()
        client.force_login(person)
        assert [client.get(url).status_code for url in (draft, handed_in, receipt)] == [404] * 3
    with clock.at(after_closing(proposal.call)):
        open_envelopes(proposal.call, actor=SYSTEM)
    officer, *rest = others.values()
    assert "#let题目甲乙丙" in words_of(officer.get(draft))
    assert [officer.get(url).status_code for url in (handed_in, receipt)] == [200, 200]
    assert [client.get(draft).status_code for client in rest] == [404, 404]


def test_an_empty_draft_is_a_paper_too_and_says_what_it_is():
    proposal = make_submitted()
    empty = dict.fromkeys(content_of(proposal), "")
    lists = ("needs", "districts", "team", "budget", "milestones", "attachments")
    offer = empty | {name: [] for name in lists} | {"special": {}}
    facts = facts_of(Proposal.objects.get(), offer, None)
    assert facts["title"] == "—"
    assert facts["seal"] == []
    assert [part["title"] for part in facts["parts"]][-1] != ""
