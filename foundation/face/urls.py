"""Addresses of this room."""

from django.urls import path

from foundation.face import views

app_name = "face"
urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/desk/", views.styleguide_desk, name="styleguide_desk"),
    path("styleguide/refused/", views.styleguide_refused, name="styleguide_refused"),
]
