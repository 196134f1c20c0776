"""Whichever way a report is published (by hand, in a workflow, by the clock): its facts freeze."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from cms.pages.report import ReportPage
from cms.reports.operations import freeze_facts
from foundation.permissions import SYSTEM


@receiver(page_published)
def freeze_when_published(instance: Any, **_more: Any) -> None:
    """In the transaction that publishes, so that no report is out with half its facts."""
    if isinstance(instance, ReportPage):
        freeze_facts(instance, actor=SYSTEM)
