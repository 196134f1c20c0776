"""Addresses of this room."""

from django.urls import URLPattern

app_name = "face"
urlpatterns: list[URLPattern] = []
