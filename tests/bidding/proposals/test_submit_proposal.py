"""Drafting, editing and handing in: what is kept, what is refused, what a receipt says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from bidding.proposals.checks import faults_of
from bidding.proposals.content import content_of
from bidding.proposals.envelopes import read_own_envelope
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.operations import (
    draft_proposal,
    edit_proposal,
    submit_proposal,
    withdraw_proposal,
)
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.seals.chain import sha256_of
from tests.factories.organisations import join, make_buyer, make_person, make_social, member_of
from tests.factories.proposals import (
    bidder_of,
    line,
    make_draft,
    make_open_call,
    make_ready,
    make_submitted,
    section_values,
    stored,
)

pytestmark = pytest.mark.django_db


def test_a_draft_belongs_to_the_organisation_and_is_on_the_trail_without_its_title():
    proposal = make_draft(title="秘密的题目")
    assert proposal.state == ProposalState.DRAFT
    entry = Entry.objects.get(action="draft_proposal")
    assert entry.subject_name == f"#{proposal.pk}"
    assert "秘密" not in str(entry.facts)


def test_an_organisation_has_one_proposal_in_a_call():
    proposal = make_draft()
    with pytest.raises(Clash):
        make_draft(proposal.call, proposal.organisation)
    assert Proposal.objects.count() == 1


def test_who_does_not_act_for_the_organisation_cannot_draft_for_it():
    call, organisation = make_open_call(), make_social()
    other = bidder_of(make_social())
    plain = member_of(organisation, MembershipRole.MEMBER)
    for person in (other, plain, make_person()):
        with pytest.raises(Forbidden):
            draft_proposal(
                call, lot=call.lots.get(), organisation=organisation, title="x", actor=person
            )
    assert not Proposal.objects.exists()


def test_an_organisation_without_standing_is_told_why():
    call = make_open_call()
    organisation = make_social(standing=False)
    with pytest.raises(DomainError, match=r".+"):
        draft_proposal(
            call,
            lot=call.lots.get(),
            organisation=organisation,
            title="x",
            actor=bidder_of(organisation),
        )
    assert not Proposal.objects.exists()


def test_a_union_body_does_not_bid():
    buyer = make_buyer()
    union = buyer.memberships.get().organisation
    call = make_open_call()
    with pytest.raises(Forbidden):
        draft_proposal(call, lot=call.lots.get(), organisation=union, title="x", actor=buyer)
    assert not Proposal.objects.exists()


def test_who_acts_for_both_does_not_bid_for_the_union():
    buyer = join(make_buyer(), make_social())
    union = buyer.memberships.get(organisation__kind="union").organisation
    call = make_open_call()
    with pytest.raises(DomainError) as refused:
        draft_proposal(call, lot=call.lots.get(), organisation=union, title="x", actor=buyer)
    assert refused.value.field == "organisation"
    assert not Proposal.objects.exists()


def test_a_lot_of_another_call_is_refused():
    call, other, organisation = make_open_call(), make_open_call(), make_social()
    with pytest.raises(DomainError) as refused:
        draft_proposal(
            call,
            lot=other.lots.get(),
            organisation=organisation,
            title="x",
            actor=bidder_of(organisation),
        )
    assert refused.value.field == "lot"


@pytest.mark.parametrize("days", [-2, 30])
def test_drafting_before_opening_or_after_closing_is_refused(days):
    call, organisation = make_open_call(), make_social()
    moment = clock.now() + dt.timedelta(days=days)
    with clock.at(moment), pytest.raises(WrongState):
        draft_proposal(
            call,
            lot=call.lots.get(),
            organisation=organisation,
            title="x",
            actor=bidder_of(organisation),
        )


def test_a_colleagues_change_of_the_same_section_is_not_overwritten():
    proposal = make_draft()
    actor = bidder_of(proposal.organisation)
    read = proposal.revision
    values = section_values(proposal, "plan", goals="先来的")
    edit_proposal(proposal, section="plan", values=values, revision=read, actor=actor)
    with pytest.raises(Clash):
        edit_proposal(
            proposal,
            section="plan",
            values=section_values(proposal, "plan", goals="后来的"),
            revision=read,
            actor=actor,
        )
    assert stored().goals == "先来的"


def test_two_colleagues_in_two_sections_do_not_disturb_each_other():
    proposal = make_draft()
    actor = bidder_of(proposal.organisation)
    read = proposal.revision
    for section in ("plan", "team"):
        values = section_values(proposal, section)
        edit_proposal(proposal, section=section, values=values, revision=read, actor=actor)
    kept = stored()
    assert (kept.goals, kept.team.count(), kept.revision) == ("讲座10场", 1, 3)


def test_the_end_comes_after_the_beginning():
    proposal = make_draft()
    day = clock.today()
    values = section_values(proposal, "basics", starts_on=day, ends_on=day)
    with pytest.raises(DomainError) as refused:
        edit_proposal(
            proposal,
            section="basics",
            values=values,
            revision=1,
            actor=bidder_of(proposal.organisation),
        )
    assert refused.value.field == "ends_on"
    assert stored().starts_on is None


def test_an_empty_draft_has_a_fault_in_every_required_section():
    sections = {fault.section for fault in faults_of(make_draft())}
    assert sections == {"basics", "people", "plan", "milestones", "team", "budget", "special"}


def test_a_whole_draft_has_no_fault():
    assert faults_of(make_ready()) == []


@pytest.mark.parametrize(
    ("budget", "least", "faulty"),
    [
        ([line(10_000_000)], None, 0),
        ([line(10_000_001)], None, 1),
        ([line(9_000_000), line(1_000_000, "management")], None, 0),
        ([line(9_000_000), line(1_000_001, "management")], None, 2),
        ([line(10_000_000), line(5_000_000, source="own")], None, 0),
        ([line(5_000_000, source="own")], None, 1),
        ([line(100)], 101, 1),
        ([line(100)], 100, 0),
    ],
)
def test_the_budget_is_held_to_ceiling_and_cap(budget, least, faulty):
    proposal = make_ready()
    proposal = edit_proposal(
        proposal,
        section="budget",
        values={"budget": budget, "least_fen": least},
        revision=proposal.revision,
        actor=bidder_of(proposal.organisation),
    )
    faults = faults_of(proposal)
    assert [fault.section for fault in faults] == ["budget"] * faulty


def test_a_receipt_says_number_time_and_fingerprint_of_exactly_what_was_handed_in():
    proposal = make_ready()
    actor = bidder_of(proposal.organisation)
    submission = submit_proposal(proposal, actor=actor)
    content = read_own_envelope(submission)
    assert {**content_of(stored()), "salt": content["salt"]} == content
    assert len(bytes.fromhex(content["salt"])) == 16
    assert submission.receipt == f"{proposal.call.number}-{proposal.serial}-1"
    assert submission.sha256 == sha256_of(content) == Submission.objects.get().sha256
    assert Proposal.objects.get().state == ProposalState.SUBMITTED
    told = Notification.objects.get(kind="proposal_submitted")
    assert (told.person, told.facts["sha256"]) == (actor, submission.sha256)
    assert proposal.title not in str(told.facts)


def test_a_faulty_draft_cannot_be_handed_in():
    proposal = make_draft()
    with pytest.raises(DomainError):
        submit_proposal(proposal, actor=bidder_of(proposal.organisation))
    assert Proposal.objects.get().state == ProposalState.DRAFT
    assert not Submission.objects.exists()


def test_handing_in_again_makes_a_new_version_and_the_old_one_stays():
    proposal = make_submitted()
    actor = bidder_of(proposal.organisation)
    edit_proposal(
        proposal,
        section="plan",
        values=section_values(proposal, "plan", goals="讲座12场"),
        revision=proposal.revision,
        actor=actor,
    )
    submit_proposal(proposal, actor=actor)
    rows = Submission.objects.order_by("version")
    assert [(row.version, read_own_envelope(row)["goals"]) for row in rows] == [
        (1, "讲座10场"),
        (2, "讲座12场"),
    ]
    assert [row.receipt.rsplit("-", 1)[1] for row in rows] == ["1", "2"]


def test_the_same_content_twice_is_one_receipt():
    proposal = make_submitted()
    with pytest.raises(Clash):
        submit_proposal(proposal, actor=bidder_of(proposal.organisation))
    assert Submission.objects.count() == 1


def test_a_submission_is_never_changed():
    make_submitted()
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.update(sha256="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.all().delete()


def test_withdrawn_and_handed_in_again():
    proposal = make_submitted()
    actor = bidder_of(proposal.organisation)
    withdraw_proposal(proposal, actor=actor)
    assert Proposal.objects.get().state == ProposalState.WITHDRAWN
    submission = submit_proposal(proposal, actor=actor)
    assert submission.version == 2
    assert Proposal.objects.get().state == ProposalState.SUBMITTED


def test_the_last_moment_is_the_one_before_the_closing():
    proposal = make_ready()
    actor = bidder_of(proposal.organisation)
    closes_at = proposal.call.closes_at
    with clock.at(closes_at), pytest.raises(WrongState):
        submit_proposal(proposal, actor=actor)
    assert not Submission.objects.exists()
    with clock.at(closes_at - dt.timedelta(microseconds=1)):
        assert submit_proposal(proposal, actor=actor).version == 1


def test_after_the_closing_nothing_is_edited_or_withdrawn():
    proposal = make_submitted()
    actor = bidder_of(proposal.organisation)
    with clock.at(proposal.call.closes_at):
        with pytest.raises(WrongState):
            withdraw_proposal(proposal, actor=actor)
        with pytest.raises(WrongState):
            edit_proposal(
                proposal,
                section="plan",
                values=section_values(proposal, "plan"),
                revision=proposal.revision,
                actor=actor,
            )
    assert Proposal.objects.get().state == ProposalState.SUBMITTED


def test_standing_is_asked_again_when_handing_in():
    proposal = make_ready()
    proposal.organisation.proofs.filter(kind="registration").delete()
    with pytest.raises(DomainError):
        submit_proposal(proposal, actor=bidder_of(proposal.organisation))
    assert not Submission.objects.exists()


def test_a_plain_member_reads_but_does_not_hand_in():
    proposal = make_ready()
    member = member_of(proposal.organisation, MembershipRole.MEMBER)
    for verb in (submit_proposal, withdraw_proposal):
        with pytest.raises(Forbidden):
            verb(proposal, actor=member)
