"""Opening: all together, not before the closing, and as it was handed in."""

from __future__ import annotations

import datetime as dt

import pytest

from bidding.calls.models import Clarification
from bidding.proposals.envelopes import read_own_envelope
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.opening import open_envelopes, open_when_due
from bidding.proposals.operations import edit_proposal
from bidding.proposals.related import related_bidders
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.models import Entry
from foundation.due.models import DueEvent
from foundation.errors import Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.standing_models import RelatedParty, Relation
from foundation.permissions import SYSTEM
from tests.factories.organisations import make_document, make_officer, make_person
from tests.factories.proposals import (
    after_closing,
    bidder_of,
    make_draft,
    make_open_call,
    make_submitted,
    section_values,
)

pytestmark = pytest.mark.django_db


def states(call):
    return sorted(Proposal.objects.filter(call=call).values_list("state", flat=True))


def test_everything_handed_in_opens_and_a_draft_stays_a_draft():
    call = make_open_call()
    make_submitted(call), make_submitted(call), make_draft(call)
    with clock.at(after_closing(call)):
        opened = open_envelopes(call, actor=SYSTEM)
    assert opened.opened_at == after_closing(call)
    assert states(call) == ["draft", "opened", "opened"]
    assert Notification.objects.filter(kind="proposal_opened").count() == 2
    assert Notification.objects.filter(kind="draft_left_behind").count() == 1
    assert Entry.objects.get(action="open_envelopes").facts["proposals"] == 2


def test_before_the_closing_nobody_opens():
    call = make_open_call()
    make_submitted(call)
    for person in (make_officer(), SYSTEM):
        with pytest.raises(WrongState), clock.at(call.closes_at - dt.timedelta(microseconds=1)):
            open_envelopes(call, actor=person)
    assert states(call) == ["submitted"]
    call.refresh_from_db()
    assert call.opened_at is None


def test_only_an_officer_or_the_platform_opens():
    call = make_open_call()
    with clock.at(after_closing(call)), pytest.raises(Forbidden):
        open_envelopes(call, actor=make_person())


def test_opened_once():
    call = make_open_call()
    with clock.at(after_closing(call)):
        open_envelopes(call, actor=SYSTEM)
        with pytest.raises(WrongState):
            open_envelopes(call, actor=SYSTEM)


def test_what_was_edited_after_handing_in_becomes_again_what_was_handed_in():
    proposal = make_submitted()
    actor = bidder_of(proposal.organisation)
    document = make_document(actor, "proposal_attachment")
    before = read_own_envelope(proposal.submissions.get())
    for section, values in (
        ("plan", section_values(proposal, "plan", goals="改了")),
        ("team", {"team": []}),
        ("budget", {"budget": [], "least_fen": 5}),
        ("people", {"needs": [], "audience": "", "headcount": None, "districts": []}),
    ):
        proposal = edit_proposal(
            proposal, section=section, values=values, revision=proposal.revision, actor=actor
        )
    proposal.attachments.create(document=document, label="late")
    with clock.at(after_closing(proposal.call)):
        open_envelopes(proposal.call, actor=SYSTEM)
    from bidding.proposals.content import content_of

    after = content_of(Proposal.objects.get())
    assert {**after, "salt": before["salt"]} == before == Submission.objects.get().content


def test_a_withdrawn_proposal_stays_shut():
    proposal = make_submitted()
    proposal.move_to(ProposalState.WITHDRAWN)
    with clock.at(after_closing(proposal.call)):
        open_envelopes(proposal.call, actor=SYSTEM)
    assert Proposal.objects.get().state == ProposalState.WITHDRAWN


def test_the_due_event_opens_and_twice_is_harmless():
    call = make_open_call()
    make_submitted(call)
    with clock.at(after_closing(call)):
        open_when_due(call=call.pk)
        open_when_due(call=call.pk)
    assert states(call) == ["opened"]


def test_the_due_event_does_nothing_early():
    call = make_open_call()
    make_submitted(call)
    open_when_due(call=call.pk)
    assert states(call) == ["submitted"]
    assert not DueEvent.objects.exists()


def test_an_unanswered_question_keeps_the_envelopes_shut_and_the_event_looks_again():
    call = make_open_call()
    proposal = make_submitted(call)
    question = Clarification.objects.create(
        call=call,
        organisation=proposal.organisation,
        asked_by=bidder_of(proposal.organisation),
        asked_at=clock.now(),
        question="?",
    )
    with clock.at(after_closing(call)):
        open_when_due(call=call.pk)
        assert states(call) == ["submitted"]
        again = DueEvent.objects.get(handler="open_envelopes", done_at=None)
        assert again.due_at == after_closing(call) + dt.timedelta(minutes=1)
    question.delete()
    with clock.at(again.due_at):
        open_when_due(call=call.pk)
    assert states(call) == ["opened"]


def test_bidders_with_a_controlling_relation_in_one_lot_are_found_at_the_opening():
    call = make_open_call("legal-aid", "life-care")
    legal, care = call.lots.order_by("category_id")
    one, two = make_submitted(call, lot=legal), make_submitted(call, lot=legal)
    elsewhere = make_submitted(call, lot=care)
    for other in (two, elsewhere):
        RelatedParty.objects.create(
            organisation=one.organisation,
            other=other.organisation,
            relation=Relation.CONTROLS,
            declared_by=make_person(),
            declared_at=clock.now(),
        )
    assert related_bidders(call) == []
    with clock.at(after_closing(call)):
        open_envelopes(call, actor=SYSTEM)
    groups = [{proposal.pk for proposal in group} for group in related_bidders(call)]
    assert groups == [{one.pk, two.pk}]
    facts = Entry.objects.get(action="open_envelopes").facts
    assert [set(group) for group in facts["related"]] == [
        {one.organisation_id, two.organisation_id}
    ]
