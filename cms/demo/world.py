"""The whole demo world, chapter by chapter, in the order it happened."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db.models import F

from bidding.evaluation.operations import enrol_expert
from bidding.needs.models import Category
from cms.demo import cast, first_years, this_year
from cms.demo.news import tell_news
from cms.demo.people import PASSWORD, make_account
from cms.demo.report import told_2014
from cms.demo.town import (
    Town,
    day,
    make_accounts,
    seat_buyers,
    settle_social,
    settle_unions,
)
from cms.search.following import everything_anew
from cms.site import build_site
from foundation import clock
from foundation.due.operations import work_off
from foundation.notifications.kinds import KINDS
from foundation.notifications.models import Notification, Preference
from foundation.organisations.operations import waive_proof
from foundation.organisations.standing_models import ProofKind, RequiredProof
from foundation.people.models import Appointment, Person
from foundation.permissions import SYSTEM
from foundation.seals.operations import CHAINS, seal
from foundation.vault import chance


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


@chance.the_same_every_time("the demo world")
def build(today: dt.date) -> None:
    """Everything, from the first account in 2014 to `today`."""
    with clock.at(day(2014, 1, 6)):
        town = people_the_town()
        settle_unions(town)
        make_accounts(town)
        quiet = _without_letters()
        seat_buyers(town)
        settle_social(town)
        enrol_experts(town)
        ask_only_registration(town)
    first_years.tell(town)
    this_year.tell(town, today)
    build_site(actor=SYSTEM, told={"2014": told_2014})
    tell_news()
    Preference.objects.filter(pk__in=quiet).delete()
    read_what_is_old()
    while work_off(limit=500):
        pass
    for chain in CHAINS:
        seal(chain)
    everything_anew()


def read_what_is_old() -> None:
    """People read what they are told within two weeks; only the newest is unread today."""
    before = clock.now() - dt.timedelta(days=14)
    old = Notification.objects.filter(read_at=None, created_at__lt=before)
    old.update(read_at=F("created_at") + dt.timedelta(days=1))


def ask_only_registration(town: Town) -> None:
    """In 2014 a registration was enough; what standing asks today came later."""
    for required in RequiredProof.objects.exclude(proof_kind=ProofKind.REGISTRATION):
        waive_proof(required, actor=town["officer"])


def enrol_experts(town: Town) -> None:
    """Eight experts, able to judge every category, each at home in some."""
    for number, (_name, field) in enumerate(cast.EXPERTS):
        key = "expert" if number == 0 else f"expert{number + 1}"
        codes = Category.objects.order_by("position").values_list("pk", flat=True)
        levels = {code: 1 + (place + number) % 3 for place, code in enumerate(codes)}
        enrol_expert(town[key], field_of_work=field, levels=levels, actor=town["officer"])


def _without_letters() -> list[int]:
    """History is told on the desk only: twelve years of letters are not sent again today."""
    groups = {kind.group for kind in KINDS.values()}
    rows = [
        Preference(person_id=pk, group=group, email=False)
        for pk in Person.objects.values_list("pk", flat=True)
        for group in sorted(groups)
    ]
    return [row.pk for row in Preference.objects.bulk_create(rows)]
