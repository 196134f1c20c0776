"""Addresses of this room."""

from django.urls import path

from marketplace.agreements import claim_views, views

app_name = "agreements"
urlpatterns = [
    path("desk/agreements/", views.desk, name="desk"),
    path("desk/agreements/<int:pk>/", views.agreement, name="agreement"),
    path("desk/agreements/<int:pk>/offer/", views.offer_agreement, name="offer_agreement"),
    path("desk/agreements/<int:pk>/claim_back/", claim_views.claim_back, name="claim_back"),
    path(
        "desk/agreements/<int:pk>/recover_claim/", claim_views.recover_claim, name="recover_claim"
    ),
    path("desk/agreements/<int:pk>/waive_claim/", claim_views.waive_claim, name="waive_claim"),
    path(
        "desk/agreements/award/<int:pk>/draw_up/",
        views.draw_up_agreement,
        name="draw_up_agreement",
    ),
    path("desk/agreements/party/<int:pk>/sign/", views.sign_agreement, name="sign_agreement"),
    path("desk/agreements/party/<int:pk>/refuse/", views.refuse_agreement, name="refuse_agreement"),
]
