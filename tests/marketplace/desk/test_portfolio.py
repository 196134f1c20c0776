"""The portfolio: every project once in the whole, its money and people in the right line."""

import csv
import io

import pytest
from django.urls import reverse

from foundation.organisations.models import District
from marketplace.delivery.models import Project
from marketplace.delivery.operations import accept_milestone, report_milestone, terminate_project
from marketplace.desk.portfolio import lines, whole
from tests.factories.deals import WAN, make_project, make_world, signatory_of
from tests.factories.organisations import make_district, make_social, member_of
from tests.factories.people import enter
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def worlds():
    """Two unions with a project each: one under way with people served, one broken off."""
    one, two = make_world(), make_world(number="2026-02", fund="second")
    running, ended = make_project(one), make_project(two)
    running.districts.set([make_district("310115104"), make_district("310115105")])
    milestone = running.milestones.first()
    provider = signatory_of(running.organisation)
    report_milestone(milestone, text="完成", served=30, spent_fen=0, actor=provider)
    accept_milestone(milestone, actor=one.buyer)
    terminate_project(ended, reason="终止", actor=two.officer)
    Project.objects.filter(pk=ended.pk).update(year=2019)
    return one, two, running, ended


def test_each_project_counts_once_and_money_is_what_accepted_work_came_to(worlds):
    _one, _two, running, ended = worlds
    told = whole(Project.objects.all())
    assert (told.projects, told.running, told.late, told.closed) == (2, 1, 0, 0)
    assert told.agreed_fen == running.amount_fen + ended.amount_fen
    owed = sum(
        tranche.spent_fen
        for project in (running, ended)
        for tranche in project.agreement.tranches.all()
    )
    assert (told.owed_fen, told.served) == (owed, 30)
    assert told.per_head_fen == round(owed / 30)
    years = lines(Project.objects.all(), "year")
    assert [(line.label, line.projects) for line in years] == [(str(running.year), 1), ("2019", 1)]
    assert years[1].per_head_fen is None
    places = lines(Project.objects.all(), "district")
    assert [line.projects for line in places] == [1, 1]
    assert {line.key for line in places} == set(
        District.objects.filter(projects=running).values_list("pk", flat=True)
    )
    for by in ("category", "buyer", "organisation"):
        assert sum(line.projects for line in lines(Project.objects.all(), by)) == 2
    assert lines(Project.objects.none(), "buyer") == []
    assert whole(Project.objects.none()).per_head_fen is None


def test_everybody_sees_their_own_and_strange_addresses_break_nothing(
    worlds, django_assert_max_num_queries
):
    one, _two, running, _ended = worlds
    url = reverse("desk:portfolio")
    officer, buyer = enter(one.officer), enter(one.buyer)
    with django_assert_max_num_queries(12):
        page = officer.get(url, {"by": "district"})
    assert page.context["whole"].projects == 2
    assert f"district={page.context['rows'][0][0].key}" in page.content.decode()
    assert buyer.get(url).context["whole"].projects == 1
    assert buyer.get(url, {"year": 2019}).context["whole"].projects == 1  # not a year of theirs
    stranger = enter(member_of(make_social(), name="陌生人"))
    assert not stranger.get(url).context["rows"]
    for wrong in ({"by": "x' OR 1"}, {"year": "²"}, {"page": "-1"}, {"district": "x"}):
        assert officer.get(url, wrong).status_code == 200
    file = officer.get(reverse("desk:portfolio_csv"), {"by": "buyer"}).getvalue().decode()
    rows = list(csv.reader(io.StringIO(file.lstrip("\ufeff"))))
    assert len(rows) == 3
    assert f"{running.amount_fen // WAN}0000.00" in rows[1] + rows[2]
    assert officer.get(reverse("desk:portfolio_xlsx")).getvalue()[:2] == b"PK"
