"""Anybody may complain: a number, a secret link, an answer in time; the contact is forgotten."""

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bidding.needs.states import SurveyState
from foundation import clock
from foundation.audit.models import Entry
from foundation.due.operations import work_off
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification, Outgoing
from foundation.notifications.outbox import drain_outbox
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from foundation.waiting import find
from foundation.workdays.queries import add_working_days
from marketplace.complaints.keys import fingerprint, key_for, opens
from marketplace.complaints.models import MOST_WORDS, About, Complaint
from marketplace.complaints.operations import (
    answer_complaint,
    erase_contact,
    send_complaint,
    take_complaint,
)
from marketplace.complaints.queries import complaint_opened_by, complaints_visible_to
from marketplace.complaints.waiting import looks_for
from tests.at_once import at_once
from tests.factories.complaints import make_answered, make_complaint
from tests.factories.needs import make_survey
from tests.factories.organisations import join, make_officer, make_person, make_social
from tests.factories.people import auditor

pytestmark = pytest.mark.django_db
ONCE = uuid.UUID(int=7)


def test_send_complaint_gives_a_number_a_day_and_tells_officers_nothing_private():
    officer = make_officer()
    survey = make_survey(state=SurveyState.OPEN)
    made = make_complaint(about=About.SURVEY, subject=survey, words="第三题 看不懂")
    assert made.number == f"TS-{clock.today().year}-01"
    assert made.due_on == add_working_days(clock.today(), 15)
    assert (made.survey, made.state, made.subject) == (survey, "received", survey)
    told = Notification.objects.get(person=officer)
    said = str(told.facts) + str(list(Entry.objects.values_list("facts", "subject_name")))
    said += str(list(Outgoing.objects.values_list("facts", flat=True)))
    assert "看不懂" not in said
    assert "13800001111" not in said
    assert Entry.objects.get(action="send_complaint").actor is None


def test_the_secret_opens_and_nothing_else_does():
    key = key_for(ONCE)
    made = make_complaint(key=key)
    assert len(key) == 40
    assert made.key_sha256 == fingerprint(key) != key
    assert complaint_opened_by(made.number, key) == made
    for number, tried in ((made.number, key[:-1]), (made.number, made.key_sha256), ("TS-1-1", key)):
        assert complaint_opened_by(number, tried) is None
    other = make_complaint(words="另一件")
    assert complaint_opened_by(other.number, key) is None
    assert not opens("", None)
    assert key_for(uuid.UUID(int=8)) != key


def test_the_same_form_twice_is_one_complaint_and_other_words_are_refused():
    first = make_complaint(key=key_for(ONCE))
    assert make_complaint(key=key_for(ONCE)) == first
    with pytest.raises(Clash):
        make_complaint(key=key_for(ONCE), words="别的事")
    assert Complaint.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_is_one_complaint():
    def send():
        return make_complaint(key=key_for(ONCE))

    first, second = at_once(send, send)
    assert first == second
    assert Complaint.objects.count() == 1
    taken = at_once(*[lambda: take_complaint(first, actor=make_officer())] * 2)
    assert sorted(type(one).__name__ for one in taken) == ["Complaint", "WrongState"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "长" * (MOST_WORDS + 1)}, "words"),
        ({"about": "weather"}, "about"),
        ({"about": About.PROJECT, "subject": object()}, "about"),
    ],
)
def test_what_says_nothing_is_refused(fields, field):
    with pytest.raises(DomainError) as refused:
        make_complaint(**fields)
    assert refused.value.field == field
    assert not Complaint.objects.exists()


def test_it_is_taken_in_hand_and_answered_by_officers_in_this_order():
    made, officer = make_complaint(), make_officer()
    (new,) = find(looks_for(officer))
    assert made.number in new.title
    with pytest.raises(WrongState):
        answer_complaint(made, answer="好", actor=officer)
    for person in (make_person(), auditor(), AnonymousUser()):
        with pytest.raises(Forbidden):
            take_complaint(made, actor=person)
        assert find(looks_for(person)) == []
    taken = take_complaint(made, actor=officer)
    assert find(looks_for(make_officer())) == []
    (mine,) = find(looks_for(officer))
    assert mine.due_at.date() == made.due_on
    with pytest.raises(DomainError):
        answer_complaint(taken, answer=" ", actor=officer)
    answered = answer_complaint(taken, answer="改好了", actor=officer)
    assert (answered.state, answered.answered_by) == ("answered", officer)
    assert find(looks_for(officer)) == []


def test_the_contact_is_erased_a_month_after_the_answer_and_not_before():
    answered, waiting = make_answered(), make_complaint()
    with clock.at(clock.now() + dt.timedelta(days=29)):
        work_off()
        answered.refresh_from_db()
        assert answered.contact == "13800001111"
    with clock.at(clock.now() + dt.timedelta(days=31)):
        work_off()
        assert work_off() == 0
    for one in (answered, waiting):
        one.refresh_from_db()
    assert (answered.contact, answered.had_contact) == ("", True)
    assert answered.erased_at is not None
    assert waiting.contact == "13800001111"
    with pytest.raises(WrongState):
        erase_contact(waiting, actor=SYSTEM)
    with pytest.raises(Forbidden):
        erase_contact(answered, actor=make_officer())


def test_the_answer_is_written_to_the_address_and_the_address_let_go(mailoutbox):
    contact = "王师傅 13800001111，wang@example.com"
    answered = make_answered(contact=contact, words="灯太暗", language="en")
    assert make_complaint(contact="a@example.com b@example.com").address == ""
    make_answered(contact="wang at example")
    row = Outgoing.objects.get(kind="complaint_answered")
    assert (row.address, row.language, row.url) == ("wang@example.com", "en", "")
    drain_outbox()
    (letter,) = [one for one in mailoutbox if one.to == ["wang@example.com"]]
    assert letter.subject == f"Your complaint {answered.number} has been answered"
    assert "已加大字号。" in letter.body
    assert "灯太暗" not in letter.body
    row.refresh_from_db()
    assert (row.address, row.facts) == ("", {})
    waiting = make_answered(contact="late@example.com")
    with clock.at(clock.now() + dt.timedelta(days=31)):
        erase_contact(waiting, actor=SYSTEM)
    assert not Outgoing.objects.filter(address="late@example.com").exists()


def test_officers_are_told_once_when_it_is_late():
    officer, late, done = make_officer(), make_complaint(), make_answered()
    with clock.at(dt.datetime.combine(late.due_on, dt.time(12), clock.SHANGHAI)):
        work_off()
    assert not Notification.objects.filter(kind="complaint_late").exists()
    with clock.at(clock.now() + dt.timedelta(days=40)):
        work_off()
        work_off()
    (told,) = Notification.objects.filter(kind="complaint_late", person=officer)
    assert told.facts["number"] == late.number != done.number


def test_an_officer_in_the_organisation_complained_of_hears_nothing_and_answers_nothing():
    accused, other, within = make_social(), make_officer(), make_officer()
    join(within, accused, "member")
    made = make_complaint(about=About.ORGANISATION, subject=accused)
    elsewhere = make_complaint(about=About.SITE)
    assert set(complaints_visible_to(other)) == {made, elsewhere}
    assert list(complaints_visible_to(within)) == [elsewhere]
    assert len(find(looks_for(other))) == 2
    assert [one.title for one in find(looks_for(within))] == [
        one.title for one in find(looks_for(other)) if elsewhere.number in one.title
    ]
    told = Notification.objects.filter(url__endswith=f"/{made.pk}/")
    assert [notice.person for notice in told] == [other]
    for act in (
        lambda: take_complaint(made, actor=within),
        lambda: answer_complaint(take_complaint(made, actor=other), answer="好", actor=within),
    ):
        with pytest.raises(Forbidden):
            act()


def test_strangers_see_no_complaint():
    made = make_complaint()
    for person in (AnonymousUser(), make_person(), make_person("", Role.FUND_MANAGER)):
        assert not complaints_visible_to(person).exists()
    for person in (make_officer(), auditor()):
        assert list(complaints_visible_to(person)) == [made]


def _send(client, **facts):
    words = {"about": "site", "words": "打不开", "once": str(uuid.uuid4())} | facts
    return client.post("/en/complaints/", words)


def test_the_form_leads_to_a_secret_page_that_nobody_else_finds(
    client, django_assert_max_num_queries
):
    sent = _send(client, words="<script>alert(1)</script>", contact="me@example.org")
    assert sent.status_code == 302
    with django_assert_max_num_queries(8):
        page = client.get(sent.url)
    text = page.content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text
    assert "me@example.org" not in text
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    made = Complaint.objects.get()
    assert client.get(f"/complaints/%00/{'0' * 40}/").status_code == 404
    for key in ("0" * 40, made.key_sha256, "x"):
        assert client.get(reverse("complaints:answer", args=[made.number, key])).status_code == 404
    answered = make_answered(key=key_for(ONCE))
    page = client.get(reverse("complaints:answer", args=[answered.number, key_for(ONCE)]))
    assert "已加大字号" in page.content.decode()


def test_a_page_before_says_what_it_is_about(client):
    survey = make_survey(state=SurveyState.OPEN, title_en="Needs survey")
    draft = make_survey(title_en="Secret draft")
    assert "Needs survey" in client.get(f"/en/complaints/?survey={survey.slug}").content.decode()
    assert "Secret" not in client.get(f"/en/complaints/?survey={draft.slug}").content.decode()
    for odd in ("organisation=x", "organisation=99999999999999999999", "survey="):
        assert client.get(f"/en/complaints/?{odd}").status_code == 200
    sent = client.post(
        f"/en/complaints/?survey={survey.slug}", {"words": "太长", "once": str(uuid.uuid4())}
    )
    assert sent.status_code == 302
    assert Complaint.objects.get().survey == survey


def test_bad_forms_and_floods_are_refused_and_keep_what_was_typed(client):
    for bad in ({"words": ""}, {"words": "长" * (MOST_WORDS + 1)}, {"once": "x"}, {"about": "y"}):
        assert _send(client, **bad).status_code == 200
    assert not Complaint.objects.exists()
    for _turn in range(10):
        assert _send(client).status_code == 302
    flooded = _send(client, words="第十一件")
    assert flooded.status_code == 200
    assert "第十一件" in flooded.content.decode()
    assert "in an hour" in flooded.content.decode()
    assert Complaint.objects.count() == 10


def test_the_desk_shows_contacts_to_officers_only_in_a_constant_number_of_queries(
    client, django_assert_max_num_queries
):
    made = make_complaint()
    officer, reader = make_officer(), auditor()
    at = made.get_absolute_url()
    for person, sees in ((officer, True), (reader, False)):
        client.force_login(person)
        with django_assert_max_num_queries(12):
            text = client.get(at).content.decode()
        assert ("13800001111" in text) is sees
    client.force_login(officer)
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(12) as asked:
            assert client.get(reverse("complaints:desk")).status_code == 200
        counts.append(len(asked))
        make_complaint()
        make_complaint(words="再一件")
    assert counts[0] == counts[1]
    client.post(reverse("complaints:take_complaint", args=[made.pk]))
    client.post(reverse("complaints:answer_complaint", args=[made.pk]), {"answer": "改好了"})
    made.refresh_from_db()
    assert (made.state, made.answer) == ("answered", "改好了")
    assert "改好了" in client.get(at).content.decode()


def test_the_privacy_notice_names_the_figures_of_the_code(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        text = client.get("/en/privacy/").content.decode()
    for figure in ("at most 7 days", "count below 5", "erased 30 days", "within 15 working"):
        assert figure in " ".join(text.split())


def test_nobody_sends_as_somebody(client):
    """A signed-in sender stays unnamed in the trail."""
    client.force_login(make_person())
    _send(client)
    assert Entry.objects.get(action="send_complaint").actor is None
    assert send_complaint(about="site", words="x", key="k", actor=make_person()).pk
