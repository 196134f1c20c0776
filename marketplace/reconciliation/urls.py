"""Addresses of this room."""

from django.urls import path

from marketplace.reconciliation import views

app_name = "reconciliation"
urlpatterns = [
    path("desk/payments/comparison/", views.desk, name="desk"),
    path("desk/payments/comparison/compare/", views.ask_reconciliation, name="ask_reconciliation"),
    path("desk/payments/comparison/runs/", views.runs, name="runs"),
    path("desk/payments/comparison/runs/<int:pk>/", views.run, name="run"),
    path(
        "desk/payments/comparison/differences.csv",
        views.differences_file,
        {"ending": "csv"},
        name="differences_csv",
    ),
    path(
        "desk/payments/comparison/differences.xlsx",
        views.differences_file,
        {"ending": "xlsx"},
        name="differences_xlsx",
    ),
    path("desk/payments/comparison/<int:pk>/", views.difference, name="difference"),
    path(
        "desk/payments/comparison/<int:pk>/explain/",
        views.resolve_difference,
        name="resolve_difference",
    ),
]
