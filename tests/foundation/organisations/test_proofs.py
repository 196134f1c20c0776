"""Proofs are handed in and checked, bans entered and lifted, requirements set."""

import datetime as dt

import pytest

from foundation import clock
from foundation.audit.models import Entry
from foundation.due.models import DueEvent
from foundation.due.operations import work_off
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.operations import (
    ban_organisation,
    lift_ban,
    refuse_proof,
    require_proof,
    state_proof,
    verify_proof,
    waive_proof,
)
from foundation.organisations.queries import proofs_visible_to, representative_of, standing_of
from foundation.organisations.standing_models import Ban, Proof, RequiredProof
from foundation.organisations.waiting import looks_for
from foundation.waiting import find
from tests.factories.organisations import (
    join,
    make_officer,
    make_organisation,
    make_person,
    make_proof,
    make_social,
    make_upload,
    member_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en")]
TODAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _day():
    with clock.at(dt.datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)):
        yield


def state(body, actor=None, **facts):
    facts = {
        "kind": "annual_check",
        "value": "合格",
        "issued_on": dt.date(2025, 6, 30),
        "expires_on": dt.date(2026, 6, 30),
        "document": make_upload(),
        **facts,
    }
    return state_proof(body, actor=actor or member_of(body), **facts)


def test_a_proof_is_stated_verified_and_then_counts():
    body, officer = make_social(standing=False), make_officer()
    proof = verify_proof(state(body), actor=officer)
    assert (proof.state, proof.decided_by, proof.decided_at) == ("verified", officer, clock.now())
    assert "“annual check” is missing." not in map(str, standing_of(body).reasons)


def test_a_refused_proof_says_why():
    body, officer = make_social(standing=False), make_officer()
    proof = refuse_proof(state(body), actor=officer, reason="Another year")
    assert (proof.state, proof.reason) == ("refused", "Another year")
    with pytest.raises(WrongState):
        verify_proof(proof, actor=officer)
    assert Entry.objects.filter(action="verify_proof").count() == 0


def test_a_verified_proof_that_turns_out_false_is_refused_later():
    body, officer = make_social(standing=False), make_officer()
    proof = verify_proof(state(body), actor=officer)
    assert refuse_proof(proof, actor=officer, reason="Forged").state == "refused"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"issued_on": TODAY + dt.timedelta(days=1)}, "issued_on"),
        ({"expires_on": None}, "expires_on"),
        ({"expires_on": dt.date(2025, 6, 29)}, "expires_on"),
        ({"kind": "rating", "value": "6A", "expires_on": None}, "value"),
        ({"kind": "rating", "value": "5A", "expires_on": dt.date(2030, 6, 30)}, "expires_on"),
    ],
)
def test_dates_and_grades_that_cannot_be_are_refused(facts, field):
    with pytest.raises(DomainError) as refusal:
        state(make_social(standing=False), **facts)
    assert refusal.value.field == field
    assert not Proof.objects.exists()


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (dt.date(2024, 2, 29), dt.date(2029, 2, 28)),
        (dt.date(2023, 1, 1), dt.date(2027, 12, 31)),
    ],
)
def test_a_rating_is_valid_for_five_years(issued, last):
    proof = state(
        make_social(standing=False), kind="rating", value="4A", issued_on=issued, expires_on=None
    )
    assert proof.expires_on == last


def test_who_does_not_act_hands_nothing_in_and_who_belongs_checks_nothing():
    body = make_social(standing=False)
    for actor in (make_person(), make_officer(), member_of(body, "finance")):
        with pytest.raises(Forbidden):
            state(body, actor)
    assert not Proof.objects.exists()
    proof = state(body)
    for actor in (join(make_officer(), body, "member"), make_officer("auditor"), make_person()):
        with pytest.raises(Forbidden):
            verify_proof(proof, actor=actor)
    proof.refresh_from_db()
    assert proof.state == "stated"


def test_proofs_are_seen_by_the_organisation_and_the_federation_only():
    body = make_social(standing=False)
    proof = state(body)
    seen = [
        proof in proofs_visible_to(person)
        for person in (
            representative_of(body),
            make_officer(),
            make_officer("auditor"),
            make_officer("expert"),
            make_person(),
        )
    ]
    assert seen == [True, True, True, False, False]


def test_a_month_before_it_runs_out_its_people_are_told_once():
    body = make_social(standing=False)
    verify_proof(state(body), actor=make_officer())
    event = DueEvent.objects.get(handler="proof_expiring")
    assert event.due_at == dt.datetime(2026, 5, 31, 9, tzinfo=clock.SHANGHAI)
    with clock.at(event.due_at - dt.timedelta(seconds=1)):
        assert work_off() == 0
    with clock.at(event.due_at):
        assert (work_off(), work_off()) == (1, 0)
    told = Notification.objects.filter(kind="proof_expiring", person=representative_of(body))
    assert [notice.facts["until_on"] for notice in told] == ["2026-06-30"]


def test_nobody_is_warned_when_a_newer_proof_outlasts_it():
    body, officer = make_social(standing=False), make_officer()
    actor = member_of(body)
    verify_proof(state(body, actor), actor=officer)
    verify_proof(state(body, actor, expires_on=dt.date(2027, 6, 30)), actor=officer)
    with clock.at(dt.datetime(2026, 6, 1, 9, tzinfo=clock.SHANGHAI)):
        work_off()
    assert not Notification.objects.filter(kind="proof_expiring").exists()


def test_what_waits_for_officers_and_for_the_organisation():
    body = make_social(standing=False)
    manager, officer = member_of(body), make_officer()
    proof = state(body, manager)
    assert [one.title for one in find(looks_for(officer))] == [
        f"Check a proof of {body.name}: annual check 合格"
    ]
    assert find(looks_for(manager)) == []
    verify_proof(proof, actor=officer)
    assert find(looks_for(officer)) == []
    with clock.at(dt.datetime(2026, 6, 1, 9, tzinfo=clock.SHANGHAI)):
        assert [one.title for one in find(looks_for(manager))] == [
            f"annual check 合格 of {body.name} runs out"
        ]


def test_the_light_says_how_a_proof_stands():
    body = make_organisation()
    day = dt.timedelta(days=1)
    lights = [
        make_proof(body, "tax", expires_on=TODAY + 31 * day).light,
        make_proof(body, "tax", expires_on=TODAY + 30 * day).light,
        make_proof(body, "tax", expires_on=TODAY - day).light,
        make_proof(body, "tax", state="stated").light,
        make_proof(body, "tax", state="refused", reason="x").light,
    ]
    assert lights == ["green", "amber", "red", "amber", "red"]


def ban(body, **facts):
    facts = {"from_on": TODAY, "reason": "False invoices", "authority": "民政局", **facts}
    return ban_organisation(body, actor=make_officer(), **facts)


def test_a_ban_takes_the_standing_until_it_is_lifted():
    body = make_social()
    row = ban(body)
    assert not standing_of(body).allowed
    lift_ban(row, actor=make_officer(), reason="Appeal upheld")
    assert standing_of(body).allowed
    with pytest.raises(WrongState, match="lifted already"):
        lift_ban(row, actor=make_officer(), reason="Again")


def test_a_ban_that_ends_before_it_begins_is_none():
    with pytest.raises(DomainError, match="cannot end before"):
        ban(make_social(), until_on=TODAY - dt.timedelta(days=1))
    assert not Ban.objects.exists()


def test_requirements_are_rows_that_officers_change():
    body, officer = make_organisation("enterprise"), make_officer()
    RequiredProof.objects.all().delete()
    assert standing_of(body).allowed
    row = require_proof(actor=officer, organisation_kind="enterprise", proof_kind="tax")
    assert not standing_of(body).allowed
    with pytest.raises(Clash):
        require_proof(actor=officer, organisation_kind="enterprise", proof_kind="tax")
    with pytest.raises(Forbidden):
        waive_proof(row, actor=make_person())
    waive_proof(row, actor=officer)
    assert standing_of(body).allowed


def test_what_is_asked_of_a_social_organisation_to_begin_with():
    asked = RequiredProof.objects.filter(organisation_kind="social")
    assert set(asked.values_list("proof_kind", flat=True)) == {
        "registration",
        "annual_check",
        "tax",
        "social_security",
        "clean_record",
    }
