"""Papers: what a template says, made into a PDF by Typst with the font that comes along.

What people wrote goes in as data, never as markup, and the font is the platform's own, so that the
same paper looks the same on every machine.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from noto_cjk_sans_otc import FONT_PATH

BOLD = "".join(
    f"#show {what}: it => context {{ set text(stroke: 0.032em + text.fill); it }}\n"
    for what in ('text.where(weight: "bold")', "strong", "heading")
)
"""The font has one weight; what a template sets in bold gets a thin line of its own colour."""


@functools.cache
def fonts() -> Any:
    """The one font, read once a process."""
    folder = str(Path(FONT_PATH).parent)
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def typeset(template: Path, facts: Mapping[str, Any]) -> bytes:
    """The template with these facts as a tagged PDF; it reads them as `facts`.

    It is an archivable one, unless somebody wrote signs the font does not have (an emoji, a rare
    name): then they are boxes, and the paper is made all the same.
    """
    said = json.dumps(facts, ensure_ascii=False)
    try:
        return _compiled(template, said, archivable=True)
    except typst.TypstError:
        return _compiled(template, said, archivable=False)


def _compiled(template: Path, said: str, *, archivable: bool) -> bytes:
    made: bytes = typst.compile(
        BOLD.encode() + template.read_bytes(),
        font_paths=fonts(),
        format="pdf",
        pdf_standards=["a-2a"] if archivable else [],
        sys_inputs={"facts": said},
    )
    return made
