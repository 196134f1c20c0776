"""Judging without names: who is told what before, and who may judge."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bidding.calls.models import Call
from bidding.calls.operations import edit_call
from bidding.evaluation.blind_models import BlindCopy
from bidding.evaluation.models import Conflict, Panel
from bidding.evaluation.operations import (
    begin_scoring,
    hide_word,
)
from bidding.proposals.models import Proposal
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import submit_proposal
from bidding.proposals.partners import (
    ask_partner,
    confirm_partner,
    refuse_partner,
)
from bidding.proposals.redaction import HIDDEN
from foundation import clock
from foundation.errors import DomainError, WrongState
from foundation.organisations.models import MembershipRole
from foundation.permissions import SYSTEM
from tests.at_once import at_once
from tests.factories.calls import make_call
from tests.factories.evaluation import (
    admit_all,
    make_expert,
    make_opened_call,
    make_panel,
    seat_all,
)
from tests.factories.organisations import make_officer, make_person, make_social, member_of
from tests.factories.proposals import (
    after_closing,
    bidder_of,
    make_open_call,
    make_ready,
)

pytestmark = pytest.mark.django_db
BLIND = {"blind": True, "blind_reason": "申报单位彼此熟识"}
NAME = "上海市浦东新区晨曦社会工作服务中心"


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_whoever_was_to_be_partner_knows_one_and_does_not_judge_it():
    call = make_open_call(**BLIND)
    proposal = make_ready(call)
    asked = make_social()
    partner = ask_partner(
        proposal, organisation=asked, task="场地", actor=bidder_of(proposal.organisation)
    )
    confirm_partner(partner, actor=bidder_of(partner.organisation))
    submit_proposal(proposal, actor=bidder_of(proposal.organisation))
    refuse_partner(partner, actor=bidder_of(asked))
    for _one in range(2):
        submit_proposal(other := make_ready(call), actor=bidder_of(other.organisation))
    expert = make_expert()
    member = member_of(asked, MembershipRole.MEMBER)
    type(expert).objects.filter(pk=expert.pk).update(person=member)
    with clock.at(after_closing(call)):
        open_envelopes(call, actor=SYSTEM)
        admit_all(call)
        panel = make_panel(call, experts=2)
    assert [row.proposal_id for row in Conflict.objects.filter(seat__panel=panel)] == [proposal.pk]


def test_a_call_that_is_not_blind_hides_nothing():
    call = make_opened_call(1)
    proposal = call.proposals.get()
    with pytest.raises(WrongState):
        hide_word(proposal, word="午间", actor=make_officer())
    client = enter(bidder_of(proposal.organisation))
    for name in ("proposals:as_judges_read", "evaluation:blind"):
        assert client.get(reverse(name, args=[proposal.pk])).status_code == 404


def test_a_bidder_reads_its_draft_as_judges_will():
    body = make_social(NAME)
    draft = make_ready(make_open_call(**BLIND), body, title="晨曦陪伴计划")
    client = enter(bidder_of(body))
    assert (
        reverse("proposals:as_judges_read", args=[draft.pk])
        in client.get(draft.get_absolute_url()).content.decode()
    )
    text = client.get(reverse("proposals:as_judges_read", args=[draft.pk])).content.decode()
    assert f"<p>{HIDDEN}陪伴计划 · 法律援助</p>" in text
    assert "李律师" not in text
    stranger = enter(make_person())
    assert stranger.get(reverse("proposals:as_judges_read", args=[draft.pk])).status_code == 404


def test_a_blind_call_says_so_and_why_and_cannot_go_without_a_reason():
    officer = make_officer()
    call = make_call(state="draft")
    with pytest.raises(DomainError):
        edit_call(call, blind=True, blind_reason=" ", actor=officer)
    assert not Call.objects.get(pk=call.pk).blind
    edit_call(call, **BLIND, actor=officer)
    published = make_open_call(**BLIND)
    text = Client().get(published.get_absolute_url()).content.decode()
    assert "匿名评审" in text
    assert BLIND["blind_reason"] in text
    with pytest.raises(DomainError):
        edit_call(published, blind=False, actor=officer)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_word_hidden_while_the_copies_are_made_is_hidden_in_them():
    call = make_opened_call(1, **BLIND)
    admit_all(call)
    panel = make_panel(call, experts=3)
    seat_all(panel)
    proposal, officer = call.proposals.get(), make_officer()
    answers = at_once(
        lambda: hide_word(Proposal.objects.get(pk=proposal.pk), word="讲座", actor=officer),
        lambda: begin_scoring(Panel.objects.get(pk=panel.pk), actor=officer),
    )
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert "讲座" not in str(BlindCopy.objects.get().texts)
