"""Addresses of this room."""

from django.urls import path

from marketplace.honoraria import views

app_name = "honoraria"
LIST = "desk/honoraria/<str:number>/"
ROW = "desk/honoraria/rows/<int:pk>/"
urlpatterns = [
    path("desk/honoraria/", views.desk, name="desk"),
    path("desk/honoraria/mine/", views.mine, name="mine"),
    path(ROW + "correct/", views.correct, name="correct_honorarium"),
    path(ROW + "take-back/", views.take_back, name="take_back_paid"),
    path(LIST, views.sheet, name="sheet"),
    path(LIST + "list.csv", views.file, {"ending": "csv"}, name="list_csv"),
    path(LIST + "list.xlsx", views.file, {"ending": "xlsx"}, name="list_xlsx"),
    path(LIST + "draw-up/", views.draw_up, name="draw_up_honoraria"),
    path(LIST + "confirm/", views.confirm, name="confirm_honoraria"),
    path(LIST + "approve/", views.approve, name="approve_honoraria"),
    path(LIST + "return/", views.give_back, name="return_honoraria"),
    path(LIST + "pay/", views.pay, name="mark_honoraria_paid"),
]
