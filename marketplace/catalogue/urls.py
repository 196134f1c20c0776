"""Addresses of this room."""

from django.urls import path

from marketplace.catalogue import money_views, nearby_views, views

app_name = "catalogue"
urlpatterns = [
    path("money/", money_views.money, name="money"),
    path("services/", nearby_views.services, name="services"),
    path("projects/", views.projects, name="projects"),
    path("projects/selection.csv", views.projects_csv, name="projects_csv"),
    path("projects/<str:number>/", views.project, name="project"),
]
