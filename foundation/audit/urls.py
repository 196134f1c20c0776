"""Addresses of this room."""

from django.urls import path

from foundation.audit import views

app_name = "audit"
urlpatterns = [
    path("desk/trail/", views.trail, name="trail"),
    path("desk/trail/seals/", views.seals, name="seals"),
    path("desk/trail/seals.csv", views.seals_csv, name="seals_csv"),
    path("desk/trail/check_seals.py", views.check_seals, name="check_seals"),
]
