"""Addresses of the top floor that have no language."""

from django.urls import path, re_path

from cms import views
from cms.reports.views import picture

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.site_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.site_part, name="sitemap_part"),
    re_path(r"^pictures/([^/]+)/(\d+)/([^/]+)/([^/]*)$", picture, name="picture"),
]
