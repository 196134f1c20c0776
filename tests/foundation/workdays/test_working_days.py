"""Working days are counted by the official calendar, and Monday to Friday where there is none."""

import datetime as dt
import logging

import pytest

from foundation import clock
from foundation.workdays import official
from foundation.workdays.models import CalendarYear, SpecialDay
from foundation.workdays.queries import (
    add_working_days,
    end_of_period,
    is_working_day,
    missing_years,
    working_days_between,
)

pytestmark = pytest.mark.django_db
D = dt.date


@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        (D(2021, 8, 18), 5, D(2021, 8, 24)),
        (D(2026, 11, 23), 1, D(2026, 11, 23)),
        (D(2026, 11, 21), 1, D(2026, 11, 23)),
    ],
)
def test_a_period_counts_its_first_day(first, days, last):
    assert end_of_period(first, days) == last


@pytest.mark.parametrize(
    ("start", "days", "day"),
    [
        (D(2024, 9, 27), 7, D(2024, 10, 12)),
        (D(2025, 9, 26), 7, D(2025, 10, 13)),
        (D(2026, 11, 20), 0, D(2026, 11, 20)),
        (D(2026, 12, 31), 1, D(2027, 1, 1)),
    ],
)
def test_the_start_does_not_count(start, days, day):
    assert add_working_days(start, days) == day


def test_a_make_up_saturday_is_worked_and_a_holiday_monday_is_not():
    assert is_working_day(D(2024, 10, 12)) is True
    assert is_working_day(D(2024, 10, 7)) is False


def test_every_year_from_2014_to_2026_is_shipped():
    assert missing_years(D(2014, 1, 1), D(2026, 12, 31)) == []
    assert missing_years(D(2014, 1, 1), D(2028, 1, 1)) == [2027, 2028]


def test_from_november_on_the_next_year_is_missed():
    with clock.at(dt.datetime(2026, 10, 31, 12, tzinfo=dt.UTC)):
        assert missing_years() == []
    with clock.at(dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)):
        assert missing_years() == [2027]


def test_a_missing_year_is_said_loudly_and_counted_monday_to_friday(caplog):
    with caplog.at_level(logging.WARNING):
        assert is_working_day(D(2030, 10, 1)) is True
    assert "no official calendar for 2030" in caplog.text


def test_a_known_year_says_nothing(caplog):
    with caplog.at_level(logging.WARNING):
        assert end_of_period(D(2025, 12, 29), 2) == D(2025, 12, 30)
    assert caplog.text == ""


def test_working_days_of_a_week_with_a_make_up_day():
    assert working_days_between(D(2024, 10, 7), D(2024, 10, 13)) == 5
    assert working_days_between(D(2024, 10, 13), D(2024, 10, 7)) == 0


def test_the_shipped_table_holds_only_days_that_differ_from_monday_to_friday():
    assert CalendarYear.objects.count() == 23
    for day in SpecialDay.objects.all():
        assert day.working == (day.day.weekday() >= 5)
    assert (
        sum(1 for _ in official.special_days(2024))
        == SpecialDay.objects.filter(day__year=2024).count()
    )


def test_counting_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        end_of_period(D(2025, 1, 2), 30)


@pytest.mark.parametrize("n", [0, -1])
def test_a_period_without_days_is_a_mistake(n):
    with pytest.raises(ValueError, match="at least one"):
        end_of_period(D(2025, 1, 2), n)
