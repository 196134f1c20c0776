"""The chart: what codes say, and which steps money may take."""

from types import SimpleNamespace

import pytest

from marketplace.ledger import accounts

FUND = SimpleNamespace(code="2026-seed")
BUYER = accounts.buyer_available(FUND, 17)
NEXT = SimpleNamespace(code="2027-seed")
BELOW_ZERO = {"authority", "paid", "clearing", "shortfall", "carried"}
OWN = accounts.buyer_own(FUND, 17)


@pytest.mark.parametrize(
    ("code", "place", "facts"),
    [
        (accounts.authority(FUND), "authority", {}),
        (accounts.fund_available(FUND), "available", {}),
        (BUYER, "buyer", {"organisation": 17}),
        (OWN, "own", {"organisation": 17}),
        (
            accounts.award_reserved(FUND, 5, BUYER),
            "reserved",
            {"organisation": 17, "award": 5, "pocket": BUYER},
        ),
        (
            accounts.agreement_encumbered(FUND, 9, accounts.fund_available(FUND)),
            "encumbered",
            {"agreement": 9, "pocket": "fund/2026-seed/available"},
        ),
        (accounts.payable(FUND, 3), "payable", {"organisation": 3}),
        (accounts.paid(FUND), "paid", {}),
        (accounts.deposit_clearing(FUND), "clearing", {}),
        (
            accounts.receivable(FUND, 3, 9, OWN),
            "receivable",
            {"organisation": 3, "agreement": 9, "pocket": OWN},
        ),
        (accounts.deposit_shortfall(FUND, 17), "shortfall", {"organisation": 17}),
        (accounts.carried(FUND, NEXT), "carried", {"other": "2027-seed"}),
    ],
)
def test_a_code_says_what_it_is(code, place, facts):
    named = accounts.read(code)
    assert named == accounts.Named(code, place, "2026-seed", **facts)
    assert named.no_overdraft is (place not in BELOW_ZERO)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "fund/2026-seed",
        "fund/2026-seed/available/",
        "fund/2026-seed/available/buyer/0",
        "fund/2026-seed/available/buyer/x",
        "fund/a/b/available",
        "fund/2026-seed/award/5/reserved/paid",
        "fund/2026-seed/available\n",
    ],
)
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match="no such place"):
        accounts.read(code)


def test_promised_money_goes_back_to_its_own_pocket_only():
    reserved = accounts.read(accounts.award_reserved(FUND, 5, BUYER))
    assert accounts.may_step("release", reserved, accounts.read(BUYER))
    assert not accounts.may_step("release", reserved, accounts.read(OWN))
    assert not accounts.may_step(
        "release", reserved, accounts.read(accounts.buyer_available(FUND, 18))
    )
    bound = accounts.read(accounts.agreement_encumbered(FUND, 9, BUYER))
    assert accounts.may_step("encumber", reserved, bound)
    assert not accounts.may_step(
        "encumber", reserved, accounts.read(accounts.agreement_encumbered(FUND, 9, OWN))
    )


def test_money_does_not_leave_its_fund_or_its_road():
    other = SimpleNamespace(code="2027-seed")
    assert not accounts.may_step(
        "allocate",
        accounts.read(accounts.fund_available(FUND)),
        accounts.read(accounts.buyer_available(other, 17)),
    )
    assert not accounts.may_step(
        "pay", accounts.read(accounts.fund_available(FUND)), accounts.read(accounts.paid(FUND))
    )
    assert not accounts.may_step(
        "wish", accounts.read(accounts.fund_available(FUND)), accounts.read(BUYER)
    )


def test_a_promise_has_to_come_out_of_a_pocket_of_the_fund():
    with pytest.raises(ValueError, match="not a pocket"):
        accounts.award_reserved(FUND, 5, accounts.paid(FUND))
    with pytest.raises(ValueError, match="not a pocket"):
        accounts.award_reserved(FUND, 5, "fund/2027-seed/available")


def test_what_came_back_goes_to_the_pocket_it_was_claimed_for():
    owed = accounts.read(accounts.receivable(FUND, 3, 9, BUYER))
    assert accounts.may_step("claim", accounts.read(accounts.paid(FUND)), owed)
    assert accounts.may_step("recover", owed, accounts.read(BUYER))
    assert not accounts.may_step("recover", owed, accounts.read(OWN))


def test_own_money_never_goes_to_the_authority():
    authority = accounts.read(accounts.authority(FUND))
    for kind, promised in (
        ("release", accounts.award_reserved(FUND, 5, OWN)),
        ("unencumber", accounts.agreement_encumbered(FUND, 5, OWN)),
        ("recover", accounts.receivable(FUND, 3, 9, OWN)),
        ("lapse", OWN),
    ):
        assert not accounts.may_step(kind, accounts.read(promised), authority)
        mine = accounts.read(promised.replace(OWN[15:], BUYER[15:]))
        assert accounts.may_step(kind, mine, authority)


def test_what_is_carried_over_arrives_in_the_same_pocket():
    out, into = accounts.carried(FUND, NEXT), accounts.carried(NEXT, FUND)
    theirs = accounts.same_pocket(NEXT, BUYER)
    assert theirs == "fund/2027-seed/available/buyer/17"
    away = (BUYER, out, 5)
    assert accounts.carries_true("carry_over", [away, (into, theirs, 5)])
    assert not accounts.carries_true("carry_over", [away])
    assert not accounts.carries_true("carry_over", [away, (into, theirs, 4)])
    other = accounts.same_pocket(NEXT, OWN)
    assert not accounts.carries_true("carry_over", [away, (into, other, 5)])
    crossing = [(accounts.deposit_clearing(FUND), out, 5), (into, other, 5)]
    assert accounts.carries_true("receive", crossing)
    with pytest.raises(ValueError, match="not a pocket"):
        accounts.same_pocket(NEXT, accounts.paid(FUND))
