"""The studio: who gets in as what, how a page goes from a draft to the public and back."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page, Revision, WorkflowState

from cms import publishing
from cms.door import GROUP, REVIEWERS, admit
from cms.models import NewsIndexPage, NewsPage, TextPage
from cms.studio import how_it_stands, without_true_twin
from foundation import clock
from foundation.notifications.models import Notification, Outgoing
from foundation.people.models import Role
from tests.factories.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_site")]

BACKEND = "foundation.people.backend.PeopleBackend"


def enter(client, someone):
    client.force_login(someone, backend=BACKEND)
    return client


def draft(title="新消息", **facts):
    parent = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    page = NewsPage(title=title, slug="first", locale=parent.locale, live=False, **facts)
    parent.add_child(instance=page)
    page.save_revision()
    return page


def test_an_editor_opens_the_studio_and_edits_a_page(client):
    editor = person(Role.EDITOR, language="en")
    enter(client, editor)
    assert client.get("/studio/").status_code == 200
    page = TextPage.objects.get(slug="about", locale__language_code="zh-hans")
    response = client.get(f"/studio/pages/{page.pk}/edit/")
    assert response.status_code == 200
    assert editor.groups.get().name == GROUP
    assert not page.permissions_for_user(editor).can_publish()
    assert client.get("/studio/redirects/").status_code == 302  # not theirs


@pytest.mark.parametrize("role", [Role.FUND_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_others_do_not_even_as_superusers(client, role):
    someone = person(role, is_superuser=True)
    assert enter(client, someone).get("/studio/").status_code == 403
    assert not someone.groups.exists()


def test_a_post_given_up_closes_the_door_at_once(client):
    editor = person(Role.EDITOR)
    assert admit(editor) is True
    editor.appointments.update(ended_at=clock.now())
    assert enter(client, editor).get("/studio/pages/").status_code == 403
    assert not editor.groups.exists()


def test_strangers_are_asked_to_sign_in(client):
    response = client.get("/studio/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_page_is_handed_in_returned_approved_and_taken_down_and_back(client):
    editor, officer = person(Role.EDITOR), person(Role.OFFICER)
    admit(editor)
    page = draft()
    workflow = page.get_workflow()
    state = workflow.start(page, editor)
    assert [n.kind for n in Notification.objects.filter(person=officer)] == ["page_submitted"]
    assert "新消息" in enter(client, officer).get("/desk/").content.decode()
    assert admit(officer)
    assert officer.groups.get().name == REVIEWERS

    state.current_task_state.reject(user=officer, comment="请补充时间")
    state.refresh_from_db()
    told = Notification.objects.get(person=editor)
    assert (told.kind, told.facts["reason"]) == ("page_returned", "请补充时间")
    assert client.get("/news/first/").status_code == 404

    state.resume(user=editor)
    state.refresh_from_db()
    state.current_task_state.approve(user=officer)
    assert WorkflowState.objects.get().status == "approved"
    assert Notification.objects.filter(person=editor, kind="page_approved").count() == 1
    assert client.get("/news/first/").status_code == 200
    assert mail.outbox == []  # Wagtail's own letters are not sent

    page = Page.objects.get(pk=page.pk)
    page.specific.unpublish(user=officer)
    assert client.get("/news/first/").status_code == 404
    page.get_latest_revision().publish(user=officer)
    assert client.get("/news/first/").status_code == 200


def test_pages_appear_and_go_at_their_time_once(client):
    soon = clock.now() + dt.timedelta(hours=1)
    page = draft(go_live_at=soon, expire_at=soon + dt.timedelta(hours=1))
    page.get_latest_revision().publish()
    assert client.get("/news/first/").status_code == 404
    assert publishing.publish_due() == 0
    revision = page.get_latest_revision()  # an hour later
    revision.approved_go_live_at = clock.now()
    revision.content["go_live_at"] = clock.now().isoformat()
    revision.save()
    assert (publishing.publish_due(), publishing.publish_due()) == (1, 0)
    assert client.get("/news/first/").status_code == 200

    with clock.at(soon + dt.timedelta(hours=2)):
        assert client.get("/news/first/").status_code == 404  # even before it is taken down
        assert (publishing.publish_due(), publishing.publish_due()) == (1, 0)
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_a_page_that_cannot_be_moved_at_its_time_is_told_of_once(monkeypatch):
    """It used to stand in the log alone."""
    editor, officer = person(Role.EDITOR), person(Role.OFFICER)
    page = draft(go_live_at=clock.now() + dt.timedelta(hours=1))
    page.get_latest_revision().publish()
    revision = page.get_latest_revision()
    revision.approved_go_live_at, revision.user = clock.now(), editor
    revision.save()

    def stuck(self, **facts):
        raise ValidationError("地址已被占用。")

    monkeypatch.setattr(Revision, "publish", stuck)
    assert (publishing.publish_due(), publishing.publish_due()) == (0, 0)
    told = Notification.objects.filter(kind="page_not_published")
    assert {one.person_id for one in told} == {editor.pk, officer.pk}
    assert len(told) == 2
    assert str(page.pk) in told[0].url
    assert told[0].facts["fault"] == "地址已被占用。"
    assert Outgoing.objects.filter(notification__in=told).count() == 2


def test_pages_without_a_true_twin_are_reported(client):
    assert not without_true_twin().exists()
    page = draft()
    page.get_latest_revision().publish()
    assert [(p.title, how_it_stands(p)) for p in without_true_twin()] == [("新消息", "尚未翻译")]
    html = client.get("/news/first/").content.decode()
    assert "本页尚无此语言版本" in html
    assert 'hreflang="en" href="http' not in html
    twin = page.copy_for_translation(Locale.objects.get(language_code="en"))
    assert [how_it_stands(p) for p in without_true_twin()] == ["译文尚未公开"]
    twin.save_revision().publish()
    assert not without_true_twin().exists()
    page.get_latest_revision().publish()
    assert [(p.pk, how_it_stands(p)) for p in without_true_twin()] == [(page.pk, "译文较旧")]
    officer = person(Role.OFFICER)
    enter(client, officer)
    html = client.get("/studio/reports/translations/").content.decode()
    assert "新消息" in html
