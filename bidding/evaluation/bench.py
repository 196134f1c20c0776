"""Experts: who may be drawn, and what binds them to organisations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bidding.evaluation import rules  # noqa: F401  (the laws, always there)
from bidding.evaluation.expertise import Levels, confirm_levels, must_be_levels
from bidding.evaluation.models import Employment, Expert
from foundation import clock
from foundation.audit.operations import record
from foundation.errors import Clash, DomainError
from foundation.operations import lock, operation
from foundation.organisations.models import Organisation
from foundation.people.models import Person
from foundation.permissions import allow


@operation
def enrol_expert(
    person: Person, *, field_of_work: str, levels: Levels | None = None, actor: Any
) -> Expert:
    """Put a person on the list that panels are drawn from."""
    allow(actor, "enrol_expert", person)
    if not person.is_active:
        raise DomainError(_("This account is closed."), field="person")
    given = must_be_levels(levels or {})
    try:
        with transaction.atomic():
            expert = Expert.objects.create(person=person, field_of_work=field_of_work)
    except IntegrityError as taken:
        raise Clash(_("This person is on the list already."), field="person") from taken
    confirm_levels(expert, given, actor)
    record(actor, "enrol_expert", expert, person=person.pk, levels=given)
    return expert


@operation
def change_availability(expert: Expert, *, available: bool, actor: Any) -> Expert:
    """Take an expert off the list for a while, or put them back; seats held now stay."""
    expert = lock(expert)
    allow(actor, "change_availability", expert)
    expert.available = available
    expert.save(update_fields=["available"])
    record(actor, "change_availability", expert, available=available)
    return expert


@operation
def state_tie(
    expert: Expert,
    *,
    organisation: Organisation,
    tie: str,
    began_on: dt.date,
    ended_on: dt.date | None = None,
    actor: Any,
) -> Employment:
    """Say what binds an expert to an organisation, so that conflicts can be found."""
    allow(actor, "state_tie", expert)
    if began_on > clock.today():
        raise DomainError(_("This day has not come yet."), field="began_on")
    _must_follow(began_on, ended_on)
    row = Employment.objects.create(
        expert=expert, organisation=organisation, tie=tie, began_on=began_on, ended_on=ended_on
    )
    record(actor, "state_tie", expert, organisation=organisation.pk, tie=tie)
    return row


@operation
def end_tie(tie: Employment, *, ended_on: dt.date, actor: Any) -> Employment:
    """Say when a tie ended; it still counts for three years."""
    tie = lock(tie, "expert")
    allow(actor, "end_tie", tie.expert)
    _must_follow(tie.began_on, ended_on)
    tie.ended_on = ended_on
    tie.save(update_fields=["ended_on"])
    record(actor, "end_tie", tie.expert, organisation=tie.organisation_id, ended_on=ended_on)
    return tie


def _must_follow(began_on: dt.date, ended_on: dt.date | None) -> None:
    if ended_on and (ended_on < began_on or ended_on > clock.today()):
        raise DomainError(_("The end lies between the beginning and today."), field="ended_on")
