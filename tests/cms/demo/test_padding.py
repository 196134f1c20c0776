"""The padded world: as true as the one that operations made, wherever a proof looks."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bidding.evaluation.models import Ranking
from bidding.evaluation.standing import ranking_page
from bidding.needs.models import Category
from bidding.proposals.content import content_of
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.queries import receipt_that_says
from cms.demo.padding import pad
from cms.demo.town import Town, day, settle_unions
from cms.demo.world import people_the_town
from foundation import clock, uscc
from foundation.audit.verification import verify_trail
from foundation.organisations.models import Organisation
from foundation.seals.chain import sha256_of
from foundation.seals.operations import CHAINS, verify
from marketplace.awards.models import Award
from marketplace.delivery.models import Project
from marketplace.ledger.models import Account
from marketplace.ledger.verification import verify_books
from marketplace.matching.allocation import RANK, plan_as_facts, problem_from_facts
from marketplace.matching.checker import faults
from marketplace.matching.models import AllocationRun
from marketplace.matching.turns import allocate
from marketplace.payments.models import Payable, Payout
from tests.factories.needs import make_need
from tests.factories.payments import state_our_account

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 20)


def _town() -> Town:
    """Officials, the union tree, the account money leaves from, and a need of every category."""
    with clock.at(day(2014, 1, 6)):
        town = people_the_town()
        settle_unions(town)
        state_our_account()
    for category in Category.objects.all():
        make_need(code=category.pk)
    return town


def test_after_padding_every_proof_still_holds():
    _town()
    pad(50, today=TODAY)
    assert Project.objects.count() == 50
    assert verify_books() == []
    assert verify_trail() == []
    assert [fault for chain in CHAINS for fault in verify(chain)] == []
    assert Account.objects.filter(place="reserved", credits__gt=0).exists()
    assert Payout.objects.filter(result="paid").exists()


def test_every_receipt_says_what_was_handed_in_and_every_ranking_and_plan_computes_again():
    _town()
    pad(50, today=TODAY)
    submissions = Submission.objects.select_related("proposal__call", "proposal__lot")
    assert submissions.count() == 54
    for submission in submissions:
        salt = submission.content["salt"]
        assert submission.content == {**content_of(submission.proposal), "salt": salt}
        assert submission.sha256 == sha256_of(submission.content)
    assert receipt_that_says(submission.receipt, submission.sha256)
    assert [ranking_page(ranking)["holds"] for ranking in Ranking.objects.all()] == [True, True]
    for run in AllocationRun.objects.all():
        problem = problem_from_facts(run.inputs)
        assert sha256_of(run.inputs) == run.sha256
        assert plan_as_facts(allocate(problem)) == run.result["plan"]
        assert faults(problem, allocate(problem), RANK) == []


def test_padding_is_spread_and_the_same_every_time():
    _town()
    pad(240, today=TODAY)
    assert set(Project.objects.values_list("year", flat=True)) == {*(2017, 2020, 2022, 2024, 2026)}
    assert Project.objects.values("category").distinct().count() == 7
    assert Project.objects.values("buyer").distinct().count() > 20
    assert Project.objects.values("districts").distinct().count() > 30
    assert Project.objects.values("organisation").distinct().count() > 20
    states = set(Project.objects.values_list("state", flat=True))
    assert states == {"running", "closed", "terminated"}
    assert set(Project.objects.filter(state="closed").values_list("grade", flat=True)) == set("ABC")
    assert set(Payable.objects.values_list("state", flat=True)) == {"paid", "owed"}
    codes = Organisation.objects.filter(kind="social").values_list("uscc", flat=True)
    assert [code for code in codes if uscc.fault_of(code, "social")] == []
    first = Project.objects.order_by("pk").values_list("number", "title", "amount_fen").first()
    assert first == ("GC-2017-P0001-01", "基层工会经费审查辅导", 9_200_000)


def test_padding_twice_adds_to_what_is_there():
    _town()
    pad(5, today=TODAY)
    pad(12, today=TODAY)
    assert Project.objects.count() == 17
    assert Award.objects.count() == 17
    assert Proposal.objects.filter(state="unfunded").count() == 1
    assert verify_books() == []
    assert [fault for chain in CHAINS for fault in verify(chain)] == []


def test_the_public_catalogue_asks_no_more_of_a_padded_world(client):
    _town()
    pad(30, today=TODAY)
    before = _queries(client, "/projects/")
    pad(60, today=TODAY)
    assert _queries(client, "/projects/") == before <= 8
    project = Project.objects.order_by("pk").last()
    for address in (f"/projects/{project.number}/", "/money/", "/receipts/"):
        assert client.get(address).status_code == 200


def _queries(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
