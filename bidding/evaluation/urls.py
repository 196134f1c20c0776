"""Addresses of this room."""

from django.urls import path

from bidding.evaluation import (
    bench_views,
    replacing_views,
    roadshow_views,
    stage_views,
    standing_views,
    views,
)

app_name = "evaluation"
CALL = "desk/evaluation/<str:number>/"
ROADSHOW = "desk/evaluation/roadshows/<int:pk>/"
TURN = "desk/evaluation/turns/<int:pk>/"
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
    path(
        "desk/evaluation/seats/<int:pk>/conflict/",
        replacing_views.conflict,
        name="declare_conflict",
    ),
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
    path("roadshows/<uuid:key>/", stage_views.board, name="board"),
    path("roadshows/<uuid:key>/now/", stage_views.board_now, name="board_now"),
    path("roadshows/<uuid:key>/seen/", stage_views.board_seen, name="board_seen"),
    path("roadshows/<uuid:key>/code.svg", stage_views.board_code, name="board_code"),
    path(ROADSHOW, roadshow_views.console, name="roadshow"),
    path(ROADSHOW + "now/", roadshow_views.console_now, name="roadshow_now"),
    path(ROADSHOW + "edit/", roadshow_views.change, name="change_roadshow"),
    path(ROADSHOW + "order/", roadshow_views.order, name="set_running_order"),
    path(ROADSHOW + "draw/", roadshow_views.draw, name="draw_running_order"),
    path(ROADSHOW + "drop/", roadshow_views.drop, name="drop_roadshow"),
    path(ROADSHOW + "announce/", roadshow_views.announce, name="announce_roadshow"),
    path(ROADSHOW + "start/", roadshow_views.start, name="start_roadshow"),
    path(ROADSHOW + "pause/", roadshow_views.pause, name="pause_roadshow"),
    path(ROADSHOW + "resume/", roadshow_views.resume, name="resume_roadshow"),
    path(ROADSHOW + "show/", roadshow_views.show, name="show_results"),
    path(ROADSHOW + "finish/", roadshow_views.finish, name="finish_roadshow"),
    path(ROADSHOW + "reopen/", replacing_views.reopen, name="reopen_roadshow"),
    path(ROADSHOW + "stage/", stage_views.stage, name="stage"),
    path(ROADSHOW + "stage/now/", stage_views.stage_now, name="stage_now"),
    path(TURN + "call/", roadshow_views.call_turn, name="call_turn"),
    path(TURN + "close/", roadshow_views.close_turn, name="close_turn"),
    path(TURN + "reopen/", roadshow_views.reopen_turn, name="reopen_turn"),
    path(TURN + "skip/", roadshow_views.skip_turn, name="skip_turn"),
    path(CALL, views.call, name="call"),
    path(CALL + "void/", views.void, name="declare_void"),
    path(CALL + "draw/", views.draw, name="draw_panel"),
    path(CALL + "substitute/", views.substitute, name="draw_substitute"),
    path(CALL + "name/", replacing_views.name, name="name_substitute"),
    path(CALL + "anew/", replacing_views.anew, name="judge_anew"),
    path(CALL + "begin/", views.begin, name="begin_scoring"),
    path(CALL + "assignment/", views.assignment, name="assignment"),
    path(CALL + "standing/", standing_views.standing, name="standing"),
    path(CALL + "roadshow/", roadshow_views.plan, name="plan_roadshow"),
    path(CALL + "remind/", views.remind, name="remind_judges"),
    path(CALL + "rank/", views.rank, name="rank_proposals"),
]
