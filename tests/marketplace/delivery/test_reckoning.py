"""What a broken-off project leads to in money, figure by figure."""

import pytest

from marketplace.delivery.reckoning import Outcome, Reckoning


def stands(paid=0, unpaid=0, bound=0):
    return Reckoning(100, bound, unpaid, paid, 0, 0)


@pytest.mark.parametrize(
    ("money", "accepted", "more", "off", "claimed", "home"),
    [
        ({"paid": 50, "bound": 50}, 50, 0, 0, 0, 50),
        ({"paid": 50, "bound": 50}, 70, 20, 0, 0, 30),
        ({"paid": 50, "bound": 50}, 30, 0, 0, 20, 50),
        ({"unpaid": 50, "bound": 50}, 30, 0, 20, 0, 70),
        ({"paid": 50, "unpaid": 40, "bound": 10}, 20, 0, 40, 30, 50),
        ({"paid": 50, "unpaid": 40, "bound": 10}, 100, 10, 0, 0, 0),
        ({"unpaid": 50, "bound": 50}, 0, 0, 50, 0, 100),
    ],
)
def test_the_work_done_is_paid_and_the_rest_goes_home_or_comes_back(
    money, accepted, more, off, claimed, home
):
    assert stands(**money).outcome(accepted) == Outcome(accepted, more, off, claimed, home)


def test_no_fen_is_lost_whatever_the_work_comes_to():
    for paid in range(4):
        for unpaid in range(4):
            for bound in range(4):
                before = stands(paid, unpaid, bound)
                for accepted in range(before.most_fen + 1):
                    after = before.outcome(accepted)
                    gone = after.called_off_fen + after.claimed_fen
                    assert paid + unpaid + after.owed_now_fen - gone == accepted
                    assert after.home_fen + accepted + after.claimed_fen == before.most_fen
                    assert min(after.home_fen, after.claimed_fen, after.owed_now_fen) >= 0


@pytest.mark.parametrize("accepted", [-1, 101])
def test_the_work_comes_to_nothing_that_is_not_there(accepted):
    with pytest.raises(ValueError, match="not within"):
        stands(paid=50, bound=50).outcome(accepted)
