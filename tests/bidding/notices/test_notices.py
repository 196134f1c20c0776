"""Notices: published once, for working days, with objections filed and answered."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from bidding.notices import operations, queries
from bidding.notices.models import Notice, Objection
from bidding.notices.states import ObjectionState
from bidding.notices.waiting import looks_for
from foundation import clock
from foundation.audit.models import Entry
from foundation.documents.models import Document
from foundation.documents.readers import may_read
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.seals.chain import sha256_of
from foundation.waiting import find
from tests.at_once import at_once
from tests.factories.calls import make_call, make_opened_call
from tests.factories.notices import line_of, make_notice, make_objection, make_ranked_proposal
from tests.factories.organisations import make_officer, make_person

NOBODY = AnonymousUser()


def publish(call, *proposals, actor=None):
    lines = [line_of(proposal, place) for place, proposal in enumerate(proposals, start=1)]
    return operations.publish_notice(
        call, title="立项结果公示", lines=lines, actor=actor or make_officer()
    )


@pytest.mark.django_db
def test_publish_notice_freezes_its_lines_and_counts_working_days_from_the_next_one():
    with clock.at(dt.datetime(2021, 8, 17, 4, tzinfo=dt.UTC)):
        call = make_opened_call()
        first, second = make_ranked_proposal(call), make_ranked_proposal(call)
        notice = publish(call, first, second)
    assert (notice.first_day, notice.last_day) == (dt.date(2021, 8, 18), dt.date(2021, 8, 24))
    assert notice.number == "GS-2021-01"
    assert [line["proposal"] for line in notice.body["lines"]] == [first.pk, second.pk]
    notice.refresh_from_db()
    assert notice.sha256 == sha256_of(notice.body)
    call.refresh_from_db()
    assert call.decided_at == notice.published_at
    told = set(Notification.objects.values_list("person", flat=True))
    assert told == {first.created_by_id, second.created_by_id}


@pytest.mark.django_db
def test_the_same_result_is_published_once():
    call = make_opened_call()
    proposal = make_ranked_proposal(call)
    publish(call, proposal)
    with pytest.raises(Clash):
        publish(call, proposal)
    assert Notice.objects.count() == 1


@pytest.mark.django_db
def test_publish_notice_refuses_empty_double_and_foreign_lines():
    call = make_opened_call()
    proposal, foreign = make_ranked_proposal(call), make_ranked_proposal(make_opened_call())
    for lines in ((), (proposal, proposal), (proposal, foreign)):
        with pytest.raises(DomainError):
            publish(call, *lines)
    call.refresh_from_db()
    assert call.decided_at is None
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_a_result_is_published_by_officers_after_the_opening():
    call = make_opened_call()
    proposal = make_ranked_proposal(call)
    with pytest.raises(Forbidden):
        publish(call, proposal, actor=make_person())
    with pytest.raises(WrongState):
        publish(make_call(), proposal)
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_a_notice_stays_as_it_was_published():
    notice = make_notice()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(title="改了")


def file(notice, **facts):
    proposal = facts.pop("proposal", None) or notice.call.proposals.first()
    given = {"text": "名单不实", "name": "张小明", "contact": "13800000000", "actor": NOBODY}
    return operations.file_objection(notice, proposal=proposal, **{**given, **facts})


@pytest.mark.django_db
def test_a_named_objection_is_open_and_blocks_its_award_and_nothing_else():
    notice = make_notice(proposals=2)
    hit, other = notice.call.proposals.order_by("pk")
    objection = file(notice, proposal=hit)
    assert objection.state == ObjectionState.OPEN
    assert objection.answer_due_on == clock.today() + dt.timedelta(days=7)
    assert (queries.blocking(hit), queries.blocking(other)) == (True, False)
    assert Notification.objects.get().person == objection.assigned_to == notice.published_by
    assert Entry.objects.get(action="file_objection").actor is None


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["name", "contact"])
def test_an_objection_without_a_name_or_a_contact_is_filed_and_stops_nothing(missing):
    notice = make_notice()
    objection = file(notice, **{missing: " "})
    assert (objection.state, objection.answer_due_on) == (ObjectionState.FILED, None)
    assert not queries.blocking(objection.proposal)
    assert not Notification.objects.exists()
    with pytest.raises(WrongState):
        operations.answer_objection(objection, upheld=True, answer="?", actor=make_officer())


@pytest.mark.django_db
def test_objections_are_taken_until_the_last_day_is_over_in_shanghai():
    notice = make_notice()
    midnight = dt.datetime.combine(
        notice.last_day + dt.timedelta(days=1), dt.time(), clock.SHANGHAI
    )
    with clock.at(midnight - dt.timedelta(seconds=1)):
        file(notice)
    with clock.at(midnight), pytest.raises(DomainError) as refused:
        file(notice)
    assert refused.value.field == "known_on"
    assert Objection.objects.count() == 1
    assert not queries.notice_over(notice, notice.last_day)
    assert queries.notice_over(notice, notice.last_day + dt.timedelta(days=1))


@pytest.mark.django_db
def test_an_objection_is_about_a_line_of_its_notice():
    notice = make_notice()
    with pytest.raises(DomainError) as refused:
        file(notice, proposal=make_ranked_proposal(make_opened_call()))
    assert refused.value.field == "proposal"
    assert not Objection.objects.exists()


@pytest.mark.django_db
def test_evidence_is_read_by_the_desk_and_who_filed_it_signed_in():
    person = make_person()
    upload = SimpleUploadedFile("名单.txt", "名单".encode())
    objection = file(make_notice(), evidence=upload, actor=person)
    assert may_read(person, objection.evidence)
    assert may_read(make_officer(), objection.evidence)
    assert not may_read(make_person(), objection.evidence)
    assert not may_read(NOBODY, objection.evidence)


@pytest.mark.django_db
def test_evidence_that_is_no_document_is_refused_and_nothing_is_filed():
    upload = SimpleUploadedFile("名单.pdf", b"MZ not a pdf")
    with pytest.raises(DomainError) as refused:
        file(make_notice(), evidence=upload)
    assert refused.value.field == "evidence"
    assert not Objection.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("upheld", "state"), [(True, ObjectionState.UPHELD), (False, ObjectionState.DISMISSED)]
)
def test_answer_objection_frees_the_award_and_tells_both_sides(upheld, state):
    person = make_person()
    objection = file(make_notice(), actor=person)
    Notification.objects.all().delete()
    operations.answer_objection(objection, upheld=upheld, answer="已核查", actor=make_officer())
    objection.refresh_from_db()
    assert (objection.state, objection.answer) == (state, "已核查")
    assert not queries.blocking(objection.proposal)
    assert queries.upheld(objection.proposal) is upheld
    told = set(Notification.objects.values_list("person", flat=True))
    assert told == {person.pk, objection.proposal.created_by_id}
    with pytest.raises(WrongState):
        operations.answer_objection(objection, upheld=True, answer="?", actor=make_officer())


@pytest.mark.django_db
def test_who_filed_an_objection_signed_in_may_take_it_back_and_nobody_else():
    person = make_person()
    objection = file(make_notice(), actor=person)
    for other in (make_person(), make_officer()):
        with pytest.raises(Forbidden):
            operations.retract_objection(objection, actor=other)
    with pytest.raises(Forbidden):
        operations.answer_objection(objection, upheld=True, answer="?", actor=person)
    operations.retract_objection(objection, actor=person)
    objection.refresh_from_db()
    assert objection.state == ObjectionState.RETRACTED
    assert not queries.blocking(objection.proposal)


@pytest.mark.django_db
def test_open_objections_wait_for_officers(django_assert_num_queries):
    notice = make_notice()
    make_objection(notice)
    make_objection(notice, state=ObjectionState.FILED, name="", contact="")
    officer = make_officer()
    assert officer.roles
    with django_assert_num_queries(1):
        (waiting,) = find(looks_for(officer))
    assert waiting.due_at.astimezone(clock.SHANGHAI).hour == 23
    assert find(looks_for(make_person())) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_officers_publishing_the_same_result_at_once_publish_it_once():
    call = make_opened_call()
    proposal, officer = make_ranked_proposal(call), make_officer()
    results = at_once(*[lambda: publish(call, proposal, actor=officer)] * 2)
    assert sorted(isinstance(result, Clash) for result in results) == [False, True]
    assert Notice.objects.count() == 1
