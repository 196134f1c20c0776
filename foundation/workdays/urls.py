"""Addresses of this room."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from foundation.workdays import views


class YearConverter(IntConverter):
    """A year of four digits."""

    regex = "20[0-9]{2}"


register_converter(YearConverter, "calendar_year")

app_name = "workdays"
urlpatterns = [
    path("desk/workdays/", views.calendar, name="desk"),
    path("desk/workdays/days/", views.set_special_day, name="set_special_day"),
    path(
        "desk/workdays/days/<int:pk>/remove/", views.remove_special_day, name="remove_special_day"
    ),
    path(
        "desk/workdays/<calendar_year:year>/confirm/",
        views.confirm_calendar_year,
        name="confirm_calendar_year",
    ),
]
