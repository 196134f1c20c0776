"""Addresses of this room."""

from django.urls import path

from marketplace.matching import (
    audience_views,
    compare_views,
    limit_views,
    run_views,
    shelf_views,
    views,
)

app_name = "matching"
urlpatterns = [
    path("desk/matching/", shelf_views.shelf, name="shelf"),
    path("desk/matching/shelf.csv", shelf_views.shelf_csv, name="shelf_csv"),
    path("desk/matching/side_by_side/", shelf_views.side_by_side, name="side_by_side"),
    path("desk/matching/shelves/<int:pk>/weights/", shelf_views.set_weights, name="set_weights"),
    path(
        "desk/matching/shelves/<int:pk>/weights/reset/",
        shelf_views.reset_weights,
        name="reset_weights",
    ),
    path("desk/matching/proposals/<int:pk>/note/", shelf_views.write_note, name="write_note"),
    path("desk/matching/notes/<int:pk>/strike/", shelf_views.strike_note, name="strike_note"),
    path("desk/matching/interests/", views.interests, name="interests"),
    path("desk/matching/proposals/<int:pk>/", shelf_views.offer, name="offer"),
    path(
        "desk/matching/proposals/<int:pk>/interest/",
        shelf_views.show_interest,
        name="show_interest",
    ),
    path("desk/matching/proposals/<int:pk>/pledge/", shelf_views.pledge_money, name="pledge_money"),
    path(
        "desk/matching/interests/<int:pk>/withdraw/",
        views.withdraw_interest,
        name="withdraw_interest",
    ),
    path("desk/matching/pledges/<int:pk>/withdraw/", views.withdraw_pledge, name="withdraw_pledge"),
    path("desk/matching/roadshows/<uuid:key>/", audience_views.audience, name="audience"),
    path("desk/matching/turns/<int:pk>/interest/", audience_views.show, name="show_interest_live"),
    path("desk/matching/calls/", views.desk, name="desk"),
    path("desk/matching/calls/<str:number>/", run_views.call_runs, name="runs"),
    path(
        "desk/matching/calls/<str:number>/compute/",
        run_views.compute_allocation,
        name="compute_allocation",
    ),
    path("desk/matching/calls/<str:number>/compare/", compare_views.compare, name="compare"),
    path("desk/matching/calls/<str:number>/limits/", limit_views.set_limit, name="set_limit"),
    path("desk/matching/limits/<int:pk>/remove/", limit_views.remove_limit, name="remove_limit"),
    path(
        "desk/matching/calls/<str:number>/exclusions/",
        limit_views.set_exclusion,
        name="set_exclusion",
    ),
    path(
        "desk/matching/exclusions/<int:pk>/remove/",
        limit_views.remove_exclusion,
        name="remove_exclusion",
    ),
    path("desk/matching/runs/<int:pk>/", run_views.run, name="run"),
    path(
        "desk/matching/runs/<int:pk>/plan.csv",
        compare_views.run_file,
        {"ending": "csv"},
        name="run_csv",
    ),
    path(
        "desk/matching/runs/<int:pk>/plan.xlsx",
        compare_views.run_file,
        {"ending": "xlsx"},
        name="run_xlsx",
    ),
    path("desk/matching/runs/<int:pk>/set_aside/", run_views.set_aside_run, name="set_aside_run"),
    path("desk/matching/runs/<int:pk>/adjust/", run_views.adjust_run, name="adjust_run"),
    path("desk/matching/refusals/<int:pk>/", compare_views.refusal, name="refusal"),
    path("desk/matching/refusals/<int:pk>/ask/", compare_views.ask_ground, name="ask_ground"),
    path("results/calls/<str:number>/plan.json", compare_views.plan_json, name="plan_json"),
]
