"""Addresses of this room."""

from django.urls import path

from foundation.documents import views

app_name = "documents"
urlpatterns = [path("documents/<uuid:key>/", views.document, name="document")]
