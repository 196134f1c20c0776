"""The table of days off is kept by officers, and what they change is counted at once."""

import datetime as dt

import pytest

from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden
from foundation.workdays.models import CalendarYear, SpecialDay
from foundation.workdays.operations import (
    confirm_calendar_year,
    remove_special_day,
    set_special_day,
)
from foundation.workdays.queries import is_working_day, missing_years
from tests.factories.people import officer, person

pytestmark = pytest.mark.django_db
D = dt.date


def test_a_day_off_is_set_counted_and_removed():
    boss = officer()
    special = set_special_day(day=D(2027, 10, 1), working=False, name="国庆节", actor=boss)
    assert is_working_day(D(2027, 10, 1)) is False
    remove_special_day(special, actor=boss)
    assert is_working_day(D(2027, 10, 1)) is True
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "set_special_day",
        "remove_special_day",
    ]


@pytest.mark.parametrize(("day", "working"), [(D(2027, 10, 1), True), (D(2027, 10, 2), False)])
def test_a_day_that_follows_the_week_anyway_is_refused(day, working):
    with pytest.raises(DomainError) as refusal:
        set_special_day(day=day, working=working, actor=officer())
    assert refusal.value.field == "day"
    assert SpecialDay.objects.filter(day=day).count() == 0


def test_setting_a_day_again_replaces_its_name():
    boss = officer()
    set_special_day(day=D(2027, 10, 1), working=False, name="x", actor=boss)
    set_special_day(day=D(2027, 10, 1), working=False, name="国庆节", actor=boss)
    assert SpecialDay.objects.get(day=D(2027, 10, 1)).name == "国庆节"


def test_a_confirmed_year_is_not_missed_any_more_and_confirmed_once():
    boss = officer()
    confirm_calendar_year(year=2027, source="通知", actor=boss)
    assert missing_years(D(2027, 1, 1), D(2027, 2, 1)) == []
    with pytest.raises(Clash):
        confirm_calendar_year(year=2027, source="通知", actor=boss)
    assert CalendarYear.objects.filter(year=2027).count() == 1


def test_nobody_else_keeps_the_table(client):
    someone = person()
    with pytest.raises(Forbidden):
        set_special_day(day=D(2027, 10, 1), working=False, actor=someone)
    with pytest.raises(Forbidden):
        confirm_calendar_year(year=2027, source="x", actor=someone)
    client.force_login(someone)
    for path in ("/desk/workdays/", "/desk/workdays/days/", "/desk/workdays/2027/confirm/"):
        assert client.get(path).status_code == 403
    assert CalendarYear.objects.filter(year=2027).count() == 0


def test_an_officer_works_on_the_page_of_a_year(client):
    client.force_login(officer())
    page = client.get("/en/desk/workdays/?year=2024").content.decode()
    assert "国庆节" in page
    assert client.get("/desk/workdays/?year=99999").status_code == 200
    answer = client.post(
        "/desk/workdays/days/", {"day": "2027-10-01", "working": "no", "name": "国庆节"}
    )
    assert answer["Location"] == "/desk/workdays/?year=2027"
    special = SpecialDay.objects.get(day=D(2027, 10, 1))
    assert special.working is False
    kept = client.post(
        "/desk/workdays/days/", {"day": "2027-10-02", "working": "no", "name": "周六"}
    )
    assert kept.status_code == 200
    assert "周六" in kept.content.decode()
    client.post(f"/desk/workdays/days/{special.pk}/remove/")
    assert SpecialDay.objects.filter(day__year=2027).count() == 0
    client.post("/desk/workdays/2027/confirm/", {"source": "通知"})
    assert CalendarYear.objects.get(year=2027).source == "通知"


def test_the_page_of_a_year_takes_few_queries(client, django_assert_max_num_queries):
    client.force_login(officer())
    with django_assert_max_num_queries(12):
        client.get("/desk/workdays/?year=2024")
