"""Telling writes one desk line a reader and one e-mail for who wants it."""

import datetime as dt

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from foundation.notifications import kinds
from foundation.notifications.models import Notification, Outgoing, Preference
from foundation.notifications.operations import path_to, tell, tell_address
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from tests.factories.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_kind(monkeypatch):
    monkeypatch.setattr(kinds, "KINDS", kinds.KINDS)
    monkeypatch.setitem(
        kinds.KINDS,
        "told_for_a_test",
        kinds.Kind("told_for_a_test", "calls", _("%(call)s closes"), "%(sum_fen)s / %(closes_on)s"),
    )


def test_each_reader_is_told_once_on_the_desk_and_by_e_mail():
    one, two = person(), person(email="Two@example.org")
    tell(
        [one, two, one, None, SYSTEM],
        "told_for_a_test",
        url="/desk/",
        call="A",
        sum_fen=1,
        closes_on="2026-01-02",
    )
    assert list(Notification.objects.order_by("pk").values_list("person", "kind", "url")) == [
        (one.pk, "told_for_a_test", "/desk/"),
        (two.pk, "told_for_a_test", "/desk/"),
    ]
    assert list(Outgoing.objects.order_by("pk").values_list("address", flat=True)) == [
        one.email,
        "Two@example.org",
    ]


def test_one_person_need_not_be_put_in_a_list_and_nobody_is_nobody():
    reader = person()
    assert len(tell(reader, "told_for_a_test", call="A", sum_fen=1, closes_on="")) == 1
    assert tell([], "told_for_a_test", call="A", sum_fen=1, closes_on="") == []
    assert tell(None, "told_for_a_test", call="A", sum_fen=1, closes_on="") == []


def test_who_muted_the_group_is_told_on_the_desk_only():
    reader = person()
    Preference.objects.create(person=reader, group="calls", email=False)
    tell([reader], "told_for_a_test", call="A", sum_fen=1, closes_on="")
    assert Notification.objects.count() == 1
    assert Outgoing.objects.count() == 0


def test_who_has_left_is_not_told():
    assert (
        tell([person(is_active=False)], "told_for_a_test", call="A", sum_fen=1, closes_on="") == []
    )


def test_money_days_and_moments_are_said_in_the_readers_language():
    words = kinds.Kind("x", "calls", "%(sum_fen)s %(closes_on)s", "%(closes_at)s")
    facts = {
        "sum_fen": 130050,
        "closes_on": "2026-11-22",
        "closes_at": dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC),
    }
    with translation.override("zh-hans"):
        assert words.words(facts) == ("¥1,300.50 2026年11月22日", "2026年11月22日 17:00")
    with translation.override("en"):
        assert words.words(facts)[0] == "¥1,300.50 22 November 2026"


def test_a_lazy_fact_is_said_in_the_readers_language_whoever_told():
    with translation.override("en"):
        tell(person(), "told_for_a_test", call=Role.AUDITOR.label, sum_fen=1, closes_on=None)
    facts = Notification.objects.get().facts
    assert facts["call"] == {"zh-hans": "经审人员", "en": "auditor"}
    said = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said[language] = kinds.KINDS["told_for_a_test"].words(facts)[0]
    assert said["en"] == "auditor closes"
    assert "经审人员" in said["zh-hans"]


def test_a_missing_fact_is_found_when_telling_and_nothing_is_written():
    with pytest.raises(KeyError):
        tell([person()], "told_for_a_test")
    assert Notification.objects.count() == 0


def test_telling_takes_three_queries_however_many_are_told(django_assert_num_queries):
    readers = [person() for _number in range(3)]
    with django_assert_num_queries(3):
        tell(readers, "told_for_a_test", call="A", sum_fen=1, closes_on="")


def test_somebody_without_an_account_gets_only_a_letter():
    tell_address(
        "new@example.org",
        "told_for_a_test",
        language="en",
        url="/x/",
        call="A",
        sum_fen=1,
        closes_on="",
    )
    row = Outgoing.objects.get()
    assert (row.address, row.language, row.url, row.notification) == (
        "new@example.org",
        "en",
        "/x/",
        None,
    )


def test_a_path_has_no_language_whatever_is_being_read():
    with translation.override("en"):
        assert path_to("account_login") == "/accounts/login/"


@pytest.mark.parametrize("again", [True, False])
def test_a_kind_is_named_once_and_in_a_known_group(again):
    with pytest.raises(ValueError, match="two kinds" if again else "no group"):
        kinds.kind("told_for_a_test" if again else "y", group="calls" if again else "?", title="x")
