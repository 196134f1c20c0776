"""Blocks an editor puts on a page: words of their own, and facts asked of the database."""

from __future__ import annotations

from wagtail import blocks

from cms.blocks.facts import (
    FundFlow,
    KeyFigures,
    NeedCards,
    OpenCalls,
    ProjectCard,
    QuestionChart,
)
from cms.blocks.words import Answered, CallToAction, Prose, Quote


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """What may stand on any page."""
    return [
        ("prose", Prose()),
        ("figures", KeyFigures()),
        ("calls", OpenCalls()),
        ("needs", NeedCards()),
        ("project", ProjectCard()),
        ("flow", FundFlow()),
        ("quote", Quote()),
        ("answered", Answered()),
        ("action", CallToAction()),
    ]


def report_blocks() -> list[tuple[str, blocks.Block]]:
    """What may stand in a report: charts of its questions too."""
    return [*body_blocks(), ("chart", QuestionChart())]
