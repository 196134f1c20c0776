"""Who hangs together with whom, from what was declared and from who acts for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.organisations.models import Membership, Organisation
from foundation.organisations.rules import ACTING
from foundation.organisations.standing_models import RelatedParty

Pair = tuple[int, int]


def related(one: Organisation, other: Organisation) -> list[Any]:
    """Every sentence why the two count as related; none when they do not."""
    return _edges([one, other]).get(_pair(one.pk, other.pk), [])


def clusters(organisations: Iterable[Organisation]) -> list[frozenset[int]]:
    """The groups (two or more) of organisations, by id, that hang together directly or through
    each other, smallest id first. Two or three queries, however many there are."""
    bodies = list(organisations)
    leader = {body.pk: body.pk for body in bodies}

    def find(pk: int) -> int:
        while leader[pk] != pk:
            leader[pk] = leader[leader[pk]]
            pk = leader[pk]
        return pk

    for one, other in _edges(bodies):
        low, high = sorted((find(one), find(other)))
        leader[high] = low
    groups: dict[int, set[int]] = defaultdict(set)
    for body in bodies:
        groups[find(body.pk)].add(body.pk)
    return [frozenset(groups[first]) for first in sorted(groups) if len(groups[first]) > 1]


def _pair(one: int, other: int) -> Pair:
    return (min(one, other), max(one, other))


def _edges(bodies: list[Organisation]) -> dict[Pair, list[Any]]:
    """{pair of ids: why they are related} among these organisations."""
    names = {body.pk: body.name for body in bodies}
    edges: dict[Pair, list[Any]] = defaultdict(list)
    declared = RelatedParty.objects.filter(ended_at=None).filter(
        Q(organisation__in=names) | Q(other__in=names)
    )
    by_person: dict[str, set[int]] = defaultdict(set)
    by_body: dict[int, set[int]] = defaultdict(set)
    for row in declared:
        if row.other_id is None:
            by_person[row.person_name].add(row.organisation_id)
        elif row.organisation_id in names and row.other_id in names:
            edges[_pair(row.organisation_id, row.other_id)].append(
                _("%(one)s %(relation)s %(other)s (declared).")
                % {
                    "one": names[row.organisation_id],
                    "relation": row.get_relation_display(),
                    "other": names[row.other_id],
                }
            )
        else:  # through a third body that is not among these
            inside, outside = (
                (row.organisation_id, row.other_id)
                if row.organisation_id in names
                else (row.other_id, row.organisation_id)
            )
            by_body[outside].add(inside)
    acting: dict[int, set[int]] = defaultdict(set)
    people: dict[int, str] = {}
    for person, name, body in Membership.objects.filter(
        organisation__in=names, ended_at=None, role__in=sorted(ACTING)
    ).values_list("person_id", "person__name", "organisation_id"):
        acting[person].add(body)
        people[person] = name
    for person, bodies_of in acting.items():
        _link(edges, bodies_of, _("%(person)s acts for both.") % {"person": people[person]})
    for name, bodies_of in by_person.items():
        _link(edges, bodies_of, _("Both are related to %(person)s (declared).") % {"person": name})
    for bodies_of in by_body.values():
        _link(edges, bodies_of, _("Both are related to the same third body (declared)."))
    return edges


def _link(edges: dict[Pair, list[Any]], bodies: set[int], sentence: Any) -> None:
    for one, other in combinations(sorted(bodies), 2):
        edges[(one, other)].append(sentence)
