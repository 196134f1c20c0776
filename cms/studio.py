"""Reports for editors: pages whose twin is missing or older, and how often pages are read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from cms.visits.models import Visit
from foundation import clock


def without_true_twin() -> QuerySet[Page]:
    """Live pages whose twin is missing or not public, and Chinese ones whose twin is older.

    Chinese comes first, so an English page is newer than its twin in the order of things.
    """
    twins = Page.objects.filter(translation_key=OuterRef("translation_key")).exclude(
        locale=OuterRef("locale")
    )
    rows = (
        Page.objects.filter(live=True, depth__gt=1)
        .select_related("locale")
        .annotate(
            has_twin=Exists(twins),
            twin=Subquery(twins.values("pk")[:1]),
            twin_at=Subquery(
                twins.filter(live=True).values("last_published_at")[:1],
                output_field=DateTimeField(),
            ),
        )
    )
    source = Q(locale__language_code=settings.LANGUAGE_CODE)
    behind = Q(twin_at=None) | (source & Q(twin_at__lt=F("last_published_at")))
    return rows.filter(behind).order_by(F("twin_at").asc(nulls_first=True), "path")


def how_it_stands(page: Any) -> str:
    """What is wrong with the twin, in words."""
    if not page.has_twin:
        return str(_("not translated yet"))
    if page.twin_at is None:
        return str(_("the translation is not public"))
    return str(_("the translation is older"))


class TwinsReport(ReportView):
    """Which pages say less, or something older, in the other language."""

    page_title = _("Translations")
    header_icon = "globe"
    index_url_name = "translations_report"
    index_results_url_name = "translations_report_results"
    model = Page
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.twin or page.pk]),
        ),
        Column("locale", label=_("Language")),
        Column("stands", label=_("Its twin"), accessor=how_it_stands),
        DateColumn("last_published_at", label=_("Published")),
        DateColumn("twin_at", label=_("Twin published")),
    ]
    list_export = ["title", "locale", "last_published_at", "twin_at"]
    no_results_message = _("Every page says the same in both languages.")

    def get_queryset(self) -> Any:
        """The pages, those without any translation first."""
        return without_true_twin()


def visits_by_page() -> Any:
    """How often each address was read: in a week, in four weeks, and as long as it is kept."""
    today = clock.today()
    week, month = today - dt.timedelta(days=7), today - dt.timedelta(days=28)
    rows = Visit.objects.values("path").annotate(
        week=Sum("count", filter=Q(day__gt=week), default=0),
        month=Sum("count", filter=Q(day__gt=month), default=0),
        whole=Sum("count"),
    )
    return rows.order_by("-month", "-whole", "path")


class VisitsReport(ReportView):
    """Which pages are read how often; nobody knows by whom."""

    page_title = _("Visits")
    header_icon = "view"
    index_url_name = "visits_report"
    index_results_url_name = "visits_report_results"
    model = Visit
    columns = [
        Column("path", label=_("Address")),
        Column("week", label=_("In 7 days")),
        Column("month", label=_("In 28 days")),
        Column("whole", label=_("In all")),
    ]
    list_export = ["path", "week", "month", "whole"]
    no_results_message = _("No page was read yet.")

    def get_queryset(self) -> Any:
        """What was read most in the last four weeks first."""
        return visits_by_page()
