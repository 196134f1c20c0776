"""Lots at the line: a public draw named before it is held, drawn again by anybody."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
import sys

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from bidding.calls.models import Call
from bidding.calls.readiness import check_call
from bidding.evaluation import operations as do
from bidding.evaluation.lottery import drawn, normal, seed_of
from bidding.evaluation.lottery_models import Lottery, Numbers
from bidding.evaluation.models import Place, Ranking, Sheet
from bidding.evaluation.queries import decided_order, decided_ranks
from bidding.proposals.queries import with_asked
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import DomainError, Forbidden
from foundation.notifications.models import Notification
from foundation.permissions import why_not
from marketplace.matching import rules as _matching  # noqa: F401  (its laws)
from tests.factories.calls import make_call
from tests.factories.evaluation import fill_sheet, make_scoring_panel
from tests.factories.organisations import make_officer
from tests.scenes import scene

POINTS = {1: (8000, 7900, 3000), 2: (7800, 8100, 3100), 3: (8100, 7900, 2900)}


@scene
def ranking():
    panel = make_scoring_panel(experts=3)
    call = panel.call
    serials = list(call.proposals.order_by("serial").values_list("pk", flat=True))
    for sheet in Sheet.objects.filter(seat__panel=panel).select_related("seat__expert__person"):
        fill_sheet(sheet, POINTS[sheet.seat.position][serials.index(sheet.proposal_id)])
    asked = with_asked(call.proposals.order_by("serial"))[0].asked_fen
    call.lots.update(ceiling_fen=asked, proposal_ceiling_fen=asked)  # one of three is within
    rule = {"line_rule": "lottery", "lottery_source": "中国福利彩票双色球"}
    Call.objects.filter(pk=call.pk).update(aggregation="mean", **rule)
    return do.rank_proposals(Call.objects.get(pk=call.pk), actor=make_officer())


def refused(act, match=r".+", field=None):
    before = (Lottery.objects.count(), Numbers.objects.count(), Entry.objects.count())
    with pytest.raises(DomainError, match=match) as refusal:
        act()
    assert refusal.value.field == field
    assert (Lottery.objects.count(), Numbers.objects.count(), Entry.objects.count()) == before


def soon(hours=1):
    return clock.now() + dt.timedelta(hours=hours)


def named(ranking, issue="2026135", **fields):
    facts = {"drawn_at": soon(), "actor": make_officer(), **fields}
    return do.announce_lottery(ranking, issue=issue, **facts)


@pytest.mark.django_db
def test_the_draw_is_named_before_it_is_held_and_everything_waits_for_it(ranking, client):
    officer = make_officer()
    close = ranking.reliability["by_lot"]
    assert [len(group) for group in close] == [2]
    call = Call.objects.get(pk=ranking.call_id)
    place = Place.objects.get(rank=1)
    assert why_not(officer, "compute_allocation", call)
    refused(lambda: do.move_place(place, to_rank=2, reason="x", actor=officer))
    assert client.get(f"/results/lots/{call.number}/").status_code == 404
    refused(lambda: named(ranking, drawn_at=soon(-1)), field="drawn_at")
    refused(lambda: named(ranking, issue=" "), field="issue")
    with pytest.raises(Forbidden):
        named(ranking, actor=Sheet.objects.all()[0].seat.expert.person)
    lottery = named(ranking)
    assert Notification.objects.filter(kind="lottery_announced").count() == 3
    page = client.get(f"/results/lots/{call.number}/").text
    assert ranking.sha256 in page
    assert place.proposal.title not in page  # who is in it is public with the result
    numbers = {"numbers": "06 11 17 23 28 30 + 09", "actor": officer}
    refused(lambda: do.type_numbers(lottery, **numbers))  # it is not held yet
    assert why_not(officer, "compute_allocation", call)


@pytest.mark.django_db
def test_anybody_draws_again_and_the_order_money_follows_is_the_drawn_one(ranking, tmp_path):
    officer, call = make_officer(), Call.objects.get(pk=ranking.call_id)
    lottery = named(ranking)
    computed = list(ranking.places.order_by("rank").values_list("proposal__serial", flat=True))
    group = ranking.reliability["by_lot"][0]
    later = soon(2)
    with clock.at(later), pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "database_now", lambda: later)
        refused(lambda: do.type_numbers(lottery, numbers="x", actor=officer), field="numbers")
        results = set()
        for typed in ("06 11 17 23 28 30 + 09", "01 02 03 04 05 06 + 07", "1 2 3 4 5 6 8"):
            again = {"reason": "误录"} if results else {}
            do.type_numbers(lottery, numbers=typed, actor=officer, **again)
            ranking = Ranking.objects.get()
            seed = hashlib.sha256(f"{ranking.sha256}:2026135:{normal(typed)}".encode()).hexdigest()
            lots = sorted(group, key=lambda k: hashlib.sha256(f"{seed}:{k}".encode()).hexdigest())
            expected = [*lots, *[key for key in computed if key not in group]]
            ranks = decided_ranks(call)
            order = sorted(call.proposals.all(), key=lambda one: ranks[one.pk])
            assert [one.serial for one in order] == expected
            results.add(tuple(expected))
        same = {"numbers": "1,2,3,4,5,6,8", "actor": officer}
        refused(lambda: do.type_numbers(lottery, **same), field="numbers")
        refused(lambda: do.type_numbers(lottery, numbers="1 2 3", actor=officer), field="reason")
        refused(lambda: named(ranking, drawn_at=soon(5)))  # the lots are drawn
        assert why_not(officer, "compute_allocation", Call.objects.get()) is None
        boss = Client()
        boss.force_login(officer)
        facts = boss.get(f"/results/lots/{call.number}/lots.json").json()
        file = tmp_path / "lots.json"
        file.write_text(json.dumps(facts))
        run = [sys.executable, "-m", "bidding.evaluation.lottery", str(file)]
        said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
        assert [line.split("\t")[1] for line in said.splitlines()] == expected
        for path in ("results/rankings/{}/", "desk/evaluation/{}/standing/", "results/lots/{}/"):
            for language in ("", "en/"):
                page = boss.get(f"/{language}{path.format(call.number)}")
                assert facts["seed"] in page.text
        first = Place.objects.get(pk=decided_order(ranking)[0])
        do.move_place(first, to_rank=3, reason="资金不足", actor=officer)  # stays possible
        refused(lambda: do.type_numbers(lottery, numbers="9 9 9", reason="x", actor=officer))
    with transaction.atomic(), pytest.raises(DatabaseError):
        Numbers.objects.update(numbers="1 1 1")


@pytest.mark.django_db
def test_a_draw_that_was_not_held_is_replaced_for_a_public_reason(ranking):
    lottery = named(ranking, issue="1")
    other = named(ranking, issue="2")  # nobody can know either yet
    later = soon(2)
    with clock.at(later), pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "database_now", lambda: later)
        refused(lambda: do.type_numbers(lottery, numbers="1 2 3", actor=make_officer()))
        refused(lambda: named(ranking, issue="3", drawn_at=soon(1)), field="reason")
        third = named(ranking, issue="3", drawn_at=soon(1), reason="当期停摇")
        refused(lambda: do.type_numbers(other, numbers="1 2 3", actor=make_officer()))
    assert list(Lottery.objects.values_list("issue", "reason"))[2:] == [("3", "当期停摇")]
    assert third.source == "中国福利彩票双色球"


@pytest.mark.django_db
def test_a_call_that_decides_by_lot_says_by_which_public_draw():
    call = make_call(state="draft")
    call.line_rule = "lottery"
    fault = [said for said in map(str, check_call(call)) if "摇奖" in said or "draw" in said]
    assert len(fault) == 1
    call.lottery_source = "中国福利彩票双色球"
    assert not [said for said in map(str, check_call(call)) if said == fault[0]]


def test_lots_keep_to_the_places_of_their_group():
    order, seed = list("abcdef"), seed_of("00", "7", "06，11+09")
    assert seed == seed_of("00", "7", " 06 11 09 ")
    after = drawn(order, [["a", "c"], ["d", "e"]], seed)
    assert (set(after[0] + after[2]), after[1], set(after[3:5]), after[5]) == (
        {"a", "c"},
        "b",
        {"d", "e"},
        "f",
    )
    seen = {tuple(drawn(order, [list("abc")], seed_of("0", "1", f"{n} 00"))) for n in range(60)}
    assert len(seen) == 6  # every order of three comes up
    for wrong in ([["a", "z"]], [["a", "b"], ["b", "c"]], [["a", "a"]]):
        with pytest.raises(ValueError, match="each once"):
            drawn(order, wrong, seed)
    with pytest.raises(ValueError, match="numbers"):
        normal("七 1 2")
