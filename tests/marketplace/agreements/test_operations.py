"""Drawing up, offering, signing, refusing: money bound only when everybody signed."""

import datetime as dt
import hashlib

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from bidding.notices.operations import (
    answer_objection,
    file_objection,
    raise_complaint,
    retract_objection,
)
from bidding.notices.rules import objections_until
from foundation import clock
from foundation.due.operations import work_off
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.face.values import day_text
from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.workdays.models import SpecialDay
from marketplace.agreements.models import Agreement, Party
from marketplace.agreements.operations import (
    draw_up_agreement,
    offer_agreement,
    refuse_agreement,
    sign_agreement,
)
from marketplace.agreements.rules import (
    LEAST_SIGN_DAYS,
    first_day_to_sign,
    last_day_to_sign,
)
from marketplace.agreements.states import AgreementState
from marketplace.awards.operations import cancel_award
from marketplace.awards.states import AwardState
from marketplace.delivery.models import Project
from marketplace.ledger import accounts
from marketplace.ledger.queries import balance
from marketplace.ledger.verification import verify_books
from marketplace.payments.models import Payable
from tests.factories.deals import (
    WAN,
    after_notice,
    make_award,
    make_offered,
    make_project,
    make_world,
    signatory_of,
)
from tests.factories.organisations import member_of
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def world():
    return make_world()


@scene
def agreement(world):
    return make_offered(world)


def side(agreement, which):
    return agreement.parties.select_related("organisation").get(side=which)


def sign(party):
    person = signatory_of(party.organisation)
    return sign_agreement(party, name=person.name, actor=person)


def test_draw_up_agreement_freezes_what_was_handed_in(world):
    award = make_award(world)
    agreement = draw_up_agreement(award, actor=world.officer)
    assert agreement.number == "2026-01-A01"
    assert agreement.terms["content"] == award.proposal.submissions.first().content
    assert [m["gate"] for m in agreement.terms["milestones"]] == ["", "midterm", "final"]
    parts = agreement.tranches.values_list("position", "gate", "amount_fen")
    assert list(parts) == [
        (1, "signing", 5 * WAN),
        (2, "midterm", 4 * WAN),
        (3, "final", 1 * WAN),
    ]
    assert {p.side: p.organisation_id for p in agreement.parties.all()} == {
        "buyer": world.street.pk,
        "provider": award.proposal.organisation_id,
    }
    with pytest.raises(WrongState):
        draw_up_agreement(award, actor=world.officer)
    with pytest.raises(WrongState):
        cancel_award(award, reason="x", actor=world.officer)


def test_draw_up_agreement_takes_parts_that_make_the_whole_and_nothing_else(world):
    award = make_award(world)
    with pytest.raises(DomainError, match="exactly"):
        draw_up_agreement(award, amounts={"signing": WAN}, actor=world.officer)
    with pytest.raises(Forbidden):
        draw_up_agreement(award, actor=world.buyer)
    assert not Agreement.objects.exists()
    parts = {"signing": 2 * WAN, "midterm": 4 * WAN, "final": 4 * WAN}
    agreement = draw_up_agreement(award, amounts=parts, actor=world.officer)
    assert dict(agreement.tranches.values_list("gate", "amount_fen")) == parts


def test_offer_agreement_keeps_a_paper_whose_fingerprint_is_signed(world):
    agreement = make_offered(world, title="心理关爱 #let *x*")
    with agreement.document.file.open() as file:
        paper = file.read()
    assert hashlib.sha256(paper).hexdigest() == agreement.sha256 == agreement.document.sha256
    with agreement.document.file.open() as file:
        words = "".join(page.extract_text() for page in PdfReader(file).pages)
    for said in ("工会购买服务协议", "花木街道总工会", "¥100,000.00", "心理关爱 #let *x*"):
        assert said in words
    party = sign(side(agreement, Party.Side.BUYER))
    assert party.signed_sha256 == agreement.sha256


@pytest.mark.parametrize("order", [("buyer", "provider"), ("provider", "buyer")])
def test_sign_agreement_in_any_order_binds_the_money_with_the_last_signature(
    world, order, agreement
):
    award = agreement.award
    pocket = accounts.buyer_available(world.fund, world.street)
    seed = accounts.fund_available(world.fund)
    sign(side(agreement, order[0]))
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.OFFERED
    assert balance(accounts.award_reserved(world.fund, award, pocket)) == 6 * WAN
    assert not Project.objects.exists()
    sign(side(agreement, order[1]))
    agreement.refresh_from_db()
    award.refresh_from_db()
    assert (agreement.state, award.state) == (AgreementState.SIGNED, AwardState.CONTRACTED)
    owed = Payable.objects.get()
    assert owed.amount_fen == 5 * WAN
    assert owed.organisation == award.proposal.organisation
    # half of the money is owed, drawn from both pockets alike
    assert balance(accounts.agreement_encumbered(world.fund, agreement, pocket)) == 3 * WAN
    assert balance(accounts.agreement_encumbered(world.fund, agreement, seed)) == 2 * WAN
    assert balance(accounts.award_reserved(world.fund, award, pocket)) == 0
    project = Project.objects.get()
    assert (project.number, project.amount_fen) == ("2026-01-01", 10 * WAN)
    assert [m.gate for m in project.milestones.all()] == ["", "midterm", "final"]
    assert verify_books() == []


def unsigned(agreement):
    assert not agreement.parties.filter(signed_at__isnull=False).exists()
    assert not Project.objects.exists()


def test_sign_agreement_is_for_who_binds_the_side_under_their_own_name(world, agreement):
    party = side(agreement, Party.Side.BUYER)
    person = signatory_of(world.street)
    for actor in (world.buyer, world.officer, signatory_of(agreement.award.proposal.organisation)):
        with pytest.raises(Forbidden):
            sign_agreement(party, name=actor.name, actor=actor)
    with pytest.raises(DomainError) as refusal:
        sign_agreement(party, name="别人", actor=person)
    assert refusal.value.field == "name"
    unsigned(agreement)


def test_sign_agreement_asks_for_standing_again(agreement):
    party = side(agreement, Party.Side.PROVIDER)
    person = signatory_of(party.organisation)
    party.organisation.proofs.all().delete()
    with pytest.raises(DomainError):
        sign_agreement(party, name=person.name, actor=person)
    unsigned(agreement)


def test_sign_agreement_is_over_after_its_last_day(world, agreement):
    person = signatory_of(world.street)
    late = dt.datetime.combine(agreement.sign_until, dt.time(12), clock.SHANGHAI)
    with clock.at(late + dt.timedelta(days=1)), pytest.raises(WrongState):
        sign_agreement(side(agreement, "buyer"), name=person.name, actor=person)
    unsigned(agreement)


def objection_to(agreement, moment, actor=None):
    award = agreement.award
    with clock.at(moment):
        return file_objection(
            award.notice,
            proposal=award.proposal,
            text="负责人的证书已过期。",
            name="钱国栋",
            contact="021-55550123",
            known_on=moment.date(),
            actor=actor,
        )


def test_nothing_is_signed_while_anybody_may_still_object(client, world, agreement):
    party = side(agreement, "buyer")
    last = objections_until(agreement.award.notice)
    client.force_login(signatory_of(world.street))
    page = reverse("agreements:agreement", args=[agreement.pk])
    with clock.at(dt.datetime.combine(last, dt.time(23, 59), clock.SHANGHAI)):
        with pytest.raises(WrongState, match="still object"):
            sign(party)
        said = client.get(page).content.decode()
        assert day_text(last + dt.timedelta(days=1)) in said
        assert reverse("agreements:sign_agreement", args=[party.pk]) not in said
    unsigned(agreement)
    with clock.at(dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), clock.SHANGHAI)):
        sign(party)


def test_an_offer_leaves_days_to_sign_after_the_time_to_object(world):
    award = make_award(world)
    with clock.at(after_notice(award)):
        agreement = draw_up_agreement(award, actor=world.officer)
        # holidays without end: the time to object runs past the usual thirty days
        SpecialDay.objects.bulk_create(
            SpecialDay(day=award.notice.last_day + dt.timedelta(days=n), working=False)
            for n in range(1, 40)
        )
        agreement = offer_agreement(agreement, actor=world.officer)
        first = objections_until(award.notice) + dt.timedelta(days=1)
    assert agreement.sign_until == first + dt.timedelta(days=LEAST_SIGN_DAYS)
    # another holiday, entered afterwards: the days to sign move along
    SpecialDay.objects.create(day=first - dt.timedelta(days=1), working=False)
    moved = first_day_to_sign(agreement.award)
    assert moved > first
    client = Client()
    client.force_login(world.officer)
    for today, said in ((moved - dt.timedelta(days=1), True), (moved, False)):
        with clock.at(dt.datetime.combine(today, dt.time(9), clock.SHANGHAI)):
            page = client.get(reverse("agreements:desk")).content.decode()
            assert (f"not before {day_text(moved)}" in page) is said
    assert last_day_to_sign(agreement) == moved + dt.timedelta(days=LEAST_SIGN_DAYS)


def test_an_objection_stops_the_time_to_sign_and_its_answer_leaves_some(client, world, agreement):
    last = objections_until(agreement.award.notice)
    objection = objection_to(agreement, dt.datetime.combine(last, dt.time(9), clock.SHANGHAI))
    late = dt.datetime.combine(agreement.sign_until, dt.time(12), clock.SHANGHAI)
    client.force_login(signatory_of(world.street))
    page = reverse("agreements:agreement", args=[agreement.pk])
    with clock.at(late + dt.timedelta(days=3)):
        work_off()  # nobody could sign: nothing expires
        with pytest.raises(WrongState, match="not been answered"):
            sign(side(agreement, "buyer"))
        assert "the time to sign does not run" in client.get(page).content.decode()
        answer_objection(objection, upheld=False, answer="证书有效。", actor=world.officer)
    with clock.at(late + dt.timedelta(days=3 + LEAST_SIGN_DAYS)):
        work_off()
        sign(side(agreement, "buyer"))
        told = Notification.objects.filter(kind="agreement_half_signed").first()
        assert told.facts["sign_until_on"] == str(clock.today())  # not the day of the offer
    with clock.at(late + dt.timedelta(days=4 + LEAST_SIGN_DAYS)):
        work_off()
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.REFUSED


def test_a_complaint_that_is_taken_back_leaves_days_to_sign_as_well(world, agreement):
    last = objections_until(agreement.award.notice)
    moment = dt.datetime.combine(last, dt.time(9), clock.SHANGHAI)
    objection = objection_to(agreement, moment, actor=world.buyer)
    with clock.at(moment):
        objection = answer_objection(objection, upheld=False, answer="有效。", actor=world.officer)
        raise_complaint(objection, complaint="仍不服。", actor=world.buyer)
    late = dt.datetime.combine(agreement.sign_until, dt.time(12), clock.SHANGHAI)
    with clock.at(late + dt.timedelta(days=9)):
        work_off()
        retract_objection(objection, actor=world.buyer)
        work_off()
    with clock.at(late + dt.timedelta(days=9 + LEAST_SIGN_DAYS)):
        work_off()
        sign(side(agreement, "buyer"))


def test_refuse_agreement_declines_the_award_and_sends_the_money_home(world, agreement):
    sign(side(agreement, "buyer"))
    party = side(agreement, "provider")
    with pytest.raises(Forbidden):
        refuse_agreement(party, reason="x", actor=member_of(party.organisation))
    refuse_agreement(party, reason="人手不足", actor=signatory_of(party.organisation))
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.REFUSED
    assert agreement.award.__class__.objects.get().state == AwardState.DECLINED
    assert balance(accounts.buyer_available(world.fund, world.street)) == 6 * WAN
    assert balance(accounts.fund_available(world.fund)) == 94 * WAN
    assert verify_books() == []


def test_an_agreement_nobody_signed_in_time_expires_by_itself(world, agreement):
    late = dt.datetime.combine(agreement.sign_until, dt.time(1), clock.SHANGHAI)
    with clock.at(late):
        work_off()
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.OFFERED
    with clock.at(late + dt.timedelta(days=1)):
        work_off()
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.REFUSED
    assert balance(accounts.fund_available(world.fund)) == 94 * WAN
    assert verify_books() == []


def test_offer_agreement_happens_once(world, agreement):
    with pytest.raises(WrongState):
        offer_agreement(agreement, actor=world.officer)


def test_no_member_without_the_seal_signs(world, agreement):
    member = member_of(world.street, MembershipRole.FINANCE)
    with pytest.raises(Forbidden):
        sign_agreement(side(agreement, "buyer"), name=member.name, actor=member)
    unsigned(agreement)


def test_a_project_begins_with_the_last_signature(world):
    project = make_project(world)
    assert project.buyer == world.street
    assert project.year == project.starts_on.year
