"""Inviting somebody into a body who may have no account yet."""

import pytest

from foundation.errors import Clash, DomainError, Forbidden
from foundation.organisations.operations import invite_member
from foundation.organisations.queries import memberships_of, representative_of
from foundation.people.invitation_operations import accept_invitation
from foundation.people.models import Invitation
from foundation.people.purposes import may_revoke, offer_of
from tests.factories.organisations import make_officer, make_person, make_social, member_of
from tests.factories.people import person as confirmed_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en")]


def invite(body, actor, email="new@example.test", role="manager"):
    return invite_member(body, actor=actor, email=email, role=role)


def test_who_takes_it_up_joins_in_the_role_offered():
    body, guest = make_social("甲"), confirmed_person()
    invitation = invite(body, representative_of(body), guest.email)
    assert offer_of(invitation) == "manager of 甲"
    accept_invitation(invitation, actor=guest)
    assert memberships_of(body).get(person=guest).role == "manager"


def test_an_invitation_by_somebody_who_has_left_opens_nothing():
    body, guest = make_social(), confirmed_person()
    manager = member_of(body)
    invitation = invite(body, manager, guest.email)
    place = body.memberships.get(person=manager)
    place.ended_at = place.began_at
    place.save()
    with pytest.raises(Forbidden):
        accept_invitation(invitation, actor=guest)
    assert not memberships_of(body).filter(person=guest).exists()


def test_who_may_invite_and_take_back():
    body = make_social()
    for actor in (make_person(), member_of(body, "finance")):
        with pytest.raises(Forbidden):
            invite(body, actor)
    with pytest.raises(DomainError, match="request with a document"):
        invite(body, member_of(body), role="representative")
    with pytest.raises(Clash):
        invite(body, make_officer(), representative_of(body).email)
    assert not Invitation.objects.exists()
    invitation = invite(body, make_officer())
    assert may_revoke(representative_of(body), invitation)
    assert not may_revoke(make_person(), invitation)
