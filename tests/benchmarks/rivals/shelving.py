"""A shelf as one union sees it, measured in a process of its own: prints figures as JSON.

`python -m tests.benchmarks.rivals.shelving PROPOSALS`, with the environment set by `shelf`.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

A_CALL = 1_000
TOPICS = [
    "心理",
    "法律",
    "健身",
    "亲子",
    "技能",
    "安全",
    "阅读",
    "书法",
    "健康",
    "急救",
    "托育",
    "调解",
    "摄影",
    "烹饪",
    "篮球",
    "合唱",
]
WHAT = [
    "关爱",
    "讲座",
    "援助",
    "培训",
    "咨询",
    "服务",
    "竞赛",
    "活动",
    "陪伴",
    "巡讲",
    "沙龙",
    "体验",
]
WHOM = ["一线职工", "女职工", "外卖骑手", "新就业形态劳动者", "青年职工", "退休职工", "货车司机"]


def main(proposals: int) -> None:
    """Lay a city of proposals, index it, ask for the page; print what each took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    django.setup()
    from django.core.management import call_command

    call_command("compile_catalogue")  # or each sentence is looked for in every catalogue
    call_command("found_database", verbosity=0)
    world, index = _city(proposals)
    print(json.dumps({"index": index} | _ask(world)))


def _city(proposals: int) -> tuple[Any, float]:
    from bidding.needs.models import Need
    from foundation.organisations.models import District
    from marketplace.matching.shelf_index import keep_index
    from tests.factories.deals import WAN, give, make_world
    from tests.factories.needs import make_need

    chance = random.Random(6)
    world = make_world(number="0000", lot_fen=10_000 * WAN)
    give(world.fund, world.street, 30 * WAN)
    places = [world.street.district] + [
        District.objects.create(code=f"3101151{n:02d}", name=f"街道{n}") for n in range(10, 46)
    ]
    survey = make_need().survey
    for n in range(200):
        make_need(
            survey=survey,
            title=f"{chance.choice(TOPICS)}{chance.choice(WHAT)}",
            audience=chance.choice(WHOM),
            district=chance.choice([*places, None]),
            headcount=chance.randrange(50, 5_000),
            urgency=chance.randrange(1, 6),
            asked=f"第{n}题",
        )
    needs = list(Need.objects.values_list("pk", flat=True))
    took = []
    for number in range(proposals // A_CALL):
        ranking = _call(world, number, chance, needs, [place.pk for place in places if place])
        began = time.process_time()
        keep_index(ranking)
        took.append(time.process_time() - began)
    return world, statistics.median(took)


def _call(
    world: Any, number: int, chance: random.Random, needs: list[int], places: list[str]
) -> Any:
    from bidding.calls.models import Call, Lot
    from bidding.evaluation.models import Place, Ranking
    from bidding.proposals.models import BudgetLine, Proposal
    from foundation.organisations.models import Organisation

    now = world.call.created_at
    lot = next(iter(world.lots.values()))
    call = Call.objects.get(pk=world.call.pk)
    call.pk, call.number = None, f"{number + 1:04d}"
    call.save(force_insert=True)
    lot = Lot.objects.create(
        call=call,
        category=lot.category,
        ceiling_fen=lot.ceiling_fen,
        proposal_ceiling_fen=lot.proposal_ceiling_fen,
    )
    ranking = Ranking.objects.create(
        call=call,
        policy="mean",
        inputs={},
        sha256="0" * 64,
        computed_by=world.officer,
        computed_at=now,
    )
    bodies = Organisation.objects.bulk_create(
        Organisation(
            kind="enterprise",
            name=f"组织{number}-{n}",
            uscc=f"{number:06d}{n:012d}",
            district_id=chance.choice(places),
            registered_at=now,
            state="verified",
        )
        for n in range(A_CALL)
    )
    offers = Proposal.objects.bulk_create(
        Proposal(
            call=call,
            lot=lot,
            organisation=body,
            serial=f"{n:04d}",
            title=f"{chance.choice(WHOM)}{chance.choice(TOPICS)}{chance.choice(WHAT)}项目",
            summary="，".join(
                f"为{chance.choice(WHOM)}提供{chance.choice(TOPICS)}{chance.choice(WHAT)}"
                for _ in range(5)
            ),
            audience=chance.choice(WHOM),
            headcount=chance.randrange(50, 3_000),
            starts_on=dt.date(2026, 3, 1),
            ends_on=dt.date(2026, 11, 30),
            created_by=world.officer,
            created_at=now,
            changed_at=now,
            state="ranked",
        )
        for n, body in enumerate(bodies)
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(
            proposal=offer,
            position=1,
            group="activity",
            item="活动",
            unit="场",
            quantity=1,
            unit_price_fen=chance.randrange(1_000_000, 20_000_000),
        )
        for offer in offers
    )
    Proposal.needs.through.objects.bulk_create(
        Proposal.needs.through(proposal=offer, need_id=need)
        for offer in offers
        for need in chance.sample(needs, 2)
    )
    Proposal.districts.through.objects.bulk_create(
        Proposal.districts.through(proposal=offer, district_id=place)
        for offer in offers
        for place in chance.sample(places, 2)
    )
    Place.objects.bulk_create(
        Place(
            ranking=ranking,
            proposal=offer,
            rank=n,
            score_ten_thousandths=chance.randrange(600_000, 1_000_000),
            judges=5,
        )
        for n, offer in enumerate(offers, 1)
    )
    return ranking


def _ask(world: Any) -> dict[str, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # raw: the server does so by itself, a little later
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    client = Client()
    client.force_login(world.buyer, backend="foundation.people.backend.PeopleBackend")
    address = reverse("matching:shelf")
    narrowed = f"{address}?q=法律&category={next(iter(world.lots))}"

    def get(path: str) -> None:
        answer = client.get(path, secure=True, headers={"host": "localhost"})
        assert answer.status_code == 200, answer.status_code

    get(address)
    with CaptureQueriesContext(connection) as asked:
        get(narrowed)
    figures = {
        "page": _seconds(lambda: get(address)),
        "narrowed": _seconds(lambda: get(narrowed)),
        "queries": float(len(asked)),
    }
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle
    return figures | {"mb": grown / 1024}


def _seconds(act: Callable[[], None]) -> float:
    took = []
    for _ in range(5):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


if __name__ == "__main__":
    main(int(sys.argv[1]))
