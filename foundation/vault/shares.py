"""A secret split among several, so that any k of them restore it and fewer learn nothing.

Shamir's scheme over GF(256) (A. Shamir, "How to share a secret", 1979): each byte of the secret
is the value at 0 of a polynomial of degree k - 1 whose other coefficients are random; a share is
its values at one point from 1 to 255. Arithmetic is that of AES: modulo x⁸ + x⁴ + x³ + x + 1,
by tables of powers of the generator 3.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping

MOST = 255


def _tables() -> tuple[bytes, bytes]:
    """(powers of 3 twice around, their logarithms)."""
    powers, logs, value = bytearray(510), bytearray(256), 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logs[value] = exponent
        doubled = value << 1
        value ^= doubled ^ 0x11B if doubled & 0x100 else doubled
    return bytes(powers), bytes(logs)


_POWERS, _LOGS = _tables()


def _times(one: int, other: int) -> int:
    return _POWERS[_LOGS[one] + _LOGS[other]] if one and other else 0


def _over(one: int, other: int) -> int:
    return _POWERS[_LOGS[one] + 255 - _LOGS[other]] if one else 0


def split(
    secret: bytes, *, need: int, among: int, chance: Callable[[int], bytes] = secrets.token_bytes
) -> dict[int, bytes]:
    """{point: share} for the points 1 … `among`; any `need` of them restore the secret."""
    if not 1 <= need <= among <= MOST:
        raise ValueError(f"{need} of {among}")
    shares = {point: bytearray() for point in range(1, among + 1)}
    for byte in secret:
        coefficients = bytes([byte]) + chance(need - 1)
        for point, share in shares.items():
            share.append(_value_at(point, coefficients))
    return {point: bytes(share) for point, share in shares.items()}


def _value_at(point: int, coefficients: bytes) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = _times(value, point) ^ coefficient
    return value


def restore(shares: Mapping[int, bytes]) -> bytes:
    """The secret, given as many shares as are needed; with fewer, or a wrong one, something else.

    Whoever calls it holds the answer against something known (a public key).
    """
    lengths = {len(share) for share in shares.values()}
    if len(lengths) != 1 or not all(1 <= point <= MOST for point in shares):
        raise ValueError("shares of one secret have one length and points from 1 to 255")
    weights = {point: _weight(point, shares) for point in shares}
    return bytes(
        _sum(_times(weights[point], share[place]) for point, share in shares.items())
        for place in range(lengths.pop())
    )


def _weight(point: int, shares: Mapping[int, bytes]) -> int:
    """The Lagrange polynomial of `point` at 0 (minus is plus here)."""
    weight = 1
    for other in shares:
        if other != point:
            weight = _times(weight, _over(other, other ^ point))
    return weight


def _sum(values: Iterable[int]) -> int:
    total = 0
    for value in values:
        total ^= value
    return total
