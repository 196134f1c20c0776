"""Opening together: a call whose key officers keep opens with two shares, and with no fewer."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bidding.calls.custody import about_share, private_half_of, shares_missing
from bidding.calls.keepers import make_keeper_key, unlock
from bidding.calls.key_models import KeeperKey, KeyShare
from bidding.calls.models import Call, Custody
from bidding.calls.operations import publish_call
from bidding.proposals.ceremony import give_share
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.opening import DAY, LOOK_AGAIN, open_envelopes, open_when_due
from bidding.proposals.waiting import looks_for
from foundation import clock
from foundation.audit.models import Entry
from foundation.due.models import DueEvent
from foundation.due.operations import work_off
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.queries import federation_officers
from foundation.people.models import Appointment, Role
from foundation.permissions import SYSTEM
from foundation.vault.boxes import KEY_BYTES, receive, send_to
from foundation.vault.keyring import KeyLost
from foundation.vault.models import Key
from foundation.vault.shares import restore
from foundation.waiting import find
from tests.factories.calls import make_call
from tests.factories.dumps import dump_of_database, told
from tests.factories.organisations import make_officer, make_person
from tests.factories.proposals import after_closing, make_open_call, make_submitted

pytestmark = pytest.mark.django_db

WORDS = "三把钥匙开一把锁，缺一不可 {}"


def keeper(number: int):
    officer = make_officer()
    make_keeper_key(passphrase=WORDS.format(number), actor=officer)
    return officer


def make_kept_call(*, keepers: int = 3, proposals: int = 1):
    """A call whose key these officers keep, with envelopes, and the officers."""
    officers = [keeper(number) for number in range(keepers)]
    call = make_open_call(custody=Custody.OFFICERS, officer=officers[0])
    for _one in range(proposals):
        make_submitted(call)
    return Call.objects.get(pk=call.pk), officers


def state_of(call) -> set[str]:
    return set(Proposal.objects.filter(call=call).values_list("state", flat=True))


def test_any_two_of_three_open_it_and_what_they_gave_is_forgotten():
    call, officers = make_kept_call()
    assert not Key.objects.filter(name=f"call:{call.pk}").exists()
    with clock.at(after_closing(call)):
        call = give_share(call, passphrase=WORDS.format(2), actor=officers[2])
        assert (call.opened_at, state_of(call), shares_missing(call)) == (None, {"submitted"}, 1)
        call = give_share(call, passphrase=WORDS.format(0), actor=officers[0])
    assert call.opened_at == after_closing(call)
    assert state_of(call) == {"opened"}
    assert Submission.objects.get().content["title"] == Proposal.objects.get().title
    assert {bytes(share.given) for share in KeyShare.objects.all()} == {b""}
    assert Entry.objects.filter(action="give_share").count() == 2
    assert Entry.objects.get(action="open_envelopes").actor == officers[0]


def test_one_keeper_alone_opens_nothing_however_often():
    call, officers = make_kept_call()
    with clock.at(after_closing(call)):
        give_share(call, passphrase=WORDS.format(0), actor=officers[0])
        with pytest.raises(Clash):
            give_share(call, passphrase=WORDS.format(0), actor=officers[0])
        for actor in (officers[0], SYSTEM):
            with pytest.raises(WrongState):
                open_envelopes(call, actor=actor)
        with pytest.raises(DomainError):
            private_half_of(call)
    assert state_of(call) == {"submitted"}


def test_a_wrong_passphrase_a_stranger_and_who_is_no_officer_any_more_are_refused():
    call, officers = make_kept_call()
    late = keeper(9)
    ended = officers[1].appointments.get()
    with clock.at(after_closing(call)):
        with pytest.raises(DomainError) as refused:
            give_share(call, passphrase=WORDS.format(1), actor=officers[0])
        assert refused.value.field == "passphrase"
        ended.ended_at = clock.now()
        ended.save()
        for other in (late, make_officer(), make_person("", Role.ADMINISTRATOR), SYSTEM):
            with pytest.raises(Forbidden):
                give_share(call, passphrase=WORDS.format(9), actor=other)
        del officers[1].roles
        with pytest.raises(Forbidden):
            give_share(call, passphrase=WORDS.format(1), actor=officers[1])
    assert not KeyShare.objects.exclude(given_at=None).exists()


def test_nobody_gives_a_share_before_the_closing():
    call, officers = make_kept_call()
    with pytest.raises(WrongState):
        give_share(call, passphrase=WORDS.format(0), actor=officers[0])
    assert shares_missing(call) == 2


def test_a_share_of_another_call_and_a_damaged_one_are_refused_and_the_others_open():
    call, officers = make_kept_call()
    other = make_open_call(custody=Custody.OFFICERS)
    make_submitted(other)
    first, second, third = KeyShare.objects.filter(key__call=call).order_by("point")
    foreign = KeyShare.objects.get(key__call=other, keeper=first.keeper)
    KeyShare.objects.filter(pk=first.pk).update(sealed=bytes(foreign.sealed))
    numbers = {officer.pk: number for number, officer in enumerate(officers)}
    with clock.at(after_closing(call)):
        person = first.keeper.person
        with pytest.raises(DomainError, match=r".+"):
            give_share(call, passphrase=WORDS.format(numbers[person.pk]), actor=person)
        for share in (second, third):
            person = share.keeper.person
            give_share(call, passphrase=WORDS.format(numbers[person.pk]), actor=person)
    assert state_of(call) == {"opened"}
    assert state_of(other) == {"submitted"}


def test_with_the_key_store_lost_two_keepers_still_open_and_time_alone_does_not(settings, tmp_path):
    call, officers = make_kept_call()
    by_time = make_open_call()
    make_submitted(by_time)
    settings.KEYS_DIR = tmp_path / "anew"
    with clock.at(after_closing(by_time)):
        with pytest.raises(KeyLost):
            open_envelopes(by_time, actor=SYSTEM)
        for number in (0, 1):
            give_share(call, passphrase=WORDS.format(number), actor=officers[number])
    assert (state_of(call), state_of(by_time)) == ({"opened"}, {"submitted"})


def test_the_database_alone_holds_neither_the_key_nor_enough_shares_of_it():
    call, officers = make_kept_call()
    parts = []
    with clock.at(after_closing(call)):
        for number, officer in enumerate(officers):
            share = KeyShare.objects.get(key__call=call, keeper__person=officer)
            private = unlock(share.keeper, WORDS.format(number))
            about = about_share(share.key, share.keeper)
            parts += [private, receive(private, bytes(share.sealed), about)]
        give_share(call, passphrase=WORDS.format(0), actor=officers[0])
        dump = dump_of_database()
    parts.append(restore({point: parts[2 * point - 1] for point in (1, 3)}))
    assert len(parts) == 7
    assert not [part for part in parts if part in dump or part.hex().encode() in dump]
    assert told(dump, [WORDS.format(number) for number in range(3)]) == []


def test_a_call_kept_by_officers_is_published_with_three_keepers_and_not_with_two():
    officers = [keeper(number) for number in range(2)]
    call = make_call(state="draft", opens=1, closes=40, custody=Custody.OFFICERS)
    with pytest.raises(DomainError, match="2"):
        publish_call(call, actor=officers[0])
    keeper(3)
    publish_call(call, actor=officers[0])
    assert KeyShare.objects.filter(key__call=call).count() == 3


def test_a_new_key_of_a_keeper_gets_the_shares_to_come_and_the_old_one_opens_its_own():
    call, officers = make_kept_call()
    make_keeper_key(passphrase="另一句完全不同的长口令 2", actor=officers[0])
    assert KeeperKey.objects.filter(person=officers[0]).count() == 2
    with clock.at(after_closing(call)):
        with pytest.raises(DomainError):
            give_share(call, passphrase="另一句完全不同的长口令 2", actor=officers[0])
        give_share(call, passphrase=WORDS.format(0), actor=officers[0])
    with pytest.raises(DomainError) as short:
        make_keeper_key(passphrase="十一个字的口令不够长", actor=officers[0])
    assert short.value.field == "passphrase"


def test_from_the_closing_on_the_keepers_are_asked_daily_until_it_is_open_and_their_desk_says_so():
    call, officers = make_kept_call()
    asked = Notification.objects.filter(kind="shares_asked")
    stays_shut = Notification.objects.filter(kind="envelopes_stay_shut")
    first, second, third = (one.pk for one in officers)
    with clock.at(after_closing(call)):
        open_when_due(call=call.pk)
        open_when_due(call=call.pk)  # twice is harmless
        assert sorted(asked.values_list("person", flat=True)) == [first, second, third]
        assert DueEvent.objects.get(done_at=None).due_at == call.closes_at + DAY
        assert [row.due_at for row in find(looks_for(officers[0]))] == [call.closes_at]
        give_share(call, passphrase=WORDS.format(0), actor=officers[0])
        assert find(looks_for(officers[0])) == []
    asked.delete()
    with clock.at(call.closes_at + 3 * DAY):  # the worker was away for two days: one asking
        assert work_off() == 1
        assert work_off() == 0
        assert sorted(asked.values_list("person", flat=True)) == [second, third]
        assert DueEvent.objects.get(done_at=None).due_at == call.closes_at + 4 * DAY
        assert not stays_shut.exists()
    asked.delete()
    Appointment.objects.filter(person__in=officers[1:]).update(ended_at=clock.now())
    with clock.at(call.closes_at + 4 * DAY):
        assert work_off() == 1
    assert not asked.exists()
    assert list(stays_shut.values_list("person", flat=True)) == [first]


def test_a_lost_key_is_told_to_the_officers_daily_and_tried_every_minute(settings, tmp_path):
    call = make_open_call()
    make_submitted(call)
    kept, settings.KEYS_DIR = settings.KEYS_DIR, tmp_path / "anew"
    stays_shut = Notification.objects.filter(kind="envelopes_stay_shut")
    with clock.at(after_closing(call)):
        open_when_due(call=call.pk)
    for minutes in range(1, 4):
        with clock.at(after_closing(call) + minutes * LOOK_AGAIN):
            assert work_off() == 1
    officers = {person.pk for person in federation_officers()}
    assert {*stays_shut.values_list("person", flat=True)} == officers
    assert stays_shut.count() == len(officers)
    assert state_of(call) == {"submitted"}
    with clock.at(call.closes_at + DAY):
        work_off()
    assert stays_shut.count() == 2 * len(officers)
    settings.KEYS_DIR = kept
    with clock.at(call.closes_at + DAY + 2 * LOOK_AGAIN):
        work_off()
    assert state_of(call) == {"opened"}


def test_a_share_given_in_vain_keeps_nothing_shut(settings, tmp_path):
    """One was put there by whoever can write rows; another's key store is gone."""
    calls = [make_kept_call()]
    calls.append((make_open_call(custody=Custody.OFFICERS), calls[0][1]))
    make_submitted(calls[1][0])
    (call, officers), (other, _same) = calls
    false = KeyShare.objects.get(key__call=call, keeper__person=officers[0])
    about = about_share(false.key, false.keeper)
    false.sealed = send_to(bytes(false.keeper.public), bytes(KEY_BYTES), about)
    false.save()
    with clock.at(after_closing(other)):
        for one in (call, other):
            give_share(one, passphrase=WORDS.format(0), actor=officers[0])
        settings.KEYS_DIR = tmp_path / "anew"
        for one in (call, other):
            given = give_share(one, passphrase=WORDS.format(1), actor=officers[1])
            assert (given.opened_at, shares_missing(one)) == (None, 1)
            with pytest.raises(WrongState):
                open_envelopes(one, actor=officers[1])
            give_share(one, passphrase=WORDS.format(2), actor=officers[2])
    assert (state_of(call), state_of(other)) == ({"opened"}, {"opened"})


def test_the_ceremony_is_a_page(django_assert_max_num_queries):
    call, officers = make_kept_call()
    url = reverse("proposals:opening", args=[call.number])
    clients = []
    for officer in officers:
        clients.append(Client())
        clients[-1].force_login(officer)
    page = clients[0].get(url)
    assert page.context["why_not"]
    assert page.context["opened"] == 0
    with clock.at(after_closing(call)):
        wrong = clients[0].post(url, {"passphrase": "nonsense"})
        assert wrong.context["form"].errors["passphrase"]
        assert clients[0].post(url, {"passphrase": WORDS.format(0)}).url == url
        with django_assert_max_num_queries(12):
            shown = clients[0].get(url)
        assert (shown.context["gave"], shown.context["missing"]) == (True, 1)
        clients[1].post(url, {"passphrase": WORDS.format(1)})
        with django_assert_max_num_queries(12):
            shown = clients[2].get(url)
        assert (shown.context["opened"], shown.context["keeps"]) == (1, False)
    stranger = Client()
    stranger.force_login(make_person())
    assert stranger.get(url).status_code == 403
