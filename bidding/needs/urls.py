"""Addresses of this room."""

from django.urls import path

from bidding.needs import desk_views as desk
from bidding.needs import views

app_name = "needs"
SURVEY = "desk/needs/surveys/<slug:slug>/"
urlpatterns = [
    path("needs/", views.needs, name="needs"),
    path("needs/<int:pk>/", views.need, name="need"),
    path("needs/surveys/", views.surveys, name="surveys"),
    path("needs/surveys/<slug:slug>/", views.survey, name="survey"),
    path("needs/surveys/<slug:slug>/results.csv", views.survey_results, name="survey_results"),
    path("needs/surveys/<slug:slug>/<int:step>/", views.answer_survey, name="answer_survey"),
    path("desk/needs/", desk.desk, name="desk"),
    path("desk/needs/new/", desk.create_survey, name="create_survey"),
    path(SURVEY, desk.manage, name="manage"),
    path(f"{SURVEY}edit/", desk.edit_survey, name="edit_survey"),
    path(f"{SURVEY}questions/", desk.add_question, name="add_question"),
    path(f"{SURVEY}open/", desk.open_survey, name="open_survey"),
    path(f"{SURVEY}close/", desk.close_survey, name="close_survey"),
    path(f"{SURVEY}publish/", desk.publish_survey, name="publish_survey"),
    path(f"{SURVEY}paper/", desk.import_responses, name="import_responses"),
    path(f"{SURVEY}paper/table.csv", desk.paper_table, name="paper_table"),
    path(f"{SURVEY}draw/<int:option>/", desk.draw_need, name="draw_need"),
    path("desk/needs/questions/<int:pk>/", desk.edit_question, name="edit_question"),
    path("desk/needs/questions/<int:pk>/remove/", desk.remove_question, name="remove_question"),
    path("desk/needs/<int:pk>/", desk.edit_need, name="edit_need"),
    path("desk/needs/<int:pk>/publish/", desk.publish_need, name="publish_need"),
    path("desk/needs/<int:pk>/retire/", desk.retire_need, name="retire_need"),
]
