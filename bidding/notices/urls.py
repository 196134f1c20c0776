"""Addresses of this room."""

from django.urls import path

from bidding.notices import desk_views as desk
from bidding.notices import views

app_name = "notices"
OBJECTION = "desk/notices/objections/<int:pk>/"
urlpatterns = [
    path("results/", views.notices, name="notices"),
    path("results/<str:number>/", views.notice, name="notice"),
    path("results/<str:number>/object/", views.file_objection, name="file_objection"),
    path("desk/notices/", desk.desk, name="desk"),
    path(OBJECTION, desk.objection, name="objection"),
    path(f"{OBJECTION}answer/", desk.answer_objection, name="answer_objection"),
    path(f"{OBJECTION}retract/", desk.retract_objection, name="retract_objection"),
]
