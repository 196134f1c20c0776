"""Addresses of this room."""

from django.urls import path

from bidding.evaluation import bench_views, standing_views, views

app_name = "evaluation"
CALL = "desk/evaluation/<str:number>/"
urlpatterns = [
    path("results/rankings/<str:number>/", standing_views.ranking, name="ranking"),
    path(
        "results/rankings/<str:number>/inputs.json",
        standing_views.ranking_inputs,
        name="ranking_inputs",
    ),
    path(
        "results/rankings/<str:number>/inputs.csv",
        standing_views.ranking_table,
        name="ranking_table",
    ),
    path("desk/evaluation/", views.desk, name="desk"),
    path("desk/evaluation/bench/", bench_views.bench, name="bench"),
    path("desk/evaluation/experts/", bench_views.experts, name="experts"),
    path("desk/evaluation/experts/enrol/", bench_views.enrol, name="enrol_expert"),
    path("desk/evaluation/experts/<int:pk>/", bench_views.expert, name="expert"),
    path(
        "desk/evaluation/experts/<int:pk>/availability/",
        bench_views.availability,
        name="change_availability",
    ),
    path(
        "desk/evaluation/experts/<int:pk>/expertise/",
        bench_views.expertise,
        name="change_expertise",
    ),
    path("desk/evaluation/experts/<int:pk>/ties/add/", bench_views.tie, name="state_tie"),
    path("desk/evaluation/ties/<int:pk>/end/", bench_views.untie, name="end_tie"),
    path("desk/evaluation/seats/<int:pk>/take/", bench_views.take, name="take_seat"),
    path("desk/evaluation/seats/<int:pk>/leave/", bench_views.leave, name="leave_seat"),
    path("desk/evaluation/sheets/<int:pk>/", bench_views.score, name="score_proposal"),
    path("desk/evaluation/proposals/<int:pk>/screen/", views.screen, name="screen_proposal"),
    path("desk/evaluation/proposals/<int:pk>/cure/", views.cure, name="cure_proposal"),
    path("desk/evaluation/proposals/<int:pk>/result/", standing_views.result, name="result"),
    path(
        "desk/evaluation/proposals/<int:pk>/score-sheet.pdf",
        standing_views.score_sheet,
        name="score_sheet",
    ),
    path("desk/evaluation/places/<int:pk>/move/", standing_views.move, name="move_place"),
    path(CALL, views.call, name="call"),
    path(CALL + "void/", views.void, name="declare_void"),
    path(CALL + "draw/", views.draw, name="draw_panel"),
    path(CALL + "substitute/", views.substitute, name="draw_substitute"),
    path(CALL + "begin/", views.begin, name="begin_scoring"),
    path(CALL + "assignment/", views.assignment, name="assignment"),
    path(CALL + "standing/", standing_views.standing, name="standing"),
    path(CALL + "rank/", views.rank, name="rank_proposals"),
]
