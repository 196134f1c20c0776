"""Addresses of this room."""

from django.urls import path

from marketplace.catalogue import money_views, views

app_name = "catalogue"
urlpatterns = [
    path("money/", money_views.money, name="money"),
    path("projects/", views.projects, name="projects"),
    path("projects/selection.csv", views.projects_csv, name="projects_csv"),
    path("projects/<str:number>/", views.project, name="project"),
]
