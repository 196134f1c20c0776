"""Addresses of this room."""

from django.urls import path

from cms.demo import views

app_name = "demo"
urlpatterns = [path("demo/", views.demo, name="start")]
