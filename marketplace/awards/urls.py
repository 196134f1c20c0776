"""Addresses of this room."""

from django.urls import path

from marketplace.awards import views

app_name = "awards"
urlpatterns = [
    path("desk/awards/", views.desk, name="desk"),
    path("desk/awards/<int:pk>/", views.award, name="award"),
    path("desk/awards/<int:pk>/activate/", views.activate_award, name="activate_award"),
    path("desk/awards/<int:pk>/cancel/", views.cancel_award, name="cancel_award"),
    path("desk/awards/<int:pk>/decline/", views.decline_award, name="decline_award"),
    path("desk/awards/runs/<int:pk>/confirm/", views.confirm_allocation, name="confirm_allocation"),
    path("desk/awards/calls/<str:number>/publish/", views.publish_results, name="publish_results"),
]
