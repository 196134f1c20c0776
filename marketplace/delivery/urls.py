"""Addresses of this room."""

from django.urls import path

from marketplace.delivery import joining_views, views

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
]
