"""Unified social credit codes (GB 32100-2015), with both check digits and the prefix.

Eighteen characters: 1 department, 2 class, 3-8 region, 9-17 body code (GB 11714, its last
character a check digit of its own), 18 check character.
"""

from __future__ import annotations

import enum

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

PREFIXES = {
    "union": ("81",),
    "social": ("51", "52", "53"),
    "affiliated": ("12", "31", "51", "52", "91"),
    "enterprise": ("91", "31"),
}
"""Which first two characters a kind of organisation may have: 51 association, 52 private
non-enterprise unit, 53 foundation, 12 public institution, 91 company, 81 union, 31 law firm."""


class Fault(enum.Enum):
    """What is wrong with a code."""

    LENGTH = "length"
    CHARACTER = "character"
    CHECK = "check"
    BODY_CHECK = "body check"
    PREFIX = "prefix"


def check_character(first17: str) -> str:
    """The 18th character: weights 3^(i-1) mod 31; 31 - sum mod 31, again mod 31."""
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return ALPHABET[(31 - total % 31) % 31]


def body_check_character(first8: str) -> str:
    """The body code's own check digit: 11 - sum mod 11, 10 is X and 11 is 0."""
    total = sum(
        _BODY_ALPHABET.index(c) * weight for c, weight in zip(first8, _BODY_WEIGHTS, strict=True)
    )
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def normalised(text: str) -> str:
    """As people type it: spaces and hyphens dropped, capitals."""
    return "".join(text.split()).replace("-", "").upper()


def fault_of(code: str, kind: str | None = None) -> Fault | None:
    """None for a valid code, else the first thing wrong; with `kind`, the prefix counts too."""
    if len(code) != 18:
        return Fault.LENGTH
    if any(character not in ALPHABET for character in code):
        return Fault.CHARACTER
    if check_character(code[:17]) != code[17]:
        return Fault.CHECK
    if body_check_character(code[8:16]) != code[16]:
        return Fault.BODY_CHECK
    if kind is not None and code[:2] not in PREFIXES[kind]:
        return Fault.PREFIX
    return None


def make(prefix: str, region: str, serial: str) -> str:
    """A valid (synthetic) code from two, six and eight characters: for worlds made up."""
    first17 = prefix + region + serial + body_check_character(serial)
    return first17 + check_character(first17)
