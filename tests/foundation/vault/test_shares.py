"""Shares: any k restore the secret, fewer tell nothing of it."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.vault.shares import _over, _times, _value_at, restore, split


@st.composite
def schemes(draw):
    among = draw(st.integers(1, 7))
    return draw(st.binary(min_size=1, max_size=40)), draw(st.integers(1, among)), among


@settings(max_examples=60, deadline=None)
@given(schemes())
def test_every_subset_that_is_large_enough_restores_the_secret(scheme):
    secret, need, among = scheme
    shares = split(secret, need=need, among=among)
    for size in range(need, among + 1):
        for points in combinations(shares, size):
            assert restore({point: shares[point] for point in points}) == secret


def test_the_field_is_that_of_aes():
    # FIPS 197, 4.2: {57} • {83} = {c1}, {57} • {13} = {fe}
    assert (_times(0x57, 0x83), _times(0x57, 0x13)) == (0xC1, 0xFE)
    for one in range(1, 256):
        inverse = _over(1, one)
        assert _times(one, inverse) == 1
        assert _over(_times(one, 0x53), one) == 0x53
    assert _times(0, 7) == _times(7, 0) == _over(0, 7) == 0


def test_one_share_too_few_fits_every_secret_equally():
    """For one byte and two of three: whatever share somebody holds, each of the 256 secrets has
    exactly one polynomial through it, so the share says nothing about which it is."""
    chance = iter(range(256)).__next__
    for point in (1, 3):
        seen: dict[int, set[int]] = {}
        for secret in range(256):
            for slope in range(256):
                share = _value_at(point, bytes([secret, slope]))
                seen.setdefault(share, set()).add(secret)
        assert all(secrets == set(range(256)) for secrets in seen.values())
        assert len(seen) == 256
    # and a share is that value, its slope drawn by chance
    shares = split(b"\x53", need=2, among=3, chance=lambda n: bytes(chance() for _one in range(n)))
    assert shares == {point: bytes([_value_at(point, b"\x53\x00")]) for point in (1, 2, 3)}


def test_too_few_shares_or_a_wrong_one_give_something_else():
    secret = bytes(range(32))
    shares = split(secret, need=2, among=3)
    assert restore({1: shares[1]}) != secret
    other = split(secret, need=2, among=3)
    assert restore({1: shares[1], 2: other[2]}) != secret


@pytest.mark.parametrize(("need", "among"), [(0, 3), (4, 3), (2, 256)])
def test_impossible_schemes_are_refused(need, among):
    with pytest.raises(ValueError, match=f"{need} of {among}"):
        split(b"x", need=need, among=among)


def test_shares_of_different_secrets_are_refused():
    with pytest.raises(ValueError, match="one length"):
        restore({1: b"a", 2: b"ab"})
    with pytest.raises(ValueError, match="from 1 to 255"):
        restore({0: b"a", 2: b"b"})
