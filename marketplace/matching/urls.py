"""Addresses of this room."""

from django.urls import path

from marketplace.matching import audience_views, views

app_name = "matching"
urlpatterns = [
    path("desk/matching/", views.shelf, name="shelf"),
    path("desk/matching/interests/", views.interests, name="interests"),
    path("desk/matching/proposals/<int:pk>/", views.offer, name="offer"),
    path("desk/matching/proposals/<int:pk>/interest/", views.show_interest, name="show_interest"),
    path("desk/matching/proposals/<int:pk>/pledge/", views.pledge_money, name="pledge_money"),
    path(
        "desk/matching/interests/<int:pk>/withdraw/",
        views.withdraw_interest,
        name="withdraw_interest",
    ),
    path("desk/matching/pledges/<int:pk>/withdraw/", views.withdraw_pledge, name="withdraw_pledge"),
    path("desk/matching/roadshows/<uuid:key>/", audience_views.audience, name="audience"),
    path("desk/matching/turns/<int:pk>/interest/", audience_views.show, name="show_interest_live"),
    path("desk/matching/calls/", views.desk, name="desk"),
    path("desk/matching/calls/<str:number>/", views.runs, name="runs"),
    path(
        "desk/matching/calls/<str:number>/compute/",
        views.compute_allocation,
        name="compute_allocation",
    ),
    path("desk/matching/runs/<int:pk>/", views.run, name="run"),
    path("desk/matching/runs/<int:pk>/set_aside/", views.set_aside_run, name="set_aside_run"),
]
