"""Runs: kept with everything that made them, changed by hand, solved aside, explained, public."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.queries import history_of
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.queries import officers_of
from foundation.permissions import SYSTEM
from marketplace.awards.models import Award
from marketplace.awards.operations import confirm_allocation, publish_results
from marketplace.ledger.models import Journal
from marketplace.ledger.verification import verify_books
from marketplace.matching import limits, runs, solver
from marketplace.matching.allocation import problem_from_facts
from marketplace.matching.limit_models import Exclusion, Ground, GroupLimit
from marketplace.matching.models import AllocationRun, Match, Money, Policy, RunFault
from marketplace.matching.operations import compute_allocation, pledge_money, set_aside_run
from marketplace.matching.solving import answer, compute
from marketplace.matching.states import RunState
from tests.factories.deals import WAN, give, make_ranked, make_world
from tests.factories.organisations import make_social, member_of
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def world():
    """A knapsack: the best two are together worth more than the first, which costs as much."""
    world = make_world(seed_fen=10 * WAN, lot_fen=60 * WAN)
    world.proposals = [
        make_ranked(world, 1, asked_fen=8 * WAN, score=90),
        make_ranked(world, 2, asked_fen=6 * WAN, least_fen=5 * WAN, score=80),
        make_ranked(world, 3, asked_fen=6 * WAN, score=70),
    ]
    give(world.fund, world.street, 3 * WAN)
    world.pledge = pledge_money(
        world.proposals[1], buyer=world.street, fund=world.fund, money=Money.ALLOCATED,
        amount_fen=2 * WAN, actor=world.buyer,
    )  # fmt: skip
    return world


@pytest.fixture
def in_process(monkeypatch):
    """The child's answer without the child."""
    monkeypatch.setattr(
        solver, "ask", lambda asked, **_more: answer(json.loads(json.dumps(asked)), lambda *_: None)
    )


def computed(world, policy=Policy.RANK, **more):
    run = compute_allocation(
        world.call, fund=world.fund, policy=policy, actor=world.officer, **more
    )
    return solver.solve_at_once(run) if run.state == RunState.WAITING else run


def granted(run):
    rows = run.matches.filter(amount_fen__gt=0).values_list("proposal__place__rank", "amount_fen")
    sums = {}
    for rank, fen in rows:
        sums[rank] = sums.get(rank, 0) + fen
    return sums


def client_of(person):
    client = Client()
    client.force_login(person, backend="foundation.people.backend.PeopleBackend")
    return client


def test_each_rule_shares_out_as_it_says_and_keeps_what_made_it(world, in_process):
    # 7 of seed money are left after the street got 3
    got = {policy: granted(computed(world, policy)) for policy in Policy if policy != "by-hand"}
    assert got == {
        Policy.RANK: {2: 6 * WAN},
        Policy.RANK_STOP: {},
        Policy.PART_FUND: {2: 6 * WAN},
        Policy.BEST: {2: 6 * WAN},
        Policy.EQUAL_SHARES: {2: 6 * WAN},
    }
    best = AllocationRun.objects.get(policy=Policy.BEST)
    assert (best.state, best.result["faults"], best.result["missed"]) == ("proposed", [], [])
    assert best.result["search"]["gap"] == 0
    assert set(best.result["versions"]) == {"rules", "python", "scipy", "numpy"}
    assert compute(problem_from_facts(best.inputs), "best")["plan"] == best.result["plan"]
    assert Notification.objects.filter(kind="plan_computed").count() == 1
    actions = [entry.action for entry in history_of(world.call)]
    assert actions.count("compute_allocation") == 5
    assert actions.count("finish_run") == 1
    refused = AllocationRun.objects.get(policy=Policy.RANK_STOP).matches.get(
        proposal__place__rank=3
    )
    assert "stopped at “项目1”" in refused.why_not


def test_a_run_that_waits_is_claimed_once_stopped_by_its_row_and_says_why_it_failed(
    world, monkeypatch
):
    waiting = compute_allocation(
        world.call, fund=world.fund, policy=Policy.BEST, actor=world.officer
    )
    assert (waiting.state, waiting.result) == (RunState.WAITING, {})
    with pytest.raises(WrongState):
        confirm_allocation(waiting, actor=world.officer)

    def stopped(asked, *, seconds, heard):
        assert heard(40)
        assert AllocationRun.objects.get(pk=waiting.pk).share == 40
        assert solver.solve_at_once(waiting).state == RunState.WAITING  # somebody has it already
        set_aside_run(waiting, actor=world.officer)
        assert not heard(50)
        raise solver.Unanswered("")

    monkeypatch.setattr(solver, "ask", stopped)
    assert solver.solve_all() == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.share) == (RunState.SET_ASIDE, 40)

    def silent(asked, **_more):
        raise solver.Unanswered(RunFault.MEMORY)

    monkeypatch.setattr(solver, "ask", silent)
    run = compute_allocation(world.call, fund=world.fund, policy="best", actor=world.officer)
    assert solver.solve_all() == 1
    run.refresh_from_db()
    assert (run.state, run.fault) == (RunState.FAILED, RunFault.MEMORY)
    page = client_of(world.officer).get(reverse("matching:run", args=[run.pk]))
    assert "more memory than it may have" in page.content.decode()
    with pytest.raises(Forbidden):
        runs.finish_run(run, found=None, actor=world.officer)


def test_the_child_computes_in_a_process_of_its_own(world, settings):
    run = compute_allocation(world.call, fund=world.fund, policy="best", actor=world.officer)
    assert granted(solver.solve_at_once(run)) == {2: 6 * WAN}
    settings.SOLVER_MEMORY_BYTES = 64 * 1024 * 1024
    with pytest.raises(solver.Unanswered) as unanswered:
        solver.ask(runs.asked_of(run))
    assert unanswered.value.fault in (RunFault.MEMORY, RunFault.BROKEN)
    with pytest.raises(solver.Unanswered) as unanswered:
        solver.ask(runs.asked_of(run), seconds=0.01)
    assert unanswered.value.fault == RunFault.TIME


def test_adjust_run_makes_a_checked_plan_of_its_own_with_its_reason(world):
    run = computed(world)
    _first, second, third = world.proposals

    def adjust(run, proposal, fen, reason="街道已另有安排"):
        return runs.adjust_run(
            run, proposal=proposal, amount_fen=fen, reason=reason, actor=world.officer
        )

    with pytest.raises(DomainError, match="leaves") as refusal:
        adjust(run, third, 6 * WAN)
    assert refusal.value.field == "amount_fen"
    with pytest.raises(DomainError, match="It can get nothing, or from"):
        adjust(run, second, 4 * WAN)
    with pytest.raises(DomainError, match="already"):
        adjust(run, second, 6 * WAN)
    assert AllocationRun.objects.count() == 1
    less = adjust(run, second, 0)
    other = adjust(less, third, 6 * WAN, "职工呼声最高")
    assert (granted(run), granted(less), granted(other)) == ({2: 6 * WAN}, {}, {3: 6 * WAN})
    assert [change["reason"] for change in other.changes] == ["街道已另有安排", "职工呼声最高"]
    assert (other.based_on, other.policy, other.sha256) == (less, Policy.BY_HAND, run.sha256)
    assert "街道已另有安排" in other.matches.get(proposal=second).why_not
    with pytest.raises(Forbidden):
        runs.adjust_run(run, proposal=second, amount_fen=0, reason="x", actor=world.buyer)
    client = client_of(world.officer)
    compare = reverse("matching:compare", args=[world.call.number])
    page = client.get(f"{compare}?run={run.pk}&run={other.pk}").content.decode()
    assert page.count("gains__more") == page.count("gains__less") == 1
    assert "职工呼声最高" in client.get(reverse("matching:run", args=[other.pk])).content.decode()
    (award,) = confirm_allocation(other, actor=world.officer)
    assert (award.proposal, award.amount_fen) == (third, 6 * WAN)
    assert verify_books() == []
    with pytest.raises(WrongState):
        adjust(other, third, 0)


def test_floors_bind_what_is_confirmed_and_contradictions_are_named(world, in_process):
    category = world.proposals[0].lot.category
    organisation = world.proposals[2].organisation
    limit = limits.set_limit(
        world.call, organisation=organisation, floor_fen=6 * WAN, actor=world.officer
    )
    by_rank = computed(world)
    journals = Journal.objects.count()
    with pytest.raises(DomainError, match="less than its floor"):
        confirm_allocation(by_rank, actor=world.officer)
    assert (Award.objects.count(), Journal.objects.count()) == (0, journals)
    assert granted(computed(world, Policy.BEST)) == {3: 6 * WAN}
    with pytest.raises(DomainError, match="contradicts") as refusal:
        limits.set_limit(
            world.call, category=category, floor_fen=2, ceiling_fen=1, actor=world.officer
        )
    assert refusal.value.field == "ceiling_fen"
    with pytest.raises(DomainError):
        limits.set_limit(world.call, category=category, actor=world.officer)
    with pytest.raises(DomainError):
        limits.set_limit(world.call, floor_fen=1, actor=world.officer)
    limits.set_limit(world.call, category=category, ceiling_fen=5 * WAN, actor=world.officer)
    run = computed(world, Policy.BEST)
    assert (run.state, run.fault) == (RunState.FAILED, RunFault.FLOORS)
    page = client_of(world.officer).get(reverse("matching:run", args=[run.pk])).content.decode()
    assert organisation.name in page
    again = limits.set_limit(
        world.call, organisation=organisation, floor_fen=1, actor=world.officer
    )
    assert (again.pk, GroupLimit.objects.count()) == (limit.pk, 2)
    limits.remove_limit(again, actor=world.officer)
    assert GroupLimit.objects.count() == 1
    with pytest.raises(Forbidden):
        limits.set_limit(world.call, category=category, floor_fen=1, actor=world.buyer)


def test_of_two_that_exclude_each_other_one_is_funded(world):
    first, second, _third = world.proposals
    give(world.fund, world.federation, 1)
    for pair in ((second, first), (first, second)):
        if Exclusion.objects.exists():
            with pytest.raises(Clash):
                limits.set_exclusion(
                    world.call, first=pair[0], second=pair[1], reason="同类", actor=world.officer
                )
        else:
            limits.set_exclusion(
                world.call, first=pair[0], second=pair[1], reason="同类", actor=world.officer
            )
    with pytest.raises(DomainError):
        limits.set_exclusion(
            world.call, first=first, second=first, reason="同", actor=world.officer
        )
    run = computed(world, Policy.PART_FUND)
    assert problem_from_facts(run.inputs).exclusions == ((first.pk, second.pk),)
    limits.remove_exclusion(Exclusion.objects.get(), actor=world.officer)
    # the run keeps what it was computed with, and can be confirmed
    assert len(confirm_allocation(run, actor=world.officer)) == 1


def test_why_not_me_is_answered_to_officers_and_after_the_result_to_the_refused(
    world, in_process, django_assert_max_num_queries
):
    run = computed(world, Policy.BEST)
    refusal = run.matches.get(proposal=world.proposals[2], amount_fen=0)
    officer = client_of(world.officer)
    bidder = client_of(officers_of(world.proposals[2].organisation)[0])
    stranger = client_of(member_of(make_social()))
    page = reverse("matching:refusal", args=[refusal.pk])
    ask = reverse("matching:ask_ground", args=[refusal.pk])
    assert bidder.get(page).status_code == bidder.post(ask).status_code == 404
    assert officer.post(ask).url == page
    ground = Ground.objects.get()
    # 80 points beside none of the others: 70 with it alone, 10 are lacking
    assert ground.facts["possible"]
    assert ground.facts["lacks"] == pytest.approx(100_000)
    assert ground.facts["value"] == 800_000
    confirm_allocation(run, actor=world.officer)
    assert bidder.get(page).status_code == 404
    public = reverse("matching:plan_json", args=[world.call.number])
    assert Client().get(public).status_code == 404
    publish_results(world.call, actor=world.officer)
    with django_assert_max_num_queries(12):
        answered = bidder.get(page).content.decode()
    assert "80.00" in answered
    assert stranger.get(page).status_code == stranger.post(ask).status_code == 404
    assert bidder.get(reverse("matching:run", args=[run.pk])).status_code == 404
    facts = Client().get(public).json()
    assert answer(facts, lambda *_: None)["plan"] == facts["outcome"]["plan"] == run.result["plan"]
    other = Match.objects.get(run=run, proposal=world.proposals[0], amount_fen=0)
    assert bidder.get(reverse("matching:refusal", args=[other.pk])).status_code == 404
    with pytest.raises(WrongState):
        runs.finish_ground(ground, facts={}, actor=SYSTEM)


def test_officers_choose_rules_compare_and_keep_files(
    world, in_process, django_assert_max_num_queries
):
    client = client_of(world.officer)
    number = world.call.number
    compute_url = reverse("matching:compute_allocation", args=[number])
    nothing = client.post(compute_url, {"fund": world.fund.pk, "counted": "score"})
    assert nothing.status_code == 200
    assert not AllocationRun.objects.exists()
    sent = client.post(
        compute_url,
        {"fund": world.fund.pk, "counted": "people", "policies": ["rank", "best", "equal-shares"]},
    )
    assert AllocationRun.objects.filter(state=RunState.PROPOSED, counted="people").count() == 3
    with django_assert_max_num_queries(12):
        assert "Both give everybody the same" in client.get(sent.url).content.decode()
    with django_assert_max_num_queries(12):
        client.get(reverse("matching:runs", args=[number]))
    run = AllocationRun.objects.get(policy="rank")
    with django_assert_max_num_queries(12):
        client.get(reverse("matching:run", args=[run.pk]))
    first, _second, third = world.proposals
    for proposal, said in (
        (first, "all seed money together are ¥70,000.00"),
        (third, "if it had asked for no more than ¥30,000.00"),
    ):
        refusal = run.matches.get(proposal=proposal)
        page = client.get(reverse("matching:refusal", args=[refusal.pk])).content.decode()
        assert said in page
    file = client.get(reverse("matching:run_csv", args=[run.pk]))
    text = b"".join(file.streaming_content).decode()
    assert text.count("\n") == 5
    assert "花木街道总工会" in text
    xlsx = client.get(reverse("matching:run_xlsx", args=[run.pk]))
    assert b"".join(xlsx.streaming_content)[:2] == b"PK"
    limit_url = reverse("matching:set_limit", args=[number])
    category = f"category:{world.proposals[0].lot.category_id}"
    assert client.post(limit_url, {"group": category, "ceiling_fen": "100000"}).status_code == 302
    exclude = {"first": world.proposals[0].pk, "second": world.proposals[1].pk, "reason": "同类"}
    assert client.post(reverse("matching:set_exclusion", args=[number]), exclude).status_code == 302
    adjust = reverse("matching:adjust_run", args=[run.pk])
    assert client.get(adjust).status_code == 200
    changed = {"proposal": world.proposals[1].pk, "amount_fen": "0", "reason": "改"}
    assert client.post(adjust, changed).status_code == 302
    with django_assert_max_num_queries(12):
        shown = client.get(reverse("matching:runs", args=[number])).content.decode()
    assert shown.count("Take back") == 2
    for kept in (GroupLimit.objects.get(), Exclusion.objects.get()):
        name = "remove_limit" if isinstance(kept, GroupLimit) else "remove_exclusion"
        assert client.post(reverse(f"matching:{name}", args=[kept.pk])).status_code == 302
    assert not GroupLimit.objects.exists()
