"""The studio's door: editors get in, others do not, and a post given up closes it at once."""

import pytest

from cms.door import GROUP, admit
from cms.models import TextPage
from foundation import clock
from foundation.people.models import Role
from tests.factories.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_site")]


def test_an_editor_opens_the_studio_and_edits_a_page(client):
    editor = person(Role.EDITOR, language="en")
    client.force_login(editor, backend="foundation.people.backend.PeopleBackend")
    assert client.get("/studio/").status_code == 200
    page = TextPage.objects.get(slug="about", locale__language_code="zh-hans")
    response = client.get(f"/studio/pages/{page.pk}/edit/")
    assert response.status_code == 200
    assert editor.groups.get().name == GROUP


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_others_do_not_even_as_superusers(client, role):
    someone = person(role, is_superuser=True)
    client.force_login(someone, backend="foundation.people.backend.PeopleBackend")
    assert client.get("/studio/").status_code == 403
    assert not someone.groups.exists()


def test_a_post_given_up_closes_the_door_at_once(client):
    editor = person(Role.EDITOR)
    assert admit(editor) is True
    editor.appointments.update(ended_at=clock.now())
    client.force_login(editor, backend="foundation.people.backend.PeopleBackend")
    assert client.get("/studio/pages/").status_code == 403
    assert not editor.groups.exists()


def test_strangers_are_asked_to_sign_in(client):
    response = client.get("/studio/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
