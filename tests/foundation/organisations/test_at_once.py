"""Two people at the same moment, on PostgreSQL: one is first, the other gets a sentence."""

import pytest

from foundation.errors import DomainError
from foundation.notifications.models import Notification
from foundation.organisations.models import Membership, Union
from foundation.organisations.operations import (
    accept_claim,
    add_member,
    claim_organisation,
    end_membership,
    move_union,
    plant_union,
    verify_organisation,
    verify_proof,
)
from tests.at_once import at_once
from tests.factories.organisations import (
    make_officer,
    make_organisation,
    make_person,
    make_proof,
    make_social,
    make_union,
    make_upload,
    member_of,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def refusals(results):
    return [one for one in results if isinstance(one, DomainError)]


def test_of_two_claims_accepted_at_once_one_holds():
    body = make_organisation()
    claims = [
        claim_organisation(body, actor=make_person(), document=make_upload()) for _ in range(2)
    ]
    officers = [make_officer(), make_officer()]
    results = at_once(
        *(
            lambda claim=claim, officer=officer: accept_claim(claim, actor=officer)
            for claim, officer in zip(claims, officers, strict=True)
        )
    )
    assert len(refusals(results)) == 1
    assert Membership.objects.filter(organisation=body, role="representative").count() == 1
    for claim in claims:
        claim.refresh_from_db()
    assert sorted(claim.state for claim in claims) == ["accepted", "refused"]


def test_of_two_representatives_named_at_once_one_holds():
    body = make_union()
    people, officers = [make_person(), make_person()], [make_officer(), make_officer()]
    results = at_once(
        *(
            lambda person=person, officer=officer: add_member(
                body, actor=officer, email=person.email, role="representative"
            )
            for person, officer in zip(people, officers, strict=True)
        )
    )
    assert len(refusals(results)) == 1
    assert Membership.objects.filter(organisation=body, ended_at=None).count() == 1


def test_verifying_twice_at_once_tells_once():
    body = make_social(state="registered", standing=False)
    make_proof(body, state="stated")
    officers = [make_officer(), make_officer()]
    results = at_once(
        *(lambda officer=officer: verify_organisation(body, actor=officer) for officer in officers)
    )
    assert len(refusals(results)) == 1
    assert Notification.objects.filter(kind="verify_organisation").count() == 1


def test_a_proof_is_verified_once():
    proof = make_proof(make_social(standing=False), "tax", state="stated")
    officers = [make_officer(), make_officer()]
    results = at_once(
        *(lambda officer=officer: verify_proof(proof, actor=officer) for officer in officers)
    )
    assert len(refusals(results)) == 1


def test_the_last_two_managers_do_not_both_leave():
    body = make_organisation()
    people = [member_of(body), member_of(body)]
    places = [body.memberships.get(person=person) for person in people]
    results = at_once(
        *(
            lambda place=place, person=person: end_membership(place, actor=person)
            for place, person in zip(places, people, strict=True)
        )
    )
    assert len(refusals(results)) == 1
    assert body.memberships.filter(ended_at=None).count() == 1


def test_bodies_planted_and_moved_at_once_leave_a_sound_tree():
    root = make_union()
    one, other = make_union(root), make_union(root)
    make_union(one)
    officers = [make_officer() for _ in range(6)]
    results = at_once(
        *(
            lambda number=number: plant_union(
                [one, other][number % 2],
                actor=officers[number],
                name=f"工会{number}",
                union_type="service",
            )
            for number in range(4)
        ),
        lambda: move_union(one, actor=officers[4], to=other, reason="x"),
        lambda: move_union(other, actor=officers[5], to=one, reason="x"),
    )
    assert len(refusals(results)) == 1
    assert Union.objects.count() == 8
    assert [problem for problem in Union.find_problems() if problem] == []
