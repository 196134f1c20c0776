"""What changed between two wordings, in pieces a page can strike out and underline. Pure."""

from __future__ import annotations

import difflib
import re

SAME, OUT, IN = "same", "out", "in"
LONGEST = 6_000
"""Beyond so many signs the whole is shown as replaced: comparing would take too long."""

_SIGNS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """[(same | out | in, text)]: Latin words and single Han signs are compared.

    The `same` and `out` pieces together are `before`; the `same` and `in` pieces are `after`.
    """
    old, new = _SIGNS.findall(before), _SIGNS.findall(after)
    if len(old) > LONGEST or len(new) > LONGEST:
        return [(kind, text) for kind, text in ((OUT, before), (IN, after)) if text]
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((SAME, "".join(old[a:b])))
            continue
        if a < b:
            found.append((OUT, "".join(old[a:b])))
        if c < d:
            found.append((IN, "".join(new[c:d])))
    return found
