"""`manage.py recompute_survey 2014 …`: makes a survey's published figures again and compares."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bidding.needs.finding_models import Findings
from bidding.needs.freezing import METHOD, recompute
from bidding.needs.models import Survey


class Command(BaseCommand):
    """Make figures again from the sheets and totals they were made of; exit 1 if any differs."""

    help = "Makes the published figures of surveys again (of all, unless named) and compares."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which surveys, by their short names."""
        parser.add_argument("slugs", nargs="*", metavar="SURVEY")

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute each, say what came out."""
        slugs = options["slugs"] or list(
            Findings.objects.order_by("pk").values_list("survey__slug", flat=True)
        )
        faults = sum(not self._is_same(slug) for slug in slugs)
        if faults:
            raise CommandError(f"the figures of {faults} surveys are not what was published")

    def _is_same(self, slug: str) -> bool:
        survey = Survey.objects.filter(slug=slug, findings__isnull=False).first()
        if survey is None:
            raise CommandError(f"{slug}: no such survey has published figures")
        kept, again = survey.findings, recompute(survey)
        if kept.method != METHOD:
            self.stderr.write(f"{slug}: made by method {kept.method}, this is method {METHOD}")
        if again.same:
            self.stdout.write(
                f"{slug}: {kept.sheets} sheets, effective n {kept.effective:.1f}, "
                f"weights {kept.weights_sha256[:12]}, figures {kept.figures_sha256[:12]}: the same"
            )
            return True
        weights = "the same" if again.weights else "different"
        self.stderr.write(f"{slug}: weights {weights}; questions {', '.join(again.questions)}")
        return False
