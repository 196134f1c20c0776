"""Addresses of this room."""

from django.urls import path

from marketplace.agreements import views

app_name = "agreements"
urlpatterns = [
    path("desk/agreements/", views.desk, name="desk"),
    path("desk/agreements/<int:pk>/", views.agreement, name="agreement"),
    path("desk/agreements/<int:pk>/offer/", views.offer_agreement, name="offer_agreement"),
    path(
        "desk/agreements/award/<int:pk>/draw_up/",
        views.draw_up_agreement,
        name="draw_up_agreement",
    ),
    path("desk/agreements/party/<int:pk>/sign/", views.sign_agreement, name="sign_agreement"),
    path("desk/agreements/party/<int:pk>/refuse/", views.refuse_agreement, name="refuse_agreement"),
]
