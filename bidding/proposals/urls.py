"""Addresses of this room."""

from django.urls import path

from bidding.proposals import comparison_views, opening_views, paper_views, partner_views, views

app_name = "proposals"
urlpatterns = [
    path("receipts/", views.receipts, name="receipts"),
    path("desk/proposals/", views.proposals, name="desk"),
    path("desk/calls/<str:number>/propose/", views.draft, name="draft_proposal"),
    path("desk/calls/<str:number>/open/", views.open_call, name="open_envelopes"),
    path("desk/calls/<str:number>/opening/", opening_views.opening, name="opening"),
    path("desk/proposals/<int:pk>/", views.proposal, name="proposal"),
    path("desk/proposals/<int:pk>/check/", views.check, name="check"),
    path("desk/proposals/<int:pk>/submit/", views.submit, name="submit_proposal"),
    path("desk/proposals/<int:pk>/withdraw/", views.withdraw, name="withdraw_proposal"),
    path("desk/proposals/<int:pk>/attachments/", views.attachments, name="attachments"),
    path(
        "desk/proposals/<int:pk>/attachments/<int:attachment>/remove/",
        views.detach,
        name="detach_document",
    ),
    path(
        "desk/proposals/<int:pk>/as-judges-read/",
        views.as_judges_read,
        name="as_judges_read",
    ),
    path("desk/proposals/<int:pk>/paper/", paper_views.paper, name="paper"),
    path("desk/proposals/<int:pk>/envelopes/<int:version>/", paper_views.envelope, name="envelope"),
    path(
        "desk/proposals/<int:pk>/envelopes/<int:version>/paper/",
        paper_views.envelope_paper,
        name="envelope_paper",
    ),
    path(
        "desk/proposals/<int:pk>/envelopes/<int:version>/receipt/",
        paper_views.receipt_paper,
        name="receipt_paper",
    ),
    path("desk/proposals/<int:pk>/damaged/", opening_views.damaged, name="open_damaged_envelope"),
    path("desk/proposals/<int:pk>/partners/", partner_views.partners, name="partners"),
    path("desk/partners/<int:pk>/", partner_views.partner, name="partner"),
    path("desk/partners/<int:pk>/confirm/", partner_views.confirm, name="confirm_partner"),
    path("desk/partners/<int:pk>/refuse/", partner_views.refuse, name="refuse_partner"),
    path("desk/partners/<int:pk>/drop/", partner_views.drop, name="drop_partner"),
    path("desk/proposals/<int:pk>/compare/", comparison_views.compare_versions, name="compare"),
    path("desk/proposals/<int:pk>/<slug:section>/", views.edit, name="edit_proposal"),
]
