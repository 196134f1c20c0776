"""Addresses of this room."""

from django.urls import path

from bidding.calls import beginning_views as beginning
from bidding.calls import desk_views as desk
from bidding.calls import rule_views, views
from bidding.calls import subscription_views as telling

app_name = "calls"
CALL = "desk/calls/<str:number>/"
urlpatterns = [
    path("calls/", views.calls, name="calls"),
    path("calls/subscribe/", telling.subscribe, name="subscribe"),
    path(
        "calls/subscribe/<int:pk>/<str:key>/confirm/", telling.confirm, name="confirm_subscription"
    ),
    path("calls/subscribe/<int:pk>/<str:key>/leave/", telling.end, name="end_subscription"),
    path("calls/calendar.ics", telling.calendars, name="calendar"),
    path("calls/<str:number>/", views.call, name="call"),
    path("calls/<str:number>/calendar.ics", telling.calendar_of, name="calendar_of"),
    path("calls/<str:number>/may-i-bid/", views.check_bidder, name="check_bidder"),
    path("calls/<str:number>/ask/", views.ask, name="ask_clarification"),
    path("desk/calls/", desk.desk, name="desk"),
    path("desk/calls/key/", desk.make_keeper_key, name="make_keeper_key"),
    path("desk/calls/from-needs/", beginning.draft_from_needs, name="draft_from_needs"),
    path("desk/calls/new/", desk.draft_call, name="draft_call"),
    path("desk/calls/questions/<int:pk>/", desk.answer_clarification, name="answer_clarification"),
    path("desk/calls/rules/", rule_views.rule_sets, name="rule_sets"),
    path(
        "desk/calls/rules/<str:road>/<str:rule>/",
        rule_views.set_default_rule,
        name="set_default_rule",
    ),
    path(CALL, desk.manage, name="manage"),
    path(f"{CALL}copy/", beginning.copy_call, name="copy_call"),
    path(f"{CALL}discard/", beginning.discard_call, name="discard_call"),
    path(f"{CALL}again/", beginning.run_again, name="run_again"),
    path(f"{CALL}edit/", desk.edit_call, name="edit_call"),
    path(f"{CALL}rules/", rule_views.call_rules, name="call_rules"),
    path(f"{CALL}rules/<str:rule>/", rule_views.set_call_rule, name="set_call_rule"),
    path(f"{CALL}lots/", desk.set_lots, name="set_lots"),
    path(f"{CALL}criteria/", desk.set_criteria, name="set_criteria"),
    path(f"{CALL}publish/", desk.publish_call, name="publish_call"),
    path(f"{CALL}amend/", desk.amend_call, name="amend_call"),
    path(f"{CALL}cancel/", desk.cancel_call, name="cancel_call"),
    path(f"{CALL}questions/", desk.questions, name="questions"),
]
