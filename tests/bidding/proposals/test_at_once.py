"""Two at once on PostgreSQL: the deadline, the same button twice, two officers, two judges."""

from __future__ import annotations

import datetime as dt
import threading
import time
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bidding.calls.models import Call
from bidding.evaluation.models import Panel, Ranking, Seat, Sheet
from bidding.evaluation.operations import (
    draw_panel,
    finalise_sheet,
    leave_seat,
    rank_proposals,
)
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import draft_proposal, submit_proposal
from foundation.audit.models import Entry
from foundation.errors import DomainError
from foundation.permissions import SYSTEM
from tests.at_once import at_once
from tests.factories.evaluation import (
    fill_all,
    fill_sheet,
    make_expert,
    make_panel,
    make_scoring_panel,
    make_screened_call,
)
from tests.factories.organisations import make_officer, make_social
from tests.factories.proposals import bidder_of, make_open_call, make_ready

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def refused(results: list[Any]) -> int:
    return sum(isinstance(result, DomainError) for result in results)


def test_handing_in_while_the_deadline_passes_is_in_time_or_told_and_nothing_slips_in_after():
    call = make_open_call()
    ready = [make_ready(call) for _one in range(6)]
    closes_at = timezone.now() + dt.timedelta(seconds=1.2)
    Call.objects.filter(pk=call.pk).update(questions_until=closes_at, closes_at=closes_at)

    def hand_in(proposal: Proposal, wait: float) -> Any:
        time.sleep(wait)
        return submit_proposal(
            Proposal.objects.get(pk=proposal.pk), actor=bidder_of(proposal.organisation)
        )

    def open_it() -> Any:
        while timezone.now() < closes_at:
            time.sleep(0.005)
        for _try in range(20):
            try:
                return open_envelopes(Call.objects.get(pk=call.pk), actor=SYSTEM)
            except DomainError:
                time.sleep(0.01)
        return None

    acts = [lambda p=p, n=n: hand_in(p, 0.9 + 0.1 * n) for n, p in enumerate(ready)]
    results = at_once(*acts, open_it)
    opened = Call.objects.get(pk=call.pk)
    assert opened.opened_at is not None
    for proposal, result in zip(ready, results, strict=False):
        proposal.refresh_from_db()
        if isinstance(result, Submission):
            assert result.submitted_at < closes_at
            assert proposal.state == "opened"
        else:
            assert isinstance(result, DomainError)
            assert (proposal.state, proposal.submissions.count()) == ("draft", 0)
    assert Submission.objects.filter(submitted_at__gte=closes_at).count() == 0
    assert refused(results) >= 1


def test_who_waited_for_the_lock_is_judged_by_when_it_was_given():
    call = make_open_call()
    proposal = make_ready(call)
    closes_at = timezone.now() + dt.timedelta(seconds=0.6)
    Call.objects.filter(pk=call.pk).update(questions_until=closes_at, closes_at=closes_at)
    holding = threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Call.objects.select_for_update().get(pk=call.pk)
            holding.set()
            time.sleep(1.0)

    def hand_in() -> Any:
        holding.wait(5)
        return submit_proposal(
            Proposal.objects.get(pk=proposal.pk), actor=bidder_of(proposal.organisation)
        )

    results = at_once(hold, hand_in)
    assert isinstance(results[1], DomainError)
    assert not Submission.objects.exists()


def test_who_waits_in_vain_behind_an_opening_is_told_and_who_is_late_does_not_wait():
    call = make_open_call()
    proposal = make_ready(call)
    closes_at = timezone.now() + dt.timedelta(seconds=1.5)
    Call.objects.filter(pk=call.pk).update(questions_until=closes_at, closes_at=closes_at)
    holding, told = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Call.objects.select_for_update().get(pk=call.pk)
            holding.set()
            told.wait(20)

    def hand_in() -> list[str]:
        holding.wait(5)
        client = Client()
        client.force_login(bidder_of(proposal.organisation))
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        sentences = []
        for _time in ("before the closing", "after it"):
            answer = client.post(url)
            *_before, told_last = get_messages(answer.wsgi_request)
            sentences.append(str(told_last))
            while timezone.now() < closes_at:
                time.sleep(0.01)
        told.set()
        return sentences

    with translation.override("en"):
        url = reverse("proposals:submit_proposal", args=[proposal.pk])
    _held, sentences = at_once(hold, hand_in)
    assert sentences == [
        "Somebody else is at work on this. Nothing was changed: try again shortly.",
        "This call has closed.",
    ]
    assert not Submission.objects.exists()


def test_handing_in_twice_at_once_is_one_envelope():
    proposal = make_ready()
    actor = bidder_of(proposal.organisation)

    def hand_in() -> Any:
        return submit_proposal(Proposal.objects.get(pk=proposal.pk), actor=actor)

    results = at_once(hand_in, hand_in, hand_in)
    assert refused(results) == 2
    assert Submission.objects.count() == 1
    assert Entry.objects.filter(action="submit_proposal").count() == 1


def test_two_colleagues_who_begin_at_once_share_one_draft():
    call, organisation = make_open_call(), make_social()
    actor = bidder_of(organisation)

    def begin() -> Any:
        return draft_proposal(
            call, lot=call.lots.get(), organisation=organisation, title="同时", actor=actor
        )

    results = at_once(begin, begin)
    assert refused(results) == 1
    assert Proposal.objects.count() == 1


def test_two_officers_draw_at_once_and_one_panel_stands():
    call = make_screened_call()
    for _one in range(5):
        make_expert()
    officers = [make_officer(), make_officer()]
    results = at_once(
        *[
            lambda officer=officer: draw_panel(Call.objects.get(pk=call.pk), actor=officer)
            for officer in officers
        ]
    )
    assert refused(results) == 1
    assert (Panel.objects.count(), Seat.objects.count()) == (1, 3)


def test_two_judges_leave_at_once_and_two_different_ones_follow():
    panel = make_panel(experts=6)
    seats = list(panel.seats.select_related("expert__person")[:2])
    results = at_once(
        *[
            lambda seat=seat: leave_seat(
                Seat.objects.get(pk=seat.pk), reason="病", actor=seat.expert.person
            )
            for seat in seats
        ]
    )
    assert refused(results) == 0
    sitting = Seat.objects.exclude(state="recused")
    assert sitting.count() == 3
    assert len(set(Seat.objects.values_list("expert", flat=True))) == 5


def test_a_sheet_is_made_final_once():
    panel = make_scoring_panel()
    sheet = fill_sheet(
        Sheet.objects.filter(seat__panel=panel).select_related("seat__expert__person")[0],
        8000,
        final=False,
    )
    judge = sheet.seat.expert.person

    def make_final() -> Any:
        return finalise_sheet(Sheet.objects.get(pk=sheet.pk), actor=judge)

    results = at_once(make_final, make_final)
    assert refused(results) == 1
    assert Entry.objects.filter(action="finalise_sheet").count() == 1


def test_two_officers_rank_at_once_and_one_ranking_stands():
    panel = make_scoring_panel()
    fill_all(panel)
    officer = make_officer()

    def compute() -> Any:
        return rank_proposals(Call.objects.get(pk=panel.call_id), actor=officer)

    results = at_once(compute, compute)
    assert refused(results) == 1
    assert Ranking.objects.count() == 1
    assert connection.vendor == "postgresql"
