"""The reference a union writes beside its transfer: short, printable, and safe against slips."""

from __future__ import annotations

import re
import unicodedata

PREFIX = "GR"
MOST = 999_999

_CANDIDATE = re.compile(rf"(?<![A-Z0-9]){PREFIX}[ -]?(\d(?:[ -]?\d){{7}})(?!\d)")


def reference_of(number: int) -> str:
    """17 → 'GR000017' and two check digits (ISO 7064, MOD 97-10), in groups as it is printed."""
    if not 1 <= number <= MOST:
        raise ValueError(f"no reference for {number}")
    body = f"{number:06d}"
    digits = f"{body}{_check(body):02d}"
    return f"{PREFIX} {digits[:4]} {digits[4:]}"


def number_of(reference: str) -> int | None:
    """The number a reference stands for; None where it is none or was mistyped."""
    found = numbers_in(reference)
    return found[0] if len(found) == 1 else None


def numbers_in(text: str) -> list[int]:
    """The numbers of all references a text holds, however they were spaced or typed, each once.

    Full-width letters and digits, small letters, spaces and hyphens are what people and banks
    make of it; a slip in one digit or two digits swapped is no reference.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    found: list[int] = []
    for match in _CANDIDATE.finditer(plain):
        digits = re.sub(r"\D", "", match.group(1))
        body, check = digits[:-2], int(digits[-2:])
        if _check(body) == check and int(body) and int(body) not in found:
            found.append(int(body))
    return found


def _check(body: str) -> int:
    return 98 - int(body) * 100 % 97
