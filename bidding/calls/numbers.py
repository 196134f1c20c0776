"""Numbers that people quote, like GC-2026-07: the next of its year, also when two are drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from foundation import clock

M = TypeVar("M", bound=models.Model)

TRIES = 20


def next_number(model: type[models.Model], prefix: str) -> str:
    """The number after the highest one given this year."""
    begin = f"{prefix}-{clock.today().year}-"
    given = model._default_manager.filter(number__startswith=begin)
    tails = (number.removeprefix(begin) for number in given.values_list("number", flat=True))
    return f"{begin}{max((int(tail) for tail in tails if tail.isdigit()), default=0) + 1:02d}"


def numbered(model: type[M], prefix: str, create: Callable[[str], M]) -> M:
    """`create(number)` with the next number; when another took it meanwhile, with the one after.

    An IntegrityError that has nothing to do with the number comes through.
    """
    for _attempt in range(TRIES):
        number = next_number(model, prefix)
        try:
            with transaction.atomic():
                return create(number)
        except IntegrityError:
            if not model._default_manager.filter(number=number).exists():
                raise
    raise RuntimeError(f"no free number after {TRIES} tries: {prefix}")
