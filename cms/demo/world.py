"""The whole demo world, chapter by chapter, in the order it happened."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password

from bidding.evaluation.operations import enrol_expert
from bidding.needs.models import Category
from cms.demo import asking, bidding, cast, stories
from cms.demo.people import PASSWORD, make_account
from cms.demo.town import Town, prove_standing, seat_buyers, settle_social, settle_unions
from foundation import clock
from foundation.clock import SHANGHAI
from foundation.people.models import Appointment


def day(year: int, month: int, number: int, hour: int = 9) -> dt.datetime:
    """A moment in Shanghai."""
    return dt.datetime(year, month, number, hour, tzinfo=SHANGHAI)


def people_the_town() -> Town:
    """The officials and the experts, with their posts."""
    town = Town(people={}, password_hash=make_password(PASSWORD))
    for key, name, address, role in cast.OFFICIALS:
        person = make_account(address, name, town.password_hash)
        Appointment.objects.create(person=person, role=role, began_at=clock.now())
        town.people[key] = person
    for number, (name, _field) in enumerate(cast.EXPERTS):
        key = "expert" if number == 0 else f"expert{number + 1}"
        person = make_account(key, name, town.password_hash)
        Appointment.objects.create(person=person, role="expert", began_at=clock.now())
        town.people[key] = person
    return town


def build() -> None:
    """Everything, from the first account to today."""
    with clock.at(day(2014, 1, 6)):
        town = people_the_town()
        settle_unions(town)
        seat_buyers(town)
        settle_social(town)
    with clock.at(day(2014, 1, 8)):
        for number, (_name, field) in enumerate(cast.EXPERTS):
            key = "expert" if number == 0 else f"expert{number + 1}"
            categories = Category.objects.all()
            enrol_expert(
                town[key], field_of_work=field, categories=categories, actor=town["officer"]
            )
        prove_standing(town, town.social[:24], dt.date(2015, 12, 31))
    needs = asking.hold_survey(
        town, stories.SURVEY, opens_at=day(2014, 1, 10), sheets=600, seed=2014
    )
    plan = bidding.CallPlan(
        title="2014年浦东工会职工服务项目创投大赛",
        title_en="Pudong workers' services venture contest 2014",
        opens_at=day(2014, 3, 10),
        lot_fen=60_000_000,
        ceiling_fen=15_000_000,
        asked_fen=8_600_000,
        bidders=24,
        seed=14,
    )
    call = bidding.open_call(town, plan, needs)
    bidding.ask_and_answer(town, call)
    bidding.bid(town, call, plan)
    call = bidding.open_and_screen(town, call)
    bidding.seat_panel(town, call)
    bidding.score_all(call, seed=14)
    bidding.rank(town, call)
