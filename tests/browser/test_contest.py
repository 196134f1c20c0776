"""One contest, from a survey of needs to a paid and closed project, clicked through by its people.

Told twice: in Chinese with scripts, in English without any; where two sessions share the work, once
on each database. The books and the trail are whole after every chapter.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser

from bidding.evaluation.models import Employment, Expert
from cms.demo.people import PASSWORD, make_account
from foundation import clock
from foundation.audit.verification import verify_trail
from foundation.clock import SHANGHAI
from foundation.organisations.models import Membership, Organisation
from foundation.organisations.operations import load_districts
from foundation.people.models import Appointment, Person
from foundation.permissions import SYSTEM
from tests.browser.bidding_story import (
    bids,
    judge,
    open_a_call,
    open_and_screen,
    sealed,
    survey_and_needs,
)
from tests.browser.deal_story import (
    close,
    deliver,
    everything_is_public,
    match_and_fund,
    notice_and_objection,
    sign,
)
from tests.browser.stage import SharedTime, Stage, books_are_clean
from tests.factories.organisations import join, make_social, make_union

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

BEGIN = dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
HALF = "T09:00"


TELLINGS = [
    pytest.param("zh-hans", marks=pytest.mark.told_on("postgresql")),
    pytest.param("en", marks=pytest.mark.told_on("sqlite")),
]


@pytest.fixture(params=TELLINGS)
def stage(request: Any, browser: Browser, live_server: Any, time: SharedTime) -> Any:
    language = request.param
    stage = Stage(browser, live_server.url, time, language=language, script=language == "zh-hans")
    stage.travel(BEGIN)
    people(language)
    yield stage
    stage.close()


def people(language: str) -> None:
    """The federation's officials, two bidders, a buyer and four experts."""
    hashed = make_password(PASSWORD)

    def person(key: str, name: str, *roles: str) -> Person:
        made = make_account(key, name, hashed)
        made.language = language
        made.save()
        for role in roles:
            Appointment.objects.create(person=made, role=role, began_at=clock.now())
        return made

    load_districts(actor=SYSTEM)
    person("officer", "陈静怡", "officer")
    person("fund", "林振华", "fund_manager")
    person("fund2", "沈雅琴", "fund_manager")
    person("auditor", "许德胜", "auditor")
    federation = make_union(name="浦东新区总工会")
    join(person("chair", "郭立新"), federation, "representative")
    hub = make_union(federation, name="陆家嘴街道总工会", workers=30_000)
    join(person("buyer", "周文杰"), hub, "representative")
    for number, name in enumerate(("阳光社工服务社", "明德法律援助中心"), start=1):
        social = make_social(name)
        Membership.objects.filter(organisation=social).update(ended_at=clock.now())
        join(person(f"bidder{number}", f"负责人{number}"), social, "representative")
    for number in range(1, 5):
        expert = Expert.objects.create(
            person=person(f"expert{number}", f"评委{number}", "expert"), field_of_work="社会工作"
        )
        if number == 4:
            Employment.objects.create(
                expert=expert,
                organisation=Organisation.objects.get(name="阳光社工服务社"),
                tie="employee",
                began_on=dt.date(2025, 1, 1),
            )


def whole() -> None:
    """The books hold and nothing in the trail was changed."""
    books_are_clean()
    assert verify_trail() == []


def test_a_contest_from_the_survey_to_the_closed_project(stage: Stage, tmp_path: Path) -> None:
    needs = survey_and_needs(stage, tmp_path)
    whole()
    call = open_a_call(stage, needs)
    bids(stage, call)
    sealed(stage, call)
    open_and_screen(stage, call)
    judge(stage, call)
    whole()
    match_and_fund(stage, call, tmp_path)
    whole()
    notice_and_objection(stage, call)
    projects = sign(stage, call)
    whole()
    deliver(stage, projects[0], tmp_path)
    whole()
    close(stage, projects[0])
    whole()
    everything_is_public(stage, call, projects[0])
