"""How a project stands: every cause with its number, the worst first; shown on the desk."""

import datetime as dt

import pytest
from django.urls import reverse

from foundation import clock
from marketplace.delivery.light import (
    Cause,
    Colour,
    Due,
    Facts,
    colour_of,
    reasons,
    spent_percent,
    time_percent,
)
from marketplace.delivery.models import Project
from marketplace.delivery.operations import report_milestone, terminate_project
from marketplace.delivery.progress import progress_of, with_progress
from tests.factories.deals import make_project, make_world, signatory_of
from tests.factories.people import enter
from tests.scenes import scene

TODAY = dt.date(2026, 6, 30)


def facts(*milestones, **more):
    given = {
        "today": TODAY,
        "starts_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 12, 27),
        "planned_fen": 100,
        "spent_fen": 0,
        **more,
    }
    return Facts(milestones=milestones, **given)


def due(days, **more):
    return Due("中期", TODAY + dt.timedelta(days=days), **{"open": True, **more})


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (facts(), []),
        (facts(due(0), due(5)), []),
        (facts(due(-1)), [(Colour.AMBER, Cause.LATE, 1)]),
        (facts(due(-14)), [(Colour.AMBER, Cause.LATE, 14)]),
        (facts(due(-15)), [(Colour.RED, Cause.LATE, 15)]),
        (facts(due(-15, open=False)), []),
        (facts(due(9, returned=True)), [(Colour.AMBER, Cause.RETURNED, 0)]),
        (facts(due(-40, open=False, reported_on=TODAY - dt.timedelta(days=15))), []),
        (
            facts(due(-40, open=False, reported_on=TODAY - dt.timedelta(days=16))),
            [(Colour.AMBER, Cause.UNANSWERED, 16)],
        ),
        (facts(ends_on=TODAY - dt.timedelta(days=60)), []),
        (facts(ends_on=TODAY - dt.timedelta(days=61)), [(Colour.RED, Cause.UNCLOSED, 61)]),
        (facts(spent_fen=80), []),
        (facts(spent_fen=81), [(Colour.AMBER, Cause.SPENT_AHEAD, 31)]),
        (facts(planned_fen=0, spent_fen=9), []),
        (
            facts(due(-3), due(-20), low_voice=True),
            [
                (Colour.RED, Cause.LATE, 20),
                (Colour.AMBER, Cause.LATE, 3),
                (Colour.AMBER, Cause.LOW_VOICE, 0),
            ],
        ),
    ],
)
def test_each_fact_against_green_is_told_with_its_number(given, found):
    told = reasons(given)
    assert [(one.colour, one.cause, one.number) for one in told] == found
    assert colour_of(told) == max((colour for colour, *_ in found), default=Colour.GREEN)


def test_percentages_stay_sane():
    assert time_percent(facts()) == 50
    assert time_percent(facts(starts_on=TODAY + dt.timedelta(days=3))) == 0
    assert time_percent(facts(ends_on=TODAY - dt.timedelta(days=90))) == 100
    assert time_percent(facts(starts_on=TODAY, ends_on=TODAY)) == 0
    assert spent_percent(facts(spent_fen=130)) == 130


@scene
def world():
    return make_world()


@pytest.mark.django_db
def test_the_desk_shows_it_and_finds_what_is_late(world, django_assert_max_num_queries):
    project = make_project(world)
    other = make_project(make_world(number="2026-02", fund="second"))
    buyer, url = enter(world.buyer), reverse("delivery:desk")
    milestone = project.milestones.first()
    late = dt.datetime.combine(milestone.due_on + dt.timedelta(days=20), dt.time(9), clock.SHANGHAI)
    with clock.at(late):
        (found,) = with_progress(Project.objects.filter(pk=project.pk))
        progress = progress_of(found)
        assert (progress.tone, len(progress.reasons)) == ("bad", 1)
        assert "20" in progress.reasons[0]
        with django_assert_max_num_queries(12):
            page = buyer.get(url, {"late": "yes"})
        assert [one.pk for one, _progress in page.context["rows"]] == [project.pk]
        with django_assert_max_num_queries(12):
            assert buyer.get(reverse("delivery:project", args=[project.pk])).status_code == 200
        provider = signatory_of(project.organisation)
        report_milestone(milestone, text="完成", served=1, spent_fen=0, actor=provider)
        assert not buyer.get(url, {"late": "yes"}).context["rows"]
    terminate_project(other, reason="终止", actor=world.officer)
    (ended,) = with_progress(Project.objects.filter(pk=other.pk))
    assert progress_of(ended) is None
