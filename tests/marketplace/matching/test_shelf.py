"""A buyer's shelf: in what order, for which reasons, by whose weights, and what is noted on it."""

import csv
import io

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bidding.proposals.states import ProposalState
from foundation.audit.queries import history_of
from foundation.due.operations import HANDLERS
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.organisations.models import MembershipRole
from foundation.organisations.queries import officers_of
from marketplace.delivery.queries import records_of_organisations
from marketplace.matching import fit
from marketplace.matching.models import Money
from marketplace.matching.operations import pledge_money
from marketplace.matching.queries import notes_visible_to, purses_of, shelf_visible_to
from marketplace.matching.reasons import offers_at
from marketplace.matching.rules import buying_for
from marketplace.matching.shelf import RECORDS, profile_of, shelf_for
from marketplace.matching.shelf_index import keep_index, packed, unpacked
from marketplace.matching.shelf_models import Note, ShelfIndex, Weights
from marketplace.matching.shelf_operations import (
    reset_weights,
    set_weights,
    strike_note,
    write_note,
)
from tests.at_once import at_once, numbered
from tests.factories.deals import WAN, give, make_ranked, make_world
from tests.factories.needs import make_need
from tests.factories.organisations import make_district, make_social, make_union, member_of
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def world():
    """Four proposals: for the street's own need, for everybody's, for another place, for nobody."""
    world = make_world()
    here, there = world.street.district, make_district("310115105")
    people = {"headcount": 900, "urgency": 5}
    own = make_need(title="心理减压", audience="一线职工", district=here, **people)
    all_have = make_need(title="法律咨询", audience="全体职工", **people)
    other = make_need(title="亲子活动", audience="女职工", district=there, headcount=9000)
    world.offers = [make_ranked(world, rank, score=80) for rank in (1, 2, 3, 4)]
    _nobody, elsewhere, everybody, mine = world.offers
    mine.needs.add(own)
    mine.districts.add(here)
    everybody.needs.add(all_have)
    elsewhere.needs.add(other)
    elsewhere.districts.add(there)
    give(world.fund, world.street, 5 * WAN)
    return world


def seen(world, buyer=None, kept=None):
    buyer = buyer or buying_for(world.buyer)[world.street.pk]
    rows = shelf_visible_to(world.buyer)
    return shelf_for(rows, profile_of(buyer, purses_of([buyer])), kept)


def in_order(shelf):
    return [offer.proposal for offer in offers_at(shelf, shelf.order)]


def client_of(person):
    client = Client()
    client.force_login(person, backend="foundation.people.backend.PeopleBackend")
    return client


def test_what_ones_own_workers_need_stands_first_and_every_point_has_its_reason(world):
    nobody, elsewhere, everybody, mine = world.offers
    shelf = seen(world)
    assert in_order(shelf) == [mine, everybody, nobody, elsewhere]
    best = next(offers_at(shelf, shelf.order))
    reasons = {reason.name: reason for reason in best.all_reasons}
    assert reasons["needs"].points == 30
    assert "urgency × people 4,500, the most here 4,500" in reasons["needs"].sentence
    assert (reasons["place"].points, reasons["place"].most) == (15 * 0.75, 15)
    assert reasons["audience"].points == 5  # 一线职工 is what it says itself
    assert reasons["price"].points == 5  # half of what it asks is there
    assert "¥100,000.00" in reasons["price"].sentence
    assert "¥50,000.00" in reasons["price"].sentence
    assert reasons["record"].points == 2.5
    assert reasons["score"].points == 12
    assert best.fit == round(sum(reason.points for reason in best.all_reasons), 1)
    weight = {o.proposal: o.all_reasons[0].points for o in offers_at(shelf, shelf.order)}
    assert weight == {mine: 30, everybody: 15, nobody: 0, elsewhere: 0}


def test_nothing_is_a_condition_and_filters_only_show_less(world):
    nobody = world.offers[0]
    shelf = seen(world, kept=shelf_visible_to(world.buyer).filter(pk=nobody.pk))
    assert in_order(shelf) == [nobody]
    (only,) = offers_at(shelf, shelf.order)
    whole = seen(world)
    (same,) = offers_at(whole, [whole.at(nobody.pk)])
    assert only.fit == same.fit


def test_the_kept_index_says_what_reading_everything_says_and_knows_what_left(world):
    before = seen(world)
    HANDLERS["proposals_ranked"](ranking=world.call.ranking.pk)
    keep_index(world.call.ranking)  # twice is one
    block = unpacked(bytes(ShelfIndex.objects.get().arrays))
    assert packed(block) == packed(unpacked(packed(block)))
    after = seen(world)
    assert (in_order(after), list(after.total)) == (in_order(before), list(before.total))
    world.offers[3].move_to(ProposalState.UNFUNDED)
    late = make_ranked(world, 5, score=80)  # no index knows it yet
    assert in_order(seen(world))[0] == world.offers[2]
    assert late in in_order(seen(world))
    assert world.offers[3] not in in_order(seen(world))


def test_category_history_and_a_union_above_count(world):
    assert next(offers_at(shelf := seen(world), shelf.order)).all_reasons[3].points == 0
    pledge = {"fund": world.fund, "money": Money.ALLOCATED, "amount_fen": WAN}
    pledge_money(world.offers[0], buyer=world.street, actor=world.buyer, **pledge)
    reason = next(offers_at(shelf := seen(world), shelf.order)).all_reasons[3]
    assert (reason.points, "1 of the 1" in reason.sentence) == (10, True)
    chair = world.federation.memberships.get(role=MembershipRole.REPRESENTATIVE).person
    above = seen(world, buying_for(chair)[world.federation.pk])
    assert in_order(above)[0] == world.offers[3]  # its street's workers are its workers
    empty = seen(world, make_union(world.federation))
    assert not empty.profile.districts
    assert records_of_organisations in RECORDS


def test_set_weights_orders_the_shelf_for_all_its_people_and_reset_weights_takes_them_back(world):
    weights = {**dict.fromkeys(fit.DEFAULTS, 0), "score": 100}
    with pytest.raises(DomainError, match="Some reason has to count"):
        set_weights(world.street, actor=world.buyer, **dict.fromkeys(fit.DEFAULTS, 0))
    with pytest.raises(Forbidden):
        set_weights(world.street, actor=world.officer, **weights)
    with pytest.raises(WrongState):
        reset_weights(world.street, actor=world.buyer)
    assert not Weights.objects.exists()
    set_weights(world.street, actor=world.buyer, **weights)
    assert in_order(seen(world)) == world.offers  # equal scores: by rank
    assert seen(world).profile.own_weights
    with pytest.raises(IntegrityError), transaction.atomic():
        Weights.objects.update(score=0)
    reset_weights(type(world.street).objects.get(pk=world.street.pk), actor=world.buyer)
    assert in_order(seen(world))[0] == world.offers[3]
    assert [entry.action for entry in history_of(world.street)][:2] == [
        "reset_weights",
        "set_weights",
    ]


def test_a_note_is_read_by_ones_union_body_and_nobody_else(world):
    proposal = world.offers[0]
    note = write_note(proposal, buyer=world.street, text="价格偏高", actor=world.buyer)
    colleague = member_of(world.street)
    bidder = officers_of(proposal.organisation)[0]
    other = make_union(world.federation)
    for person, count in (
        (world.buyer, 1),
        (colleague, 1),
        (world.officer, 0),
        (bidder, 0),
        (member_of(other), 0),
    ):
        assert notes_visible_to(person).count() == count
    for person in (world.officer, bidder):
        with pytest.raises(Forbidden):
            write_note(proposal, buyer=world.street, text="我", actor=person)
    with pytest.raises(Forbidden):
        write_note(proposal, buyer=other, text="我", actor=world.buyer)
    assert "write_note" not in {entry.action for entry in history_of(proposal)}
    with pytest.raises(Forbidden):
        strike_note(note, actor=colleague)
    strike_note(note, actor=world.buyer)
    with pytest.raises(WrongState):
        strike_note(note, actor=world.buyer)
    assert (Note.objects.count(), notes_visible_to(world.buyer).count()) == (1, 0)


def test_the_shelf_is_compared_noted_on_weighed_and_taken_home(
    world, django_assert_max_num_queries
):
    HANDLERS["proposals_ranked"](ranking=world.call.ranking.pk)
    client = client_of(world.buyer)
    shelf = reverse("matching:shelf")
    client.get(shelf)
    for address in (shelf, f"{shelf}?q=项目&category={next(iter(world.lots))}"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
    assert "filter away" in client.get(f"{shelf}?q=没有").content.decode()
    best, worst = world.offers[3], world.offers[0]
    compare = reverse("matching:side_by_side")
    pair = client.get(f"{compare}?pick={best.pk}&pick={worst.pk}&pick=²").content.decode()
    assert pair.index(f"/{best.pk}/") < pair.index(f"/{worst.pk}/")
    late = [make_ranked(world, rank).pk for rank in (5,)]
    many = "&".join(f"pick={pk}" for pk in [*(p.pk for p in world.offers), *late])
    assert "first 4" in client.get(f"{compare}?{many}").content.decode()
    assert "Nothing is chosen" in client.get(compare).content.decode()
    note = reverse("matching:write_note", args=[best.pk])
    assert client.post(note, {"note-text": " ", "note-buyer": world.street.pk}).status_code == 200
    client.post(note, {"note-text": "=先看看", "note-buyer": world.street.pk})
    page = reverse("matching:offer", args=[best.pk])
    assert "=先看看" in client.get(page).content.decode()
    assert "=先看看" not in client_of(world.officer).get(page).content.decode()
    client.post(reverse("matching:strike_note", args=[Note.objects.get().pk]))
    assert "=先看看" not in client.get(page).content.decode()
    answer = client.get(f"{reverse('matching:shelf_csv')}?q=项目4")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(lines))
    told = dict(zip(heads, row, strict=True))
    assert (told["Proposal"], told["Asks for"], told["A person"]) == (
        "项目4",
        "100000.00",
        "333.33",
    )
    assert float(told["Fit"]) == pytest.approx(sum(map(float, row[10:])), abs=0.4)
    weights = reverse("matching:set_weights", args=[world.street.pk])
    sent = {**fit.DEFAULTS, "score": 101}
    assert client.post(weights, sent).status_code == 200
    assert not Weights.objects.exists()
    assert client.post(weights, {**sent, "score": 90}).status_code == 302
    assert "Your own weights" in client.get(shelf).content.decode()
    client.post(reverse("matching:reset_weights", args=[world.street.pk]))
    assert not Weights.objects.exists()
    stranger = client_of(member_of(make_social()))
    for name in ("shelf_csv", "side_by_side"):
        assert stranger.get(reverse(f"matching:{name}")).status_code == 403
    assert stranger.get(weights).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_weigh_at_once_leave_one_set_of_weights_whole():
    world = make_world()

    def act(number):
        chosen = dict.fromkeys(fit.DEFAULTS, 10 + number)
        return set_weights(world.street, actor=world.buyer, **chosen)

    results = at_once(*numbered(2, act))
    assert not [one for one in results if isinstance(one, Exception)], results
    assert len(set(Weights.objects.get().as_numbers().values())) == 1
