"""The public money page: straight from the books, for everybody, in few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.organisations.models import District
from marketplace.catalogue.money import Year, by_category, by_district, percent_change, years
from marketplace.delivery.models import Project
from tests.factories.deals import make_project, make_world

pytestmark = pytest.mark.django_db


def _world():
    project = make_project(make_world())
    first, second = (
        District.objects.get_or_create(code=code, defaults={"name": code})[0]
        for code in ("310115005", "310115007")
    )
    project.districts.set([first, second])
    Project.objects.filter(pk=project.pk).update(year=2015, served=40)
    project.refresh_from_db()
    return project, first, second


def test_percent_change_needs_a_year_before():
    assert percent_change(23, 74) == 222
    assert percent_change(100, 50) == -50
    assert percent_change(0, 5) is None


def test_years_categories_and_districts_say_what_projects_say():
    project, first, second = _world()
    assert years() == [Year(2015, 1, project.amount_fen, 40, None, None)]
    assert by_category() == [(project.category, project.amount_fen, 1)]
    assert by_category(2014) == []
    assert by_district(2015) == [(first, 1), (second, 1)]


def test_the_page_is_public_filters_and_stays_within_eight_queries(client):
    project, *_ = _world()
    fund = project.agreement.award.fund
    client.get("/money/")
    for url in ("/money/", f"/en/money/?fund={fund.code}&year=2015", "/money/?fund=x&year=abc"):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        assert page.status_code == 200
        assert len(queries) <= 8
    stages = client.get("/money/").context["flow"]
    assert stages[3][1] == project.amount_fen
    assert "2015" in page.content.decode()


def test_before_there_is_anything_the_page_says_so(client):
    page = client.get("/en/money/")
    assert page.context["flow"] == []
    assert "follows every yuan" in page.content.decode()
