"""A draft begun from an earlier proposal: what is carried, and in words what is not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bidding.calls.models import Call
from bidding.proposals.checks import faults_of
from bidding.proposals.content import content_of, empty_offer
from bidding.proposals.models import Proposal
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import attach_document, draft_proposal, edit_proposal
from bidding.proposals.reuse import carried, sentences_of
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import DomainError
from foundation.permissions import SYSTEM
from tests.factories.organisations import make_social
from tests.factories.proposals import (
    DAY,
    after_closing,
    bidder_of,
    make_draft,
    make_open_call,
    make_ready,
    make_submitted,
    section_values,
    stored,
)


def test_what_does_not_fit_is_left_out_and_what_is_planned_moves_with_the_closing():
    was = empty_offer("旧") | {
        "needs": [1, 2, 3],
        "special": {"lawyer_licences": "3101", "venue": "", "safety": "有"},
        "starts_on": "2025-02-27",
        "ends_on": "2025-12-01",
        "milestones": [{"title": "中期", "due_on": "2025-06-30", "measure": "5场"}],
        "attachments": [{"label": "", "name": "a.pdf", "document": "u", "sha256": "s"}],
        "budget": [{"item": "讲座"}],
    }
    offer, left_out = carried(was, needs={2, 9}, special={"venue"}, days=365)
    assert offer == was | {
        "needs": [2],
        "special": {"venue": ""},
        "starts_on": "2026-02-27",
        "ends_on": "2026-12-01",
        "milestones": [{"title": "中期", "due_on": "2026-06-30", "measure": "5场"}],
        "attachments": [],
    }
    with translation.override("en"):
        assert sentences_of({"left_out": left_out}) == [
            "2 needs are left out: this call does not ask for them.",
            "Left out, as this category does not ask for it: lawyers' licences、safety of those "
            "served.",
            "Attachments are left out; attach them as they are now: a.pdf.",
            "Period and milestones were moved 365 days on, as far as this call closes later.",
        ]
    assert carried(empty_offer("空"), needs=(), special=(), days=3) == (empty_offer("空"), [])


@pytest.mark.django_db
@pytest.mark.parametrize("opened", [False, True])
def test_an_organisation_begins_from_a_proposal_of_its_own_sealed_or_opened(opened):
    earlier = make_ready(title="旧题目")
    organisation, bidder = earlier.organisation, bidder_of(earlier.organisation)
    upload = SimpleUploadedFile("a.txt", "证书".encode())
    attach_document(earlier, upload=upload, label="证书", actor=bidder)
    if opened:
        earlier = make_submitted(earlier.call, make_social())
        organisation, bidder = earlier.organisation, bidder_of(earlier.organisation)
        with clock.at(after_closing(earlier.call)):
            open_envelopes(earlier.call, actor=SYSTEM)
    closes_at = earlier.call.closes_at + 10 * DAY
    call = make_open_call("legal-aid", "life-care", closes_at=closes_at)
    client = Client()
    client.force_login(bidder)
    with translation.override("zh-hans"):
        url, desk = (
            reverse("proposals:draft_proposal", args=[call.number]),
            reverse("proposals:desk"),
        )
        begin, again = f"{url}?from={earlier.pk}", f"{desk}?again={earlier.pk}"
        page = client.get(Proposal.objects.get(pk=earlier.pk).get_absolute_url())
    assert again in page.content.decode()
    assert begin in client.get(again).content.decode()
    for address in (f"{desk}?again=²", f"{url}?from=²"):
        assert client.get(address).status_code == 200
    form = client.get(begin).context["form"]
    assert form["earlier"].value() == earlier.pk
    assert form["lot"].value() == call.lots.get(category="legal-aid").pk
    typed = {
        "organisation": organisation.pk,
        "lot": call.lots.get(category="legal-aid").pk,
        "earlier": earlier.pk,
        "title": "",
    }
    assert client.post(url, typed).status_code == 302

    draft = stored(Proposal.objects.get(call=call).pk)
    then, now = content_of(stored(earlier.pk)), content_of(draft)
    same = ("title", "summary", "audience", "headcount", "districts", "goals", "plan", "risks")
    same += ("sustainability", "special", "least_fen", "team", "budget")
    assert {name: now[name] for name in same} == {name: then[name] for name in same}
    assert now["starts_on"] == (draft.starts_on).isoformat()
    assert dt.date.fromisoformat(then["starts_on"]) + 10 * DAY == draft.starts_on
    assert now["attachments"] == []
    assert faults_of(draft) == []
    shown = client.get(draft.get_absolute_url())
    assert shown.context["origin"]["title"] == then["title"]
    assert len(shown.context["left_out"]) == (1 if opened else 2)
    assert [section["begun"] for section in shown.context["sections"]] == [
        *[True] * 5,
        False,
        True,
        True,
        False,
    ]
    facts = Entry.objects.get(action="draft_proposal", subject_id=str(draft.pk)).facts
    assert facts == {"call": call.number, "earlier": f"#{earlier.pk}"}
    # what was left out is still said after a section was written
    edited = edit_proposal(
        draft, section="plan", values=section_values(draft, "plan"), revision=1, actor=bidder
    )
    assert client.get(edited.get_absolute_url()).context["left_out"]


@pytest.mark.django_db
def test_nobody_begins_from_anothers_proposal_nor_from_one_of_the_same_call():
    theirs = make_submitted()
    mine = make_draft(theirs.call, title="我的")
    call, organisation = make_open_call(), mine.organisation
    bidder = bidder_of(organisation)
    client = Client()
    client.force_login(bidder)
    with translation.override("en"):
        url = reverse("proposals:draft_proposal", args=[call.number])
    assert list(client.get(url).context["form"].offered) == [str(mine.pk)]
    lot = call.lots.get()
    typed = {"organisation": organisation.pk, "lot": lot.pk, "title": "新"}
    page = client.post(url, typed | {"earlier": theirs.pk})
    assert list(page.context["form"].errors) == ["earlier"]
    page = client.post(url, typed | {"title": ""})
    assert page.context["form"].errors == {"title": ["This field is required."]}
    with pytest.raises(DomainError) as refused:
        draft_proposal(
            call, lot=lot, organisation=organisation, title="新", earlier=theirs, actor=bidder
        )
    assert refused.value.field == "earlier"
    assert Call.objects.get(pk=call.pk).proposals.count() == 0
    assert client.get(f"{reverse('proposals:desk')}?again={theirs.pk}").context["again"] is None
    newcomer = Client()
    newcomer.force_login(bidder_of(make_social()))
    assert "earlier" not in newcomer.get(url).context["form"].fields
