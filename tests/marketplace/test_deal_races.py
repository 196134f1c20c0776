"""The same thing done twice at once on PostgreSQL: it happens once, and the books stay clean."""

import datetime as dt
import threading
import time

import pytest
from django.db import transaction

from bidding.notices.operations import file_objection
from bidding.notices.rules import objections_until
from foundation import clock
from marketplace.agreements.models import Party
from marketplace.agreements.operations import sign_agreement
from marketplace.awards.models import Award
from marketplace.awards.operations import confirm_allocation
from marketplace.delivery.models import Project
from marketplace.delivery.operations import accept_milestone, report_milestone
from marketplace.ledger.models import Journal
from marketplace.ledger.verification import verify_books
from marketplace.matching.models import Money, Pledge
from marketplace.matching.operations import compute_allocation, pledge_money, withdraw_pledge
from marketplace.payments.models import Payable
from tests.at_once import outcomes
from tests.factories.deals import (
    WAN,
    give,
    make_offered,
    make_project,
    make_ranked,
    make_world,
    signatory_of,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def promise(world, proposal, fen):
    return pledge_money(
        proposal,
        buyer=world.street,
        fund=world.fund,
        money=Money.ALLOCATED,
        amount_fen=fen,
        actor=world.buyer,
    )


def test_two_promises_never_count_the_same_money():
    world = make_world()
    first, second = make_ranked(world, 1), make_ranked(world, 2)
    give(world.fund, world.street, 5 * WAN)
    results = outcomes(
        lambda: promise(world, first, 3 * WAN), lambda: promise(world, second, 3 * WAN)
    )
    assert sorted(results) == ["DomainError", "done"]
    assert Pledge.objects.count() == 1


def test_a_plan_is_confirmed_once():
    world = make_world()
    make_ranked(world, 1)
    runs = [compute_allocation(world.call, fund=world.fund, actor=world.officer) for _ in range(2)]
    results = outcomes(
        *[lambda run=run: confirm_allocation(run, actor=world.officer) for run in runs]
    )
    assert results.count("done") == 1
    assert Award.objects.count() == 1
    assert Journal.objects.filter(kind="reserve").count() == 1
    assert verify_books() == []


def test_a_promise_is_withdrawn_or_used_never_both():
    world = make_world()
    proposal = make_ranked(world, 1)
    give(world.fund, world.street, 5 * WAN)
    pledge = promise(world, proposal, 5 * WAN)
    run = compute_allocation(world.call, fund=world.fund, actor=world.officer)
    results = outcomes(
        lambda: confirm_allocation(run, actor=world.officer),
        lambda: withdraw_pledge(pledge, actor=world.buyer),
    )
    pledge.refresh_from_db()
    assert results.count("done") == 1
    assert pledge.state == ("used" if results[0] == "done" else "withdrawn")
    assert Award.objects.count() == (1 if results[0] == "done" else 0)
    assert verify_books() == []


def test_both_sides_sign_at_once_and_one_project_begins():
    world = make_world()
    agreement = make_offered(world)
    acts = []
    for party in agreement.parties.select_related("organisation"):
        person = signatory_of(party.organisation)
        for _twice in range(2):
            acts.append(
                lambda pk=party.pk, person=person: sign_agreement(
                    Party.objects.get(pk=pk), name=person.name, actor=person
                )
            )
    results = outcomes(*acts)
    assert results.count("done") == 2
    assert Project.objects.count() == 1
    assert Payable.objects.count() == 1
    assert verify_books() == []


def test_an_objection_of_the_last_moment_is_heard_before_the_first_signature():
    agreement = make_offered(make_world())
    award, party = agreement.award, agreement.parties.select_related("organisation")[0]
    person = signatory_of(party.organisation)
    last = objections_until(award.notice)
    objected = threading.Event()

    def object_late():
        moment = dt.datetime.combine(last, dt.time(23, 59, 59), clock.SHANGHAI)
        with transaction.atomic(), clock.at(moment):
            file_objection(
                award.notice,
                proposal=award.proposal,
                text="x",
                name="钱国栋",
                contact="021-55550123",
                known_on=last,
                actor=None,
            )
            objected.set()
            time.sleep(0.5)  # committed after midnight

    def sign_early():
        assert objected.wait(10)
        sign_agreement(Party.objects.get(pk=party.pk), name=person.name, actor=person)

    assert outcomes(object_late, sign_early) == ["done", "WrongState"]
    assert not agreement.parties.exclude(signed_at=None).exists()


def test_a_milestone_is_accepted_once_and_owed_once():
    world = make_world()
    project = make_project(world)
    provider = signatory_of(project.organisation)
    for milestone in project.milestones.all()[:2]:
        report_milestone(milestone, text="x", served=10, spent_fen=WAN, actor=provider)
        results = outcomes(
            *[lambda one=milestone: accept_milestone(one, actor=world.buyer) for _ in range(3)]
        )
        assert results.count("done") == 1
    project.refresh_from_db()
    assert project.served == 20
    assert Payable.objects.count() == 2
    assert verify_books() == []
