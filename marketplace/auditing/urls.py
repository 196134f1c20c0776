"""Addresses of this room."""

from django.urls import path

from marketplace.auditing import (
    finding_views,
    reading_views,
    sample_views,
    trail_views,
    views,
)

app_name = "auditing"
FINDING = "desk/auditing/findings/<str:number>/"
urlpatterns = [
    path("desk/auditing/", views.desk, name="desk"),
    path("desk/auditing/inspections/", views.inspections, name="inspections"),
    path("desk/auditing/inspections/ask/", views.ask_inspection, name="ask_inspection"),
    path("desk/auditing/inspections/<int:pk>/", views.inspection, name="inspection"),
    path("desk/auditing/dossiers/<int:pk>/", views.make_dossier, name="make_dossier"),
    path("desk/auditing/samples/", sample_views.samples, name="samples"),
    path("desk/auditing/samples/draw/", sample_views.draw_sample, name="draw_sample"),
    path("desk/auditing/samples/<int:pk>/", sample_views.sample, name="sample"),
    path("desk/auditing/samples/<int:pk>.txt", sample_views.population, name="population"),
    path("desk/auditing/items/<int:pk>/check/", sample_views.check_item, name="check_item"),
    path("desk/auditing/findings/", finding_views.findings, name="findings"),
    path("desk/auditing/findings/note/", finding_views.find_subject, name="find_subject"),
    path(
        "desk/auditing/findings/note/<slug:kind>/<int:pk>/",
        finding_views.note_finding,
        name="note_finding",
    ),
    path(FINDING, finding_views.finding, name="finding"),
    path(f"{FINDING}answer/", finding_views.answer_finding, name="answer_finding"),
    path(f"{FINDING}accept/", finding_views.accept_answer, name="accept_answer"),
    path(f"{FINDING}more/", finding_views.require_more, name="require_more"),
    path(f"{FINDING}close/", finding_views.close_finding, name="close_finding"),
    path(f"{FINDING}withdraw/", finding_views.withdraw_finding, name="withdraw_finding"),
    path("desk/trail.csv", trail_views.trail_file, {"ending": "csv"}, name="trail_csv"),
    path("desk/trail.xlsx", trail_views.trail_file, {"ending": "xlsx"}, name="trail_xlsx"),
    path("desk/auditing/readings/", reading_views.readings, name="readings"),
    path("desk/auditing/readings/<int:pk>/", reading_views.own_readings, name="own_readings"),
]
