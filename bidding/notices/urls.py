"""Addresses of this room."""

from django.urls import path

from bidding.notices import desk_views as desk
from bidding.notices import register_views as register
from bidding.notices import views

app_name = "notices"
OBJECTION = "desk/notices/objections/<int:pk>/"
urlpatterns = [
    path("results/", views.notices, name="notices"),
    path("results/objections/", register.objections, name="objections"),
    path("results/objections/export/", register.export, name="export_objections"),
    path("results/objections/<int:pk>/<str:key>/", register.follow, name="follow"),
    path("results/objections/<int:pk>/<str:key>/complain/", register.complain, name="complain"),
    path("results/<str:number>/", views.notice, name="notice"),
    path("results/<str:number>/object/", views.file_objection, name="file_objection"),
    path("desk/notices/", desk.desk, name="desk"),
    path(OBJECTION, desk.objection, name="objection"),
    path(f"{OBJECTION}answer/", desk.answer_objection, name="answer_objection"),
    path(f"{OBJECTION}retract/", desk.retract_objection, name="retract_objection"),
    path(f"{OBJECTION}complain/", desk.raise_complaint, name="raise_complaint"),
    path(f"{OBJECTION}decide/", desk.decide_complaint, name="decide_complaint"),
]
