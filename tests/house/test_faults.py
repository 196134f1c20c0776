"""Every sentence a verifier can write is one that people can read in their language."""

from __future__ import annotations

import ast
import re

import pytest
from django.utils.translation import override

from foundation import faults
from marketplace.auditing import faults as _registered  # noqa: F401  # their sentences
from tests.house.sources import HOUSE

VERIFIERS = (
    *("marketplace/auditing/verification.py", "marketplace/ledger/verification.py"),
    *("foundation/seals/operations.py", "foundation/seals/guards.py"),
    *(str(file.relative_to(HOUSE)) for file in sorted(HOUSE.glob("marketplace/*/book_checks.py"))),
)
NO_SENTENCES = re.compile(
    r"CREATE |DROP |LOCK |RAISE |IS NOT NULL|OLD\.|fingerprint <>|"
    r"BEFORE |AFTER |\n|WHEN |EXISTS|trigger_depth|FOR EACH|\(SELECT"
)


def sentences() -> list[str]:
    """What the verifiers write between the facts, with a stand-in for each fact."""
    found = []
    for name in VERIFIERS:
        for node in ast.walk(ast.parse((HOUSE / name).read_text())):
            if isinstance(node, ast.JoinedStr):
                parts = [v.value if isinstance(v, ast.Constant) else "x1" for v in node.values]
                text = "".join(str(part) for part in parts)
                if text.count(" ") > 2 and not NO_SENTENCES.search(text):
                    found.append(text)
    return found


@pytest.mark.parametrize("sentence", sentences())
def test_the_sentence_is_said_in_chinese(sentence):
    ends = {"by its x1s": "by its payables", "x1s overdue": "letters overdue"}
    for old, new in ends.items():
        sentence = sentence.replace(old, new)
    with override("zh-hans"):
        said = faults.said(sentence)
    assert said != sentence, sentence
    assert re.search(r"[\u4e00-\u9fff]", said)
    with override("en"):
        assert faults.said(sentence) == sentence


def test_a_sentence_nobody_registered_stays_as_it_is():
    assert faults.said("something else") == "something else"
