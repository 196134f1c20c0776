"""Being told of calls: by category and place, on the desk or by a confirmed address."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bidding.calls import operations, subscriptions
from bidding.calls.states import CallState
from bidding.calls.subscription_models import Subscription
from bidding.calls.subscriptions import followers_of, key_of
from bidding.needs.models import Category
from foundation import clock
from foundation.audit.models import Entry
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden
from foundation.notifications.models import Notification, Outgoing
from foundation.notifications.outbox import drain_outbox
from tests.at_once import at_once
from tests.factories.calls import make_call
from tests.factories.needs import make_need
from tests.factories.organisations import make_district, make_officer, make_person

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def follow(person, *categories, districts=()):
    rows = Category.objects.filter(code__in=categories)
    return subscriptions.subscribe(categories=rows, districts=districts, actor=person)


def told(kind="call_news"):
    """(person, which news), and nobody again."""
    rows = Notification.objects.filter(kind=kind).order_by("pk")
    found = {(row.person_id, row.facts["news"]["en"]) for row in rows}
    rows.delete()
    return found


def test_people_are_told_of_calls_that_are_new_change_and_close_soon():
    officer = make_officer()
    call = make_call(state=CallState.DRAFT, lots=("legal-aid",), opens=1, closes=40, by=officer)
    legal, life, all_of_it = make_person(), make_person(), make_person()
    follow(legal, "legal-aid")
    follow(life, "life-care")
    follow(all_of_it)
    call = operations.publish_call(call, actor=officer)
    assert told() == set()  # not within what the officer does
    with clock.at(clock.now() + dt.timedelta(minutes=1)):
        work_off()
    assert told() == {(legal.pk, "New call"), (all_of_it.pk, "New call")}
    times = {"questions_until": call.questions_until, "closes_at": call.closes_at + DAY}
    operations.amend_call(call, reason="延期", actor=officer, **times)
    with clock.at(clock.now() + dt.timedelta(minutes=1)):
        work_off()
    assert told() == {(legal.pk, "Call changed"), (all_of_it.pk, "Call changed")}
    call.refresh_from_db()
    with clock.at(call.closes_at - 3 * DAY - DAY + dt.timedelta(minutes=1)):
        work_off()
    assert told() == set()  # the closing moved, so the first reminder says nothing
    with clock.at(call.closes_at - 3 * DAY + dt.timedelta(minutes=1)):
        work_off()
        assert told() == {(legal.pk, "Call closes soon"), (all_of_it.pk, "Call closes soon")}
        follow(officer)  # concerned already, so told once
        subscriptions.end_subscription(
            all_of_it.call_subscription, key=key_of(all_of_it.call_subscription), actor=all_of_it
        )
        operations.cancel_call(call, reason="调整", actor=officer)
    with clock.at(call.closes_at - 2 * DAY):
        work_off()
    assert told() == {(legal.pk, "Call cancelled")}


def test_a_call_is_followed_by_where_its_needs_are_unless_it_names_no_place():
    here, there = make_district("310115001"), make_district("310115002")
    call, mine, others, everywhere = make_call(), make_person(), make_person(), make_person()
    follow(mine, districts=[here])
    follow(others, districts=[there])
    follow(everywhere)
    people = lambda: {row.person_id for row in followers_of(call)}  # noqa: E731  # asked thrice
    assert people() == {mine.pk, others.pk, everywhere.pk}
    call.needs.add(make_need(district=here))
    assert people() == {mine.pk, everywhere.pk}
    call.needs.add(make_need(district=None))
    assert people() == {mine.pk, others.pk, everywhere.pk}


def test_an_address_is_told_once_its_reader_confirms_and_forgotten_when_they_leave(
    client, settings
):
    cache.clear()
    page = reverse("calls:subscribe")
    call = make_call(lots=("legal-aid",), closes=40)
    choice = {"address": "Li@Example.org", "categories": ["legal-aid"]}
    client.post(page, choice)
    client.post(page, choice)  # nobody is written to twice within the hour
    asked = Subscription.objects.get()
    assert (asked.address, asked.confirmed_at) == ("li@example.org", None)
    letter = Outgoing.objects.get()
    assert letter.address == "li@example.org"
    assert not followers_of(call).exists()
    client.get(letter.url)  # a scanner of mail
    assert not followers_of(call).exists()
    assert client.get(letter.url.replace(key_of(asked), "0" * 40)).status_code == 404
    client.post(letter.url)
    assert followers_of(call).get() == asked
    drain_outbox()
    assert Outgoing.objects.get().address == ""
    subscriptions.tell_followers(call.pk, "changed", "改期")
    mail.outbox.clear()
    drain_outbox()
    (sent,) = mail.outbox
    leave = reverse("calls:end_subscription", args=[asked.pk, key_of(asked)])
    assert sent.to == ["li@example.org"]
    assert settings.BASE_URL + leave in sent.body
    assert f'href="{settings.BASE_URL}{leave}"' in sent.alternatives[0][0]
    assert sent.extra_headers["List-Unsubscribe"] == f"<{settings.BASE_URL}{leave}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # another choice takes the place of the first only when it is confirmed, too
    with clock.at(clock.now() + 2 * DAY):
        client.post(page, {"address": "li@example.org", "categories": ["life-care"]})
        second = Subscription.objects.get(confirmed_at=None)
        assert followers_of(call).get() == asked
        with pytest.raises(DomainError):
            subscriptions.confirm_subscription(second, key=key_of(asked), actor=make_person())
        client.post(reverse("calls:confirm_subscription", args=[second.pk, key_of(second)]))
    assert Subscription.objects.get() == second
    assert not followers_of(call).exists()
    assert client.get(leave).status_code == 404
    leave = reverse("calls:end_subscription", args=[second.pk, key_of(second)])
    program = Client(enforce_csrf_checks=True)  # a mail program: no session, no cookie
    one_click = {"List-Unsubscribe": "One-Click"}
    assert program.get(leave).status_code == 200  # as a scanner does
    wrong = leave.replace(key_of(second), "0" * 40)
    assert program.post(wrong, one_click).status_code == 404
    assert Subscription.objects.get() == second
    assert program.post(leave, one_click).status_code == 200  # RFC 8058 wants no redirect
    assert not Subscription.objects.exists()
    assert "example.org" not in "".join(
        f"{entry.subject_name}{entry.facts}" for entry in Entry.objects.all()
    )


def test_an_address_nobody_confirms_is_forgotten_and_requests_are_paced(client):
    cache.clear()
    page = reverse("calls:subscribe")
    for number in range(6):
        last = client.post(page, {"address": f"a{number}@example.org"})
    assert last.context["form"].non_field_errors()
    assert Subscription.objects.count() == 5
    with clock.at(clock.now() + 8 * DAY):
        work_off()
    assert not Subscription.objects.exists()
    assert client.post(page, {"address": "no"}).context["form"].errors


def test_a_person_changes_and_ends_their_own_only(client):
    person, other = make_person(), make_person()
    mine = follow(other, "legal-aid")
    client.force_login(person)
    page = reverse("calls:subscribe")
    assert "address" not in client.get(page).context["form"].fields
    client.post(page, {"categories": ["legal-aid"]})
    client.post(page, {"categories": ["life-care"]})
    own = Subscription.objects.get(person=person)
    assert [one.code for one in own.categories.all()] == ["life-care"]
    with pytest.raises(Forbidden):
        subscriptions.end_subscription(mine, key=key_of(mine), actor=person)
    client.post(reverse("calls:end_subscription", args=[own.pk, key_of(own)]))
    assert Subscription.objects.get() == mine


def test_calendars_say_the_dates_of_public_calls_and_who_has_them_gets_nothing_twice(client):
    call = make_call(title="法律；援助, 一期", closes=20)
    make_call(state=CallState.DRAFT, title="草稿")
    cancelled = make_call(state=CallState.CANCELLED, cancelled_reason="调整")
    whole = client.get(reverse("calls:calendar"))
    assert whole["Content-Type"].startswith("text/calendar")
    words = whole.content.decode()
    assert words.count("BEGIN:VEVENT") == 3
    assert "草稿" not in words
    again = client.get(reverse("calls:calendar"), HTTP_IF_NONE_MATCH=whole["ETag"])
    assert again.status_code == 304
    one = client.get(reverse("calls:calendar_of", args=[cancelled.number])).content.decode()
    assert one.count("STATUS:CANCELLED") == 3
    draft = make_call(state=CallState.DRAFT)
    assert client.get(reverse("calls:calendar_of", args=[draft.number])).status_code == 404
    assert f"UID:{call.number}-closes@" in words


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_links_of_one_address_confirmed_at_once_leave_one():
    now = clock.now()
    rows = [Subscription.objects.create(address="a@example.org", created_at=now) for _ in "ab"]
    nobody = make_person()
    results = at_once(
        *(
            lambda one=one: subscriptions.confirm_subscription(one, key=key_of(one), actor=nobody)
            for one in rows
        )
    )
    assert sorted(type(one).__name__ for one in results) == ["Clash", "Subscription"]
    left = Subscription.objects.exclude(confirmed_at=None).get()
    assert Subscription.objects.get() == left
    ended = at_once(
        *[lambda: subscriptions.end_subscription(left, key=key_of(left), actor=nobody)] * 2
    )
    assert sorted(type(one).__name__ for one in ended) == ["Clash", "NoneType"]
