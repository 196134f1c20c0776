"""Who judges what: the best there is, even, fair, the same for everybody who knows the seed."""

from __future__ import annotations

import itertools
import random

import pytest

from bidding.evaluation.assignment import Infeasible, assign


def world(seed, proposals=4, judges=5, most=3, bound=1):
    chance = random.Random(seed)
    value = {(j, p): chance.randrange(most + 1) for j in range(judges) for p in range(proposals)}
    conflicts = {
        j: chance.sample(range(proposals), chance.randrange(bound + 1)) for j in range(judges)
    }
    return value, conflicts


def best_by_trying_everything(proposals, judges, each, value, conflicts):
    least, most = proposals * each // judges, -(-proposals * each // judges)
    choices = [
        [
            c
            for c in itertools.combinations(range(judges), each)
            if all(p not in conflicts[j] for j in c)
        ]
        for p in range(proposals)
    ]
    found = []
    for chosen in itertools.product(*choices):
        load = [sum(j in c for c in chosen) for j in range(judges)]
        if least <= min(load) and max(load) <= most:
            found.append(sum(value[j, p] for p, c in enumerate(chosen) for j in c))
    return max(found, default=None)


@pytest.mark.parametrize("bound", [1, 2, 3])
def test_the_sum_of_expertise_is_the_greatest_of_all_that_are_even_and_free(bound):
    told = {True: 0, False: 0}
    for seed in range(20):
        value, conflicts = world(seed, bound=bound)
        best = best_by_trying_everything(4, 5, 2, value, conflicts)
        rules = {"each": 2, "value": value, "conflicts": conflicts, "seed": f"{seed}"}
        told[best is None] += 1
        if best is None:
            with pytest.raises(Infeasible) as refused:
                assign(range(4), range(5), **rules)
            assert refused.value.lacking > 0
            for p, judges in refused.value.bound.items():
                assert judges
                assert all(p in conflicts[j] for j in judges)
            continue
        found = assign(range(4), range(5), **rules)
        assert found.best_total == best
        assert found.total <= best
        assert found.worst >= found.worst_before
        assert sum(found.load.values()) == 8
        assert max(found.load.values()) - min(found.load.values()) <= 1
        for p, judges in found.judges.items():
            assert len(set(judges)) == 2
            assert not any(p in conflicts[j] for j in judges)
    assert told[False] > 5
    assert told[True] > 5 or bound < 3


def test_the_seed_decides_and_the_order_of_the_lists_does_not():
    value = dict.fromkeys(itertools.product("ABCDEF", range(9)), 1)
    rules = {"each": 3, "value": value, "conflicts": {}}
    first = assign(range(9), "ABCDEF", seed="s", **rules)
    assert assign(reversed(range(9)), "FEDCBA", seed="s", **rules) == first
    assert assign(range(9), "ABCDEF", seed="t", **rules).judges != first.judges


def test_the_worst_served_is_raised_by_a_trade_that_costs_little():
    value = {("A", 1): 3, ("B", 1): 3, ("A", 2): 3, ("B", 2): 3, ("C", 1): 2}
    found = [
        assign((1, 2), "ABCD", each=2, value=value, conflicts={}, seed=f"{seed}")
        for seed in range(12)
    ]
    assert {one.worst_before for one in found} == {2, 3}
    assert {(one.worst, one.total, one.best_total) for one in found} == {(3, 8, 8)}
    assert all(one.load == dict.fromkeys("ABCD", 1) for one in found)


def test_what_cannot_be_says_which_proposal_lacks_judges_and_who_is_bound_to_it():
    conflicts = {"A": {7}, "B": {7}}
    with pytest.raises(Infeasible) as refused:
        assign((7, 8), "ABC", each=2, value={}, conflicts=conflicts, seed="s")
    assert refused.value.lacking == 1
    assert {p: sorted(who) for p, who in refused.value.bound.items()} == {7: ["A", "B"]}


def test_who_is_bound_to_nearly_everything_is_named_where_loads_cannot_be_even():
    """Each of the three proposals has judges enough; but judge A may take only one of them."""
    with pytest.raises(Infeasible) as refused:
        assign((7, 8, 9), "ABC", each=2, value={}, conflicts={"A": {7, 8}}, seed="s")
    assert refused.value.lacking == 1
    assert refused.value.bound == {7: ["A"], 8: ["A"]}
