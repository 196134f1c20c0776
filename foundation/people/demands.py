"""Reasons to need the second step of signing in that other rooms give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Demand = Callable[[Any], bool]

_DEMANDS: list[Demand] = []


def demands_second_factor(function: Demand) -> Demand:
    """Register a further reason to need two steps (such as signing for an organisation)."""
    _DEMANDS.append(function)
    return function


def is_demanded_of(person: Any) -> bool:
    """Does any room ask the person for two steps?"""
    return any(demand(person) for demand in _DEMANDS)
