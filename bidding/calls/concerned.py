"""Whom a change of a call concerns, and what else stands in a bidder's way: rooms above say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bidding.calls.models import Call
from foundation.organisations.models import Organisation
from foundation.organisations.queries import officers_of

WHO_IS_CONCERNED: list[Callable[[Call], Iterable[Any]]] = []
OBSTACLES: list[Callable[[Organisation, Call], list[Any]]] = []
BINDING: list[Callable[[Call], Any]] = []


def binding(function: Callable[[Call], Any]) -> Callable[[Call], Any]:
    """Register a function that gives a sentence why a call cannot be cancelled yet, or None."""
    BINDING.append(function)
    return function


def what_binds(call: Call) -> list[Any]:
    """Every sentence why the call cannot be cancelled yet."""
    return [sentence for function in BINDING if (sentence := function(call))]


def concerns(function: Callable[[Call], Iterable[Any]]) -> Callable[[Call], Iterable[Any]]:
    """Register a function that names people a change of the call concerns."""
    WHO_IS_CONCERNED.append(function)
    return function


def obstacle(
    function: Callable[[Organisation, Call], list[Any]],
) -> Callable[[Organisation, Call], list[Any]]:
    """Register a function that says what else keeps an organisation from bidding (Hindrances)."""
    OBSTACLES.append(function)
    return function


def people_concerned(call: Call) -> list[Any]:
    """Everybody a change of the call concerns, each once: its officer, askers, rooms above's."""
    people = {call.created_by_id: call.created_by}
    for function in WHO_IS_CONCERNED:
        people |= {person.pk: person for person in function(call)}
    return list(people.values())


@concerns
def askers(call: Call) -> list[Any]:
    """The people who act for organisations that asked a question."""
    asking = Organisation.objects.filter(
        pk__in=call.clarifications.values_list("organisation", flat=True)
    )
    return [person for organisation in asking for person in officers_of(organisation)]
