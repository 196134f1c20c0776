"""What waits for a person among the pages: those that were handed in for review."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from foundation.http import Waiting
from foundation.people.rules import is_officer
from foundation.waiting import Look, Row


def looks_for(person: Any) -> list[Look]:
    """For officers: pages that editors handed in."""
    if not is_officer.test(person, None):
        return []
    handed_in = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
    ).annotate(page_key=Cast("object_id", BigIntegerField()))
    rows = Page.objects.filter(pk__in=handed_in.values("page_key")).order_by("pk")
    return [Look(rows, _page, title="draft_title")]


def _page(row: Row) -> Waiting:
    return Waiting(
        _("Review the page “%(page)s”") % {"page": row.title},
        reverse("wagtailadmin_pages:edit", args=[row.pk]),
        kind="pages",
    )
