"""Checks of opened proposals, and curing what was found."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bidding.evaluation.models import Screening
from bidding.evaluation.operations import cure_proposal, screen_proposal
from bidding.proposals.models import Proposal
from bidding.proposals.states import ProposalState
from foundation import clock
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.people.models import Role
from tests.factories.organisations import make_officer, make_person
from tests.factories.proposals import after_closing, bidder_of, make_opened_call, make_submitted
from tests.scenes import scene

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 3, 2, 10, tzinfo=clock.SHANGHAI)


@scene
def opened():
    with clock.at(MONDAY):
        call = make_opened_call(1)
    return Proposal.objects.get(call=call)


def curing(proposal):
    with clock.at(after_closing(proposal.call)):
        return screen_proposal(proposal, decision="cure", reason="缺少执业证", actor=make_officer())


def test_admitted(opened):
    screen_proposal(opened, decision="admit", reason="", actor=make_officer())
    assert Proposal.objects.get().state == ProposalState.ELIGIBLE
    assert Notification.objects.filter(kind="proposal_admitted").count() == 1


@pytest.mark.parametrize("decision", ["cure", "refuse"])
def test_whatever_is_not_admitted_needs_a_reason(opened, decision):
    with pytest.raises(DomainError) as refused:
        screen_proposal(opened, decision=decision, reason=" ", actor=make_officer())
    assert refused.value.field == "reason"
    assert Proposal.objects.get().state == ProposalState.OPENED
    assert not Screening.objects.exists()


def test_only_an_officer_screens(opened):
    for person in (bidder_of(opened.organisation), make_person("", Role.AUDITOR)):
        with pytest.raises(Forbidden):
            screen_proposal(opened, decision="admit", reason="", actor=person)


def test_a_sealed_proposal_is_not_screened():
    proposal = make_submitted()
    with pytest.raises(WrongState):
        screen_proposal(proposal, decision="admit", reason="", actor=make_officer())


def test_the_time_to_cure_ends_with_the_third_working_day(opened):
    # closes Wednesday 1 April 2026; Saturday to Monday is the holiday of Qingming
    screening = curing(opened)
    assert after_closing(opened.call).astimezone(clock.SHANGHAI).date() == dt.date(2026, 4, 1)
    assert screening.cure_until == dt.datetime(2026, 4, 8, tzinfo=clock.SHANGHAI)


def test_cured_in_time_with_a_file_then_admitted(opened):
    screening = curing(opened)
    upload = SimpleUploadedFile("licence.txt", "证号".encode())
    with clock.at(screening.cure_until - dt.timedelta(seconds=1)):
        cure_proposal(
            opened, note="补交", upload=upload, label="执业证", actor=bidder_of(opened.organisation)
        )
        assert opened.attachments.get().label == "执业证"
        screen_proposal(opened, decision="admit", reason="", actor=make_officer())
    assert Proposal.objects.get().state == ProposalState.ELIGIBLE


def test_too_late_to_cure(opened):
    screening = curing(opened)
    with clock.at(screening.cure_until), pytest.raises(WrongState):
        cure_proposal(opened, note="补交", actor=bidder_of(opened.organisation))
    screening.refresh_from_db()
    assert screening.cured_at is None


def test_who_was_given_time_keeps_it(opened):
    screening = curing(opened)
    with clock.at(screening.cure_until - dt.timedelta(hours=1)), pytest.raises(WrongState):
        screen_proposal(opened, decision="refuse", reason="晚了", actor=make_officer())
    with clock.at(screening.cure_until):
        screen_proposal(opened, decision="refuse", reason="未补正", actor=make_officer())
    assert Proposal.objects.get().state == ProposalState.REFUSED


def test_time_to_cure_is_given_once(opened):
    screening = curing(opened)
    with clock.at(screening.cure_until), pytest.raises(WrongState):
        screen_proposal(opened, decision="cure", reason="再来", actor=make_officer())


def test_only_the_bidder_cures(opened):
    curing(opened)
    with clock.at(after_closing(opened.call)), pytest.raises(Forbidden):
        cure_proposal(opened, note="x", actor=make_officer())
