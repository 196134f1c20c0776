"""What those served by the demo's projects said: some projects have asked, some have not."""

from __future__ import annotations

import datetime as dt
import random
import uuid

from django.contrib.auth.models import AnonymousUser

from cms.demo.town import Town
from foundation import clock
from marketplace.delivery.models import Milestone, Project
from marketplace.delivery.voice_operations import ask_served, end_asking, rate_project

EVERY = 6
"""One project of so many has asked: an answer costs as much as any other deed."""

ANSWERS = 11


def hear(town: Town, project: Project, milestone: Milestone) -> None:
    """At an occasion just before the milestone those who were there scan the code and answer."""
    if project.pk % EVERY:
        return
    chance = random.Random(project.pk)
    day = milestone.due_on - dt.timedelta(days=10)
    with clock.at(dt.datetime.combine(day, dt.time(16), clock.SHANGHAI)):
        asking = ask_served(
            project,
            occasion=f"第{milestone.position}期活动",
            occasion_en=f"Activity {milestone.position}",
            held_on=day,
            people=30,
            until_on=day + dt.timedelta(days=5),
            actor=town.signer_of(project.organisation),
        )
        for _one in range(ANSWERS):
            rate_project(
                asking,
                token=uuid.UUID(int=chance.getrandbits(128), version=4),
                helpful=chance.choice((3, 4, 4, 5, 5, 5)),
                well_run=chance.choice((2, 3, 4, 4, 5, 5)),
                again=chance.choice(("yes", "yes", "yes", "unsure", "no")),
                actor=AnonymousUser(),
            )
    with clock.at(dt.datetime.combine(day, dt.time(18), clock.SHANGHAI)):
        end_asking(asking, actor=town.signer_of(project.buyer))
