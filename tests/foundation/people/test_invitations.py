"""Invitations open once, for whom they were written, until they expire or are taken back."""

import datetime as dt
import re

import pytest
from django.core import mail

from foundation import clock
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification, Outgoing
from foundation.notifications.outbox import drain_outbox
from foundation.people.invitation_operations import (
    accept_invitation,
    invite_person,
    resend_invitation,
    revoke_invitation,
)
from foundation.people.invitations import invitation_of, token_of
from foundation.people.models import Appointment, Invitation, Person
from foundation.people.operations import end_appointment
from tests.factories.people import administrator, officer, person

pytestmark = pytest.mark.django_db


def invite(email="new@example.org", role="officer", actor=None, **also):
    return invite_person(email=email, role=role, actor=actor or administrator(), **also)


def test_a_letter_goes_out_in_the_language_asked_for_with_a_link_that_opens():
    invitation = invite(language="en", name="Ann")
    drain_outbox()
    letter = mail.outbox[0]
    assert letter.to == ["new@example.org"]
    assert letter.subject == "You are invited: programme officer"
    path = re.search(r"http://localhost:8000(/en/invitations/\S+/)", letter.body).group(1)
    assert invitation_of(path.split("/")[3]) == invitation


def test_the_link_is_forgotten_in_the_outbox_once_it_was_sent():
    invite()
    assert "/invitations/" in Outgoing.objects.get().url
    drain_outbox()
    row = Outgoing.objects.get()
    assert (row.url, row.facts) == ("", {})
    assert row.sent_at is not None


def test_accepting_gives_the_post_at_once_and_tells_whoever_invited():
    boss, newcomer = administrator(), person(email="New@Example.org")
    invitation = invite("new@example.org", actor=boss)
    accept_invitation(invitation, actor=newcomer)
    assert Person.objects.get(pk=newcomer.pk).roles == {"officer"}
    assert Appointment.objects.get(person=newcomer).appointed_by == boss
    assert set(Notification.objects.values_list("person", "kind")) == {
        (newcomer.pk, "appointed"),
        (boss.pk, "invitation_accepted"),
    }
    with pytest.raises(WrongState, match="already"):
        accept_invitation(invitation, actor=newcomer)
    assert Appointment.objects.filter(person=newcomer).count() == 1


def test_only_whoever_it_was_written_to_accepts():
    invitation = invite()
    with pytest.raises(Forbidden):
        accept_invitation(invitation, actor=person())
    unproven = person(email="new@example.org")
    unproven.emailaddress_set.update(verified=False)
    with pytest.raises(Forbidden):
        accept_invitation(invitation, actor=unproven)
    assert Appointment.objects.filter(role="officer").count() == 0


def test_an_expired_or_revoked_invitation_opens_nothing():
    boss, newcomer = administrator(), person(email="new@example.org")
    invitation = invite(actor=boss)
    with (
        clock.at(clock.now() + dt.timedelta(days=15)),
        pytest.raises(WrongState, match="expired"),
    ):
        accept_invitation(invitation, actor=newcomer)
    revoke_invitation(invitation, actor=boss)
    with pytest.raises(WrongState, match="taken back"):
        accept_invitation(invitation, actor=newcomer)
    assert Appointment.objects.filter(person=newcomer).count() == 0


def test_whoever_lost_the_right_to_give_the_post_no_longer_gives_it():
    boss, other, newcomer = administrator(), administrator(), person(email="new@example.org")
    invitation = invite(actor=boss)
    end_appointment(boss.appointments.get(), actor=other)
    with pytest.raises(Forbidden):
        accept_invitation(invitation, actor=newcomer)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert Appointment.objects.filter(person=newcomer).count() == 0


def test_sending_again_opens_only_the_newest_letter():
    boss = administrator()
    invitation = invite(actor=boss)
    old = token_of(invitation)
    again = resend_invitation(invitation, actor=boss)
    assert invitation_of(old) is None
    assert invitation_of(token_of(again)) == invitation
    assert Outgoing.objects.count() == 2


def test_inviting_the_same_address_again_replaces_the_open_invitation():
    boss = administrator()
    first, second = invite(actor=boss), invite("NEW@example.org", actor=boss)
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert second.is_open


def test_only_administrators_invite_take_back_and_send_again():
    invitation, stranger = invite(), officer()
    for act in (
        lambda: invite(actor=stranger),
        lambda: revoke_invitation(invitation, actor=stranger),
        lambda: resend_invitation(invitation, actor=stranger),
    ):
        with pytest.raises(Forbidden):
            act()
    assert Invitation.objects.count() == 1


def test_whoever_holds_the_post_already_is_not_invited():
    officer(email="new@example.org")
    with pytest.raises(DomainError) as refusal:
        invite()
    assert refusal.value.field == "email"
    assert Invitation.objects.count() == 0


def test_a_forged_link_finds_nothing(client):
    assert invitation_of("nonsense") is None
    assert client.get("/invitations/nonsense/").status_code == 404


def test_a_newcomer_signs_up_by_the_letter_without_a_second_proof_and_accepts(client):
    here = f"/invitations/{token_of(invite(role='expert'))}/"
    page = client.get(here).content.decode()
    assert "/accounts/signup/?email=new%40example.org&amp;next=" in page
    answer = client.post(
        "/accounts/signup/",
        {
            "email": "new@example.org",
            "name": "新人",
            "password1": "a-long-word-of-pass-7",
            "password2": "a-long-word-of-pass-7",
            "language": "zh-hans",
            "next": here,
        },
    )
    assert (answer.status_code, answer["Location"]) == (302, here)
    newcomer = Person.objects.get(email="new@example.org")
    assert newcomer.name == "新人"
    answer = client.post(f"{here}accept/")
    assert answer.status_code == 302
    assert Person.objects.get(pk=newcomer.pk).roles == {"expert"}


def test_another_person_who_opens_the_letter_is_told_whom_it_is_for(client):
    token = token_of(invite())
    client.force_login(person())
    page = client.get(f"/en/invitations/{token}/").content.decode()
    assert "The invitation is for new@example.org" in page
    assert client.post(f"/invitations/{token}/accept/").status_code == 403


def test_an_invitation_waits_on_the_desk_of_whoever_has_the_address(client):
    invite(role="expert")
    client.force_login(person(email="new@example.org"))
    assert "/invitations/" in client.get("/desk/").content.decode()
