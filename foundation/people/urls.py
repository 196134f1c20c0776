"""Addresses of this room."""

from django.urls import path

from foundation.people import invitation_views, views

app_name = "people"
urlpatterns = [
    path("desk/me/", views.me, name="me"),
    path("desk/secure/", views.secure, name="secure"),
    path("desk/people/", views.people, name="desk"),
    path("desk/people/<int:pk>/", views.person, name="person"),
    path("desk/people/<int:pk>/appoint/", views.appoint_person, name="appoint_person"),
    path("desk/people/<int:pk>/close/", views.deactivate_person, name="deactivate_person"),
    path("desk/people/<int:pk>/open/", views.reactivate_person, name="reactivate_person"),
    path("desk/people/posts/<int:pk>/end/", views.end_appointment, name="end_appointment"),
    path("desk/people/invitations/", invitation_views.invitations, name="invitations"),
    path("desk/people/invite/", invitation_views.invite_person, name="invite_person"),
    path(
        "desk/people/invitations/<int:pk>/revoke/",
        invitation_views.revoke_invitation,
        name="revoke_invitation",
    ),
    path(
        "desk/people/invitations/<int:pk>/resend/",
        invitation_views.resend_invitation,
        name="resend_invitation",
    ),
    path("invitations/<str:token>/", invitation_views.invitation, name="invitation"),
    path(
        "invitations/<str:token>/accept/",
        invitation_views.accept_invitation,
        name="accept_invitation",
    ),
]
