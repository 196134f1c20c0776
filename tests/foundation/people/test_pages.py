"""The administrators' pages of people: who may open them, and what they cost."""

import pytest
from django.test import Client

from foundation.people.invitation_operations import invite_person
from foundation.people.models import Appointment, Person
from tests.factories.people import administrator, officer, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    someone = administrator()
    client.force_login(someone)
    return someone


def test_the_list_finds_people_by_name_post_and_account(client, boss):
    found, other = officer(name="张三"), person(name="李四", is_active=False)
    page = client.get("/desk/people/", {"q": "张三"}).content.decode()
    assert found.email in page
    assert other.email not in page
    assert other.email not in client.get("/desk/people/", {"role": "officer"}).content.decode()
    page = client.get("/desk/people/", {"is_active": "false"}).content.decode()
    assert (other.email in page, found.email in page) == (True, False)


@pytest.mark.parametrize("path", ["/desk/people/", "/desk/people/invitations/"])
def test_a_longer_list_takes_as_many_queries(client, boss, path, django_assert_max_num_queries):
    counts = []
    for _round in range(2):
        for _one in range(2):
            officer()
            invite_person(email=f"a{Person.objects.count()}@x.org", role="expert", actor=boss)
        with django_assert_max_num_queries(12) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_strangers_are_asked_to_sign_in_and_others_are_refused(client):
    someone = person()
    paths = [
        "/desk/people/",
        f"/desk/people/{someone.pk}/",
        "/desk/people/invitations/",
        "/desk/people/invite/",
    ]
    for path in paths:
        assert client.get(path).status_code == 302
    client.force_login(officer())
    for path in paths:
        assert client.get(path).status_code == 403


def test_a_post_is_given_and_ended_on_the_persons_page(client, boss):
    someone = person()
    here = f"/desk/people/{someone.pk}/"
    assert client.get(here).status_code == 200
    assert client.post(f"{here}appoint/", {"role": "auditor"})["Location"] == here
    again = client.post(f"{here}appoint/", {"role": "auditor"})
    assert again.status_code == 200
    assert Appointment.objects.filter(person=someone).count() == 1
    post = Appointment.objects.get(person=someone)
    assert client.post(f"/desk/people/posts/{post.pk}/end/")["Location"] == here
    post.refresh_from_db()
    assert post.ended_at is not None


def test_an_account_is_closed_with_a_reason_and_opened_again(client, boss):
    someone = person()
    here = f"/desk/people/{someone.pk}/"
    assert client.post(f"{here}close/", {"reason": ""}).status_code == 200
    client.post(f"{here}close/", {"reason": "left"})
    assert Person.objects.get(pk=someone.pk).is_active is False
    client.post(f"{here}open/")
    assert Person.objects.get(pk=someone.pk).is_active is True


def test_nobody_reaches_the_buttons_of_others_posts(client):
    someone = officer()
    post = someone.appointments.get()
    client.force_login(person())
    assert client.post(f"/desk/people/posts/{post.pk}/end/").status_code == 404
    assert client.post(f"/desk/people/{someone.pk}/open/").status_code == 404
    post.refresh_from_db()
    assert post.ended_at is None


def test_an_invitation_is_sent_again_and_taken_back_by_its_buttons(client, boss):
    client.post(
        "/desk/people/invite/",
        {"email": "new@example.org", "name": "", "role": "expert", "language": "en"},
    )
    from foundation.people.models import Invitation

    invitation = Invitation.objects.get()
    nonce = invitation.nonce
    here = f"/desk/people/invitations/{invitation.pk}"
    assert client.post(f"{here}/resend/")["Location"] == "/desk/people/invitations/"
    answer = client.post(f"{here}/revoke/", {"back": "//evil.example"})
    assert answer["Location"] == "/desk/people/invitations/"
    invitation.refresh_from_db()
    assert invitation.nonce != nonce
    assert invitation.revoked_at is not None
    stranger = Client()
    stranger.force_login(person())
    assert stranger.post(f"{here}/resend/").status_code == 404
