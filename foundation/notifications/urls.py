"""Addresses of this room."""

from django.urls import path

from foundation.notifications import views

app_name = "notifications"
urlpatterns = [
    path("desk/inbox/", views.inbox, name="inbox"),
    path("desk/inbox/<int:pk>/", views.open_notice, name="open"),
    path("desk/inbox/<int:pk>/read/", views.read, name="read"),
    path("desk/inbox/read/", views.read_all, name="read_all"),
    path("desk/me/letters/", views.preferences, name="preferences"),
    path("desk/outbox/", views.outbox, name="outbox"),
    path("desk/outbox/<int:pk>/retry/", views.retry_outgoing, name="retry_outgoing"),
]
