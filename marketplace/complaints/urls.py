"""Addresses of this room."""

from django.urls import path

from marketplace.complaints import desk_views, views

app_name = "complaints"
urlpatterns = [
    path("complaints/", views.complaints, name="complaints"),
    path("complaints/<str:number>/<str:key>/", views.answer, name="answer"),
    path("privacy/", views.privacy, name="privacy"),
    path("desk/complaints/", desk_views.desk, name="desk"),
    path("desk/complaints/<int:pk>/", desk_views.complaint, name="complaint"),
    path("desk/complaints/<int:pk>/take/", desk_views.take_complaint, name="take_complaint"),
    path("desk/complaints/<int:pk>/answer/", desk_views.answer_complaint, name="answer_complaint"),
]
