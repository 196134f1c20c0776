"""Bodies register, are verified, suspended, renamed and dissolved."""

import datetime as dt

import pytest

from foundation import clock, uscc
from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.models import District, Membership, Organisation
from foundation.organisations.operations import (
    dissolve_organisation,
    edit_profile,
    let_code_through,
    load_districts,
    register_organisation,
    reinstate_organisation,
    rename_organisation,
    suspend_organisation,
    verify_organisation,
)
from foundation.organisations.queries import officers_of, organisations_visible_to
from foundation.permissions import SYSTEM
from tests.factories.organisations import (
    join,
    make_code,
    make_officer,
    make_organisation,
    make_person,
    make_proof,
    make_social,
    make_union,
    make_upload,
    member_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("en")]


def register(actor, **facts):
    facts = {
        "kind": "social",
        "name": "浦东新区公益服务中心",
        "uscc": make_code(),
        "role": "manager",
        "certificate": make_upload(),
        "issuer": "浦东新区民政局",
        "issued_on": dt.date(2020, 1, 1),
        **facts,
    }
    return register_organisation(actor=actor, **facts)


def test_a_person_registers_an_organisation_and_acts_for_it():
    person, officer = make_person(), make_officer()
    code = make_code()
    body = register(person, uscc=f" {code[:8]} {code[8:].lower()}")
    assert (body.state, body.uscc, body.kind) == ("registered", code, "social")
    assert list(officers_of(body)) == [person]
    assert [(p.kind, p.state, p.document.name) for p in body.proofs.all()] == [
        ("registration", "stated", "scan.pdf")
    ]
    assert Entry.objects.get(action="register_organisation").subject_id == str(body.pk)
    assert list(Notification.objects.values_list("person", "kind")) == [
        (officer.pk, "register_organisation")
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("5231011500000001", "A credit code has 18 characters."),
        (
            "5231011500000001OZ",
            "A credit code has digits and capitals, but no I, O, S, V or Z.",
        ),
        (
            "52310115000000019R",
            "The last character does not fit the others: check for a typing slip.",
        ),
        ("81310115000000019N", "This code belongs to another kind of body."),
    ],
)
def test_each_fault_of_a_code_has_its_sentence_and_nothing_is_kept(typed, sentence):
    with pytest.raises(DomainError) as refusal:
        register(make_person(), uscc=typed)
    assert (str(refusal.value), refusal.value.field) == (sentence, "uscc")
    assert not Organisation.objects.exists()
    assert not Entry.objects.exists()


def test_a_wrong_body_check_digit_is_named_though_the_last_character_fits():
    first17 = "52310115" + "00000001" + "8"
    with pytest.raises(DomainError) as refusal:
        register(make_person(), uscc=first17 + uscc.check_character(first17))
    assert str(refusal.value) == "Character 17 does not fit: check characters 9 to 17."


def test_a_code_that_is_taken_points_to_a_claim():
    body = make_organisation(name="先来的")
    with pytest.raises(Clash) as refusal:
        register(make_person(), uscc=body.uscc)
    assert str(refusal.value) == "This code is registered already: 先来的. Claim it instead."
    assert Organisation.objects.count() == 1
    assert not Membership.objects.exists()


def test_union_bodies_are_not_registered_by_anybody():
    with pytest.raises(DomainError, match="entered by the federation"):
        register(make_person(), kind="union", uscc=make_code("union"))


def test_an_officer_lets_a_printed_code_through_with_reason_and_scan():
    printed = "91350211M0000XUF46"
    body = let_code_through(
        actor=make_officer(),
        kind="enterprise",
        name="厦门某公司",
        uscc=printed,
        reason="Printed so on the certificate",
        scan=make_upload(),
    )
    assert (body.uscc, body.uscc_exception) == (printed, "Printed so on the certificate")
    assert body.uscc_scan.purpose == "organisation_code_scan"
    assert Entry.objects.get(action="let_code_through").facts == {
        "uscc": printed,
        "reason": "Printed so on the certificate",
    }


def test_a_valid_code_needs_no_exception_and_others_may_not_ask_for_one():
    facts = {
        "kind": "social",
        "name": "某中心",
        "uscc": make_code(),
        "reason": "x",
        "scan": make_upload(),
    }
    with pytest.raises(DomainError, match="needs no exception"):
        let_code_through(actor=make_officer(), **facts)
    with pytest.raises(Forbidden):
        let_code_through(actor=make_person(), **facts)
    assert not Organisation.objects.exists()


def test_an_officer_verifies_with_the_certificate_which_then_counts_too():
    person, officer = make_person(), make_officer()
    body = verify_organisation(register(person), actor=officer)
    assert body.state == "verified"
    assert body.proofs.get().state == "verified"
    assert Notification.objects.filter(person=person, kind="verify_organisation").count() == 1


def test_without_a_certificate_nothing_is_verified():
    body = make_organisation(state="registered")
    with pytest.raises(DomainError, match="no registration certificate"):
        verify_organisation(body, actor=make_officer())
    body.refresh_from_db()
    assert body.state == "registered"


def test_nobody_verifies_an_organisation_they_are_in():
    officer = make_officer()
    body = register(officer)
    with pytest.raises(Forbidden):
        verify_organisation(body, actor=officer)
    with pytest.raises(Forbidden):
        verify_organisation(body, actor=make_person())
    body.refresh_from_db()
    assert body.state == "registered"


def test_verifying_twice_is_refused_by_a_sentence():
    body, officer = register(make_person()), make_officer()
    verify_organisation(body, actor=officer)
    with pytest.raises(WrongState, match="This is “verified”"):
        verify_organisation(body, actor=officer)
    assert Entry.objects.filter(action="verify_organisation").count() == 1


def test_suspending_and_reinstating():
    body, officer = make_social(), make_officer()
    assert suspend_organisation(body, actor=officer, reason="Audit").state == "suspended"
    with pytest.raises(WrongState):
        suspend_organisation(body, actor=officer, reason="Again")
    assert reinstate_organisation(body, actor=officer, reason="Cleared").state == "verified"
    with pytest.raises(WrongState, match="It is not suspended"):
        reinstate_organisation(body, actor=officer, reason="Again")


def test_a_registered_organisation_is_not_reinstated_into_verification():
    body = make_organisation(state="registered")
    with pytest.raises(WrongState):
        reinstate_organisation(body, actor=make_officer(), reason="A way round")
    body.refresh_from_db()
    assert body.state == "registered"


def test_its_people_edit_the_profile_and_the_trail_names_the_fields():
    body = make_social()
    manager = member_of(body)
    edit_profile(body, actor=manager, summary="为职工服务", address="世纪大道1号")
    body.refresh_from_db()
    assert (body.summary, body.address) == ("为职工服务", "世纪大道1号")
    assert Entry.objects.get(action="edit_profile").facts == {"changed": ["address", "summary"]}


@pytest.mark.parametrize("role", ["finance", "member"])
def test_who_does_not_act_for_it_does_not_edit(role):
    body = make_social()
    with pytest.raises(Forbidden):
        edit_profile(body, actor=member_of(body, role), summary="x")
    body.refresh_from_db()
    assert body.summary == ""


def test_a_profile_holds_neither_name_nor_state():
    body = make_social()
    with pytest.raises(TypeError):
        edit_profile(body, actor=member_of(body), name="别的", state="verified")


def test_an_officer_renames_and_the_old_name_stays_in_the_trail():
    body = make_social("旧名")
    rename_organisation(body, actor=make_officer(), name="新名", reason="New certificate")
    body.refresh_from_db()
    assert body.name == "新名"
    assert Entry.objects.get(action="rename_organisation").facts == {
        "before": "旧名",
        "now": "新名",
        "reason": "New certificate",
    }


def test_dissolving_ends_every_membership():
    body = make_social()
    person = member_of(body)
    dissolve_organisation(body, actor=make_officer(), reason="Closed")
    body.refresh_from_db()
    assert body.state == "dissolved"
    assert not body.memberships.filter(ended_at=None).exists()
    assert Notification.objects.filter(person=person, kind="dissolve_organisation").exists()


def test_a_union_with_bodies_under_it_is_not_dissolved():
    root = make_union()
    hub = make_union(root)
    make_union(hub)
    with pytest.raises(DomainError, match="bodies under it"):
        dissolve_organisation(hub, actor=make_officer(), reason="x")
    hub.refresh_from_db()
    assert hub.state == "verified"


def owes_something(organisation):
    return ["Agreement 7 still runs."]


def test_an_upper_floor_can_forbid_dissolving_by_its_name_in_the_settings(settings):
    settings.ORGANISATION_OBLIGATIONS = [f"{__name__}.owes_something"]
    body = make_social()
    with pytest.raises(DomainError, match=r"Agreement 7 still runs\."):
        dissolve_organisation(body, actor=make_officer(), reason="x")
    body.refresh_from_db()
    assert body.state == "verified"
    assert body.memberships.filter(ended_at=None).count() == 1


def test_who_sees_an_organisation_before_it_is_verified():
    body = make_organisation(state="registered")
    inside, outside, officer = member_of(body, "member"), make_person(), make_officer()
    seen = [
        body in organisations_visible_to(person)
        for person in (inside, outside, officer, make_officer("auditor"), make_officer("expert"))
    ]
    assert seen == [True, False, True, True, False]


def test_a_membership_that_ended_shows_nothing_any_longer():
    body = make_organisation(state="registered")
    person = member_of(body)
    assert body in organisations_visible_to(person)
    membership = body.memberships.get()
    membership.ended_at = clock.now()
    membership.save()
    assert body not in organisations_visible_to(person)


def test_the_districts_of_pudong_are_loaded_once_and_again_without_harm():
    make_officer()
    assert len(load_districts(actor=SYSTEM)) == 42
    load_districts(actor=SYSTEM)
    assert District.objects.count() == 42
    assert District.objects.get(pk="310115005").name_en == "Lujiazui Subdistrict"


def test_joining_shows_at_once_to_a_person_whose_roles_were_read_before():
    body, person = make_organisation(state="registered"), make_person()
    assert body not in organisations_visible_to(person)
    join(person, body)
    assert body in organisations_visible_to(person)


def test_an_expired_certificate_verifies_nothing():
    body = make_organisation(state="registered")
    make_proof(body, state="stated", expires_on=clock.today() - dt.timedelta(days=1))
    with pytest.raises(DomainError, match="valid today"):
        verify_organisation(body, actor=make_officer())
