"""What is to be known about the lots at the line of a ranking."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from bidding.evaluation.lottery import drawn, seed_of
from bidding.evaluation.lottery_models import Lottery, Numbers
from bidding.evaluation.models import Ranking


def groups_of(ranking: Ranking) -> list[list[str]]:
    """The proposals (by number) between whom a lot decides, a group for each lot; none where the
    call's rules want no lot or no interval crosses a line."""
    found: list[list[str]] = ranking.reliability.get("by_lot", [])
    return found


def numbers_of(ranking: Ranking) -> Numbers | None:
    """The numbers that count: the last typed, of the last draw that was named."""
    if not groups_of(ranking):
        return None
    last = Lottery.objects.filter(ranking=ranking).order_by("-pk").values("pk")[:1]
    rows = Numbers.objects.filter(lottery__in=list(last.values_list("pk", flat=True)))
    return rows.select_related("lottery").order_by("-pk").first()


def after_the_draw(ranking: Ranking, order: list[tuple[int, str]]) -> list[int]:
    """The places (id, number of the proposal) in the order after the draw, if there was one."""
    numbers = numbers_of(ranking)
    if numbers is None:
        return [pk for pk, _key in order]
    by_key = {key: pk for pk, key in order}
    keys = [key for _pk, key in order]
    seed = seed_of(ranking.sha256, numbers.lottery.issue, numbers.numbers)
    return [by_key[key] for key in drawn(keys, groups_of(ranking), seed)]


def facts_of(ranking: Ranking) -> dict[str, Any]:
    """Everything to draw again, as it is published; {} before the numbers have come."""
    numbers = numbers_of(ranking)
    if numbers is None:
        return {}
    lottery = numbers.lottery
    places = ranking.places.order_by("rank").values_list("proposal__serial", flat=True)
    return {
        "ranking_sha256": ranking.sha256,
        "source": lottery.source,
        "issue": lottery.issue,
        "announced_at": lottery.announced_at.isoformat(),
        "drawn_at": lottery.drawn_at.isoformat(),
        "numbers": numbers.numbers,
        "seed": seed_of(ranking.sha256, lottery.issue, numbers.numbers),
        "groups": groups_of(ranking),
        "order": list(places),
    }


def lottery_page(ranking: Ranking) -> dict[str, Any]:
    """What the pages say of the lots: who is in them, what was announced, what came; {} where
    nothing is decided by lot."""
    groups = groups_of(ranking)
    if not groups:
        return {}
    titles = dict(
        ranking.places.order_by("rank").values_list("proposal__serial", "proposal__title")
    )
    announced = list(Lottery.objects.filter(ranking=ranking).prefetch_related("numbers"))
    facts = facts_of(ranking) if announced else {}
    before = list(titles)
    after = drawn(before, groups, facts["seed"]) if facts else before
    return {
        "groups": [
            [
                {
                    "title": titles[key],
                    "before": before.index(key) + 1,
                    "after": after.index(key) + 1,
                }
                for key in sorted(group, key=after.index)
            ]
            for group in groups
        ],
        "announced": announced,
        "last": announced[-1] if announced else None,
        "facts": facts,
    }


def lotteries() -> QuerySet[Lottery]:
    """Every draw that was named: public from that moment, before anybody can know its numbers."""
    return Lottery.objects.select_related("ranking__call").prefetch_related("numbers")
