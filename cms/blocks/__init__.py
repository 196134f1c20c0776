"""Blocks an editor puts on a page: words of their own, and facts asked of the database."""

from __future__ import annotations

from wagtail import blocks

from cms.blocks.facts import (
    CrossTable,
    DistrictTable,
    FundFlow,
    KeyFigures,
    NeedCard,
    NeedCards,
    OpenCalls,
    ProjectCard,
    ProjectCards,
    QuestionChart,
    hold,
)
from cms.blocks.words import Answered, CallToAction, Figure, Prose, Quote, Section


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """What may stand on any page."""
    return [
        ("prose", Prose()),
        ("picture", Figure()),
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
    """What may stand in a report; each fact live or frozen."""
    return [
        ("section", Section()),
        ("prose", Prose()),
        ("picture", Figure()),
        ("quote", Quote()),
        ("figures", KeyFigures(hold())),
        ("chart", QuestionChart(hold())),
        ("cross", CrossTable(hold())),
        ("districts", DistrictTable(hold())),
        ("needs", NeedCards(hold())),
        ("need", NeedCard(hold())),
        ("projects", ProjectCards(hold())),
        ("flow", FundFlow(hold())),
        ("calls", OpenCalls()),
        ("action", CallToAction()),
    ]
