"""Addresses that have no language: the stylesheet."""

from django.urls import path

from foundation.face import views

urlpatterns = [
    path("assets/site-<slug:stamp>.css", views.stylesheet, name="face_stylesheet"),
]
