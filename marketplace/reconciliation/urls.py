"""Addresses of this room."""

from django.urls import path

from marketplace.reconciliation import views

app_name = "reconciliation"
urlpatterns = [
    path("desk/reconciliation/", views.desk, name="desk"),
    path("desk/reconciliation/compare/", views.ask_reconciliation, name="ask_reconciliation"),
    path("desk/reconciliation/runs/", views.runs, name="runs"),
    path("desk/reconciliation/runs/<int:pk>/", views.run, name="run"),
    path(
        "desk/reconciliation/differences.csv",
        views.differences_file,
        {"ending": "csv"},
        name="differences_csv",
    ),
    path(
        "desk/reconciliation/differences.xlsx",
        views.differences_file,
        {"ending": "xlsx"},
        name="differences_xlsx",
    ),
    path("desk/reconciliation/<int:pk>/", views.difference, name="difference"),
    path(
        "desk/reconciliation/<int:pk>/explain/", views.resolve_difference, name="resolve_difference"
    ),
]
