"""Addresses of this room."""

from django.urls import path

from marketplace.delivery import (
    extension_views,
    halt_views,
    joining_views,
    spending_views,
    views,
    voice_views,
)

app_name = "delivery"
urlpatterns = [
    path("desk/delivery/", views.desk, name="desk"),
    path("desk/delivery/<int:pk>/", views.project, name="project"),
    path("desk/delivery/<int:pk>/close/", views.close_project, name="close_project"),
    path("desk/delivery/<int:pk>/terminate/", views.terminate_project, name="terminate_project"),
    path("desk/delivery/<int:pk>/joining/", joining_views.joining, name="write_joining"),
    path(
        "desk/delivery/<int:pk>/joining/down/",
        joining_views.joining_down,
        name="take_joining_down",
    ),
    path(
        "desk/delivery/milestones/<int:pk>/report/", views.report_milestone, name="report_milestone"
    ),
    path(
        "desk/delivery/milestones/<int:pk>/accept/", views.accept_milestone, name="accept_milestone"
    ),
    path(
        "desk/delivery/milestones/<int:pk>/return/", views.return_milestone, name="return_milestone"
    ),
    path("desk/delivery/<int:pk>/voices/", voice_views.voices, name="voices"),
    path("desk/delivery/<int:pk>/voices/ask/", voice_views.ask, name="ask_served"),
    path("desk/delivery/askings/<int:pk>/", voice_views.asking, name="asking"),
    path("desk/delivery/askings/<int:pk>/code.svg", voice_views.asking_code, name="asking_code"),
    path("desk/delivery/askings/<int:pk>/end/", voice_views.end, name="end_asking"),
    path("say/<slug:code>/", voice_views.voice_link, name="voice_link"),
    path("rate/<slug:code>/", voice_views.rate, name="rate_project"),
    path("desk/delivery/milestones/<int:pk>/more-time/", extension_views.ask, name="ask_extension"),
    path(
        "desk/delivery/extensions/<int:pk>/withdraw/",
        extension_views.withdraw,
        name="withdraw_extension",
    ),
    path("desk/delivery/extensions/<int:pk>/grant/", extension_views.grant, name="grant_extension"),
    path(
        "desk/delivery/extensions/<int:pk>/refuse/", extension_views.refuse, name="refuse_extension"
    ),
    path("desk/delivery/<int:pk>/halts/", halt_views.halts, name="halts"),
    path("desk/delivery/<int:pk>/halts/call/", halt_views.call, name="call_halt"),
    path("desk/delivery/halts/<int:pk>/answer/", halt_views.answer, name="answer_halt"),
    path("desk/delivery/halts/<int:pk>/withdraw/", halt_views.withdraw, name="withdraw_halt"),
    path("desk/delivery/halts/<int:pk>/refuse/", halt_views.refuse, name="refuse_halt"),
    path("desk/delivery/halts/<int:pk>/suspend/", halt_views.suspend, name="suspend_project"),
    path("desk/delivery/halts/<int:pk>/lift/", halt_views.lift, name="lift_suspension"),
    path("desk/delivery/halts/<int:pk>/settle/", halt_views.settle, name="settle_termination"),
    path("desk/delivery/<int:pk>/spending/", spending_views.spending, name="spending"),
    path("desk/delivery/<int:pk>/spending.csv", spending_views.spending_csv, name="spending_csv"),
    path("desk/delivery/<int:pk>/spending/enter/", spending_views.enter, name="enter_expense"),
    path("desk/delivery/expenses/<int:pk>/strike/", spending_views.strike, name="strike_expense"),
]
