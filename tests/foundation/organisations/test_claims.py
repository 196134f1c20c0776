"""Claims to bodies nobody acts for, and changes of a legal representative."""

import pytest

from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.models import Claim, Membership, Replacement
from foundation.organisations.operations import (
    accept_claim,
    claim_organisation,
    confirm_replacement,
    refuse_claim,
    refuse_replacement,
    replace_representative,
)
from foundation.organisations.queries import (
    claims_visible_to,
    memberships_of,
    representative_of,
)
from tests.factories.organisations import (
    make_officer,
    make_organisation,
    make_person,
    make_social,
    make_union,
    make_upload,
    member_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en")]


def claim(body, person=None):
    return claim_organisation(body, actor=person or make_person(), document=make_upload())


def test_an_accepted_claim_makes_its_person_the_representative():
    body, person = make_organisation(), make_person()
    accept_claim(claim(body, person), actor=make_officer())
    assert representative_of(body) == person
    assert Notification.objects.filter(person=person, kind="accept_claim").count() == 1
    assert Entry.objects.filter(action="accept_claim").count() == 1


def test_accepting_one_claim_refuses_the_others_with_a_reason():
    body = make_organisation()
    one, other = claim(body), claim(body)
    accept_claim(one, actor=make_officer())
    other.refresh_from_db()
    assert (other.state, other.answer) == ("refused", "Another claim was accepted.")
    assert Notification.objects.filter(person=other.person, kind="refuse_claim").exists()


def test_a_refused_claim_says_why_and_may_be_made_again():
    body, person = make_organisation(), make_person()
    refused = refuse_claim(claim(body, person), actor=make_officer(), reason="Unreadable")
    assert (refused.state, refused.answer) == ("refused", "Unreadable")
    assert representative_of(body) is None
    assert claim(body, person).state == "open"


def test_nobody_claims_twice_at_a_time():
    body, person = make_organisation(), make_person()
    claim(body, person)
    with pytest.raises(Clash):
        claim(body, person)
    assert Claim.objects.count() == 1


def test_what_somebody_acts_for_cannot_be_claimed():
    with pytest.raises(WrongState, match="Somebody acts for"):
        claim(make_social())
    assert not Claim.objects.exists()


def test_union_bodies_are_not_claimed():
    with pytest.raises(WrongState, match="federation names"):
        claim(make_union())


def test_an_answer_is_given_once():
    officer = make_officer()
    answered = accept_claim(claim(make_organisation()), actor=officer)
    with pytest.raises(WrongState):
        refuse_claim(answered, actor=officer, reason="Changed my mind")
    with pytest.raises(WrongState):
        accept_claim(answered, actor=officer)
    assert Membership.objects.count() == 1


def test_only_officers_answer_and_only_the_claimer_and_they_see_it():
    row = claim(make_organisation())
    stranger = make_person()
    for act in (accept_claim, lambda row, actor: refuse_claim(row, actor=actor, reason="x")):
        with pytest.raises(Forbidden):
            act(row, actor=stranger)
    row.refresh_from_db()
    assert row.state == "open"
    seen = [
        row in claims_visible_to(person)
        for person in (row.person, make_officer(), make_officer("auditor"), stranger)
    ]
    assert seen == [True, True, True, False]


def replace(body, successor, actor=None):
    return replace_representative(
        body,
        actor=actor or representative_of(body),
        email=successor.email.upper(),
        document=make_upload(),
    )


def test_a_confirmed_replacement_ends_the_one_before():
    body = make_social()
    before, successor = representative_of(body), make_person()
    request = replace(body, successor)
    assert representative_of(body) == before
    confirm_replacement(request, actor=make_officer())
    assert representative_of(body) == successor
    assert before not in [row.person for row in memberships_of(body)]


def test_a_manager_who_becomes_representative_has_one_place_only():
    body = make_social()
    manager = member_of(body)
    confirm_replacement(replace(body, manager), actor=make_officer())
    assert [(row.person, row.role) for row in memberships_of(body)] == [(manager, "representative")]


def test_a_refused_replacement_changes_nothing():
    body = make_social()
    before = representative_of(body)
    refuse_replacement(replace(body, make_person()), actor=make_officer(), reason="No letter")
    assert representative_of(body) == before
    assert Replacement.objects.get().answer == "No letter"


def test_one_replacement_at_a_time_and_not_to_the_same_person():
    body = make_social()
    with pytest.raises(DomainError, match="representative already"):
        replace(body, representative_of(body))
    replace(body, make_person())
    with pytest.raises(Clash):
        replace(body, make_person())
    assert Replacement.objects.count() == 1


def test_an_officer_does_not_confirm_in_an_organisation_they_are_in():
    body = make_social()
    officer = make_officer()
    Membership.objects.create(
        person=officer, organisation=body, role="member", began_at="2026-01-01T00:00Z"
    )
    request = replace(body, make_person())
    with pytest.raises(Forbidden):
        confirm_replacement(request, actor=officer)
    request.refresh_from_db()
    assert request.state == "open"


def test_nobody_without_an_account_becomes_representative():
    body = make_social()
    with pytest.raises(DomainError, match="Nobody has an account"):
        replace_representative(
            body,
            actor=representative_of(body),
            email="nobody@example.test",
            document=make_upload(),
        )
    assert not Replacement.objects.exists()
