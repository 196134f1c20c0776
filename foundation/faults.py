"""What verifiers find, said in the reader's language.

A verifier's sentence is written and kept in English, in logs as in what an inspection found.
Each room registers the patterns of its own sentences, which are in the catalogue like any other
words; `said` finds the pattern that a kept sentence was made from and says it again.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext

NAMED = re.compile(r"%\((\w+)\)s")
PATTERNS: list[tuple[re.Pattern[str], str]] = []


def sentences(*patterns: str) -> None:
    """Register English patterns, `%(name)s` where a fact stands (marked with gettext_noop)."""
    for pattern in patterns:
        parts = NAMED.split(pattern)
        source = "".join(
            f"(?P<{part}>.+?)" if number % 2 else re.escape(part)
            for number, part in enumerate(parts)
        )
        PATTERNS.append((re.compile(f"{source}$", re.DOTALL), pattern))
    PATTERNS.sort(key=lambda row: row[1].startswith("%("))  # those that name their thing first


def said(fault: Any) -> str:
    """The sentence in the language that is active; one that no room knows stays as it is."""
    for compiled, pattern in PATTERNS:
        if found := compiled.match(str(fault)):
            facts = {name: said(value) for name, value in found.groupdict().items()}
            return gettext(pattern) % facts
    return str(fault)
