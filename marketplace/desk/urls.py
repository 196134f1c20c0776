"""Addresses of this room."""

from django.urls import path

from marketplace.desk import views

app_name = "desk"
urlpatterns = [path("desk/", views.home, name="home")]
