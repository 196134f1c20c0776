"""Addresses of this room."""

from django.urls import path

from bidding.needs import answer_views, totals_views, views
from bidding.needs import collecting_views as collecting
from bidding.needs import desk_views as desk
from bidding.needs import drawing_views as drawing
from bidding.needs import finding_views as findings
from bidding.needs import form_views as forms
from bidding.needs import need_views as needs
from bidding.needs import question_views as questions

app_name = "needs"
PUBLIC = "needs/surveys/<slug:slug>/"
SURVEY = "desk/needs/surveys/<slug:slug>/"
urlpatterns = [
    path("needs/", needs.needs, name="needs"),
    path("needs/selection.csv", needs.needs_csv, name="needs_csv"),
    path("needs/<int:pk>/", needs.need, name="need"),
    path("needs/surveys/", views.surveys, name="surveys"),
    path("needs/surveys/<slug:slug>/", views.survey, name="survey"),
    path("needs/surveys/<slug:slug>/since/", needs.since, name="since"),
    path("needs/surveys/<slug:slug>/results.csv", views.survey_results, name="survey_results"),
    path(f"{PUBLIC}cross/", findings.cross, name="cross"),
    path(f"{PUBLIC}cross.csv", findings.cross_csv, name="cross_csv"),
    path(f"{PUBLIC}method/", findings.method, name="method"),
    path(f"{PUBLIC}method.json", findings.method_json, name="method_json"),
    path(f"{PUBLIC}data.csv", findings.microdata, name="microdata"),
    path(f"{PUBLIC}codebook.xml", findings.codebook, name="codebook"),
    path("needs/surveys/<slug:slug>/<int:step>/", answer_views.answer_survey, name="answer_survey"),
    path("s/<slug:link>/", answer_views.short_link, name="short_link"),
    path("s/<slug:link>/u/<int:quota>/", answer_views.short_link, name="union_link"),
    path("desk/needs/", desk.desk, name="desk"),
    path("desk/needs/new/", desk.create_survey, name="create_survey"),
    path(SURVEY, desk.manage, name="manage"),
    path(f"{SURVEY}edit/", desk.edit_survey, name="edit_survey"),
    path(f"{SURVEY}times/", desk.reschedule_survey, name="reschedule_survey"),
    path(f"{SURVEY}revise/", desk.revise_survey, name="revise_survey"),
    path(f"{SURVEY}questions/", questions.add_question, name="add_question"),
    path(f"{SURVEY}questions/import/", forms.import_xlsform, name="import_xlsform"),
    path(f"{SURVEY}questions/form.xlsx", forms.export_xlsform, name="export_xlsform"),
    path(f"{SURVEY}poster/", forms.poster_page, name="poster"),
    path(f"{SURVEY}poster/code.svg", forms.qr_code, name="qr_code"),
    path(f"{SURVEY}preview/<int:step>/", questions.preview, name="preview"),
    path(f"{SURVEY}open/", desk.open_survey, name="open_survey"),
    path(f"{SURVEY}close/", desk.close_survey, name="close_survey"),
    path(f"{SURVEY}weights/", totals_views.weights, name="weights"),
    path(f"{SURVEY}weights/limit/", totals_views.limit_weights, name="limit_weights"),
    path(f"{SURVEY}totals/<slug:margin>/", totals_views.set_totals, name="set_totals"),
    path(f"{SURVEY}publish/", desk.publish_survey, name="publish_survey"),
    path(f"{SURVEY}paper/", collecting.import_responses, name="import_responses"),
    path(f"{SURVEY}paper/table.csv", collecting.paper_table, name="paper_table"),
    path(f"{SURVEY}paper/sheet/", collecting.enter_sheet, name="enter_sheet"),
    path(f"{SURVEY}paper/<int:intake>/", collecting.intake, name="intake"),
    path(f"{SURVEY}paper/<int:intake>/refused.csv", collecting.refused, name="refused"),
    path(f"{SURVEY}monitor/", collecting.monitor, name="monitor"),
    path(f"{SURVEY}quotas/", collecting.set_quota, name="set_quota"),
    path(f"{SURVEY}draw/", drawing.draw_needs, name="draw_needs"),
    path(f"{SURVEY}draw/<int:option>/", drawing.draw_need, name="draw_need"),
    path(f"{SURVEY}publish-needs/", drawing.publish_needs, name="publish_needs"),
    path("desk/needs/questions/<int:pk>/", questions.edit_question, name="edit_question"),
    path(
        "desk/needs/questions/<int:pk>/remove/", questions.remove_question, name="remove_question"
    ),
    path("desk/needs/questions/<int:pk>/move/", questions.move_question, name="move_question"),
    path("desk/needs/totals/<int:pk>/remove/", totals_views.remove_totals, name="remove_totals"),
    path("desk/needs/quotas/<int:pk>/remove/", collecting.remove_quota, name="remove_quota"),
    path("desk/needs/<int:pk>/", drawing.edit_need, name="edit_need"),
    path("desk/needs/<int:pk>/publish/", drawing.publish_need, name="publish_need"),
    path("desk/needs/<int:pk>/retire/", drawing.retire_need, name="retire_need"),
    path("desk/needs/<int:pk>/discard/", drawing.discard_need, name="discard_need"),
]
