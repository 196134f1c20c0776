"""Where the studio is told of what we add to it."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.signals import send_no_letters
from cms.studio import TwinsReport, VisitsReport

send_no_letters()  # here, because every app is ready when hooks are looked for


@hooks.register("register_admin_urls")
def report_addresses() -> list[Any]:
    """The addresses of our reports, within the studio."""
    return [
        path("reports/translations/", TwinsReport.as_view(), name="translations_report"),
        path(
            "reports/translations/results/",
            TwinsReport.as_view(results_only=True),
            name="translations_report_results",
        ),
        path("reports/visits/", VisitsReport.as_view(), name="visits_report"),
        path(
            "reports/visits/results/",
            VisitsReport.as_view(results_only=True),
            name="visits_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def twins_item() -> MenuItem:
    """The report on translations, in the menu of reports."""
    address = reverse("translations_report")
    return MenuItem(_("Translations"), address, icon_name="globe", order=100)


@hooks.register("register_reports_menu_item")
def visits_item() -> MenuItem:
    """The report on visits, in the menu of reports."""
    return MenuItem(_("Visits"), reverse("visits_report"), icon_name="view", order=110)
