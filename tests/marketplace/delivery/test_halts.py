"""Notices to stop: given, answered, decided; a project suspended, let go on, ended and settled."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import clock
from foundation.due.operations import work_off
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.waiting import find
from marketplace.agreements.models import Agreement
from marketplace.agreements.queries import claimed_fen
from marketplace.delivery.extension_operations import ask_extension
from marketplace.delivery.halt_models import Halt
from marketplace.delivery.halt_operations import (
    ANSWER_DAYS,
    answer_halt,
    call_halt,
    lift_suspension,
    refuse_halt,
    suspend_project,
    withdraw_halt,
)
from marketplace.delivery.models import Project
from marketplace.delivery.operations import (
    accept_milestone,
    close_project,
    report_milestone,
    terminate_project,
)
from marketplace.delivery.settlement import settle_termination
from marketplace.delivery.waiting import looks_for
from marketplace.ledger import accounts
from marketplace.ledger.queries import balance
from marketplace.ledger.verification import verify_books
from marketplace.payments.batches import approve_batch, make_batch, send_batch
from marketplace.payments.models import Payable
from marketplace.payments.operations import enter_invoice, state_bank_account
from marketplace.payments.queries import ready_to_pay
from tests.at_once import outcomes
from tests.factories.deals import WAN, make_project, make_world, pay_all, signatory_of
from tests.factories.organisations import make_officer, make_social
from tests.factories.payments import state_our_account
from tests.factories.people import enter
from tests.scenes import scene


@scene
def world():
    return make_world()


@scene
def project(world):
    return make_project(world)


def letter():
    return ContentFile("盖章的函".encode(), name="letter.txt")


def call(project, kind="termination", actor=None, **also):
    person = actor or signatory_of(project.organisation)
    facts = {"reason": "负责人离职", "evidence": [letter()], **also}
    return call_halt(Project.objects.get(pk=project.pk), kind=kind, actor=person, **facts)


def suspended(world, project):
    return suspend_project(call(project, "suspension"), reason="等待整改", actor=world.officer)


def agreed(world, project):
    """A notice of termination that the buyer agrees to."""
    halt = call(project)
    answer_halt(halt, agrees=True, actor=signatory_of(world.street))
    return Halt.objects.get(pk=halt.pk)


def image(project):
    return list(Payable.objects.values()), list(Project.objects.values()), balance_of(project)


def balance_of(project):
    return project.agreement.tranches.order_by("pk").values_list("state", "spent_fen")[::1]


@pytest.mark.django_db
def test_notice_needs_a_reason_and_what_shows_it_and_one_waits_at_a_time(world, project):
    stood = image(project)
    for lacking in ({"reason": " "}, {"evidence": []}, {"kind": "pause"}):
        with pytest.raises(DomainError):
            call(project, **{"kind": "suspension", **lacking})
    for outsider in (world.buyer, make_social("别家").memberships.first().person):
        with pytest.raises(Forbidden):
            call(project, actor=outsider)
    assert not Halt.objects.exists()
    halt = call(project)
    assert (halt.side, halt.state, halt.proofs.count()) == ("provider", "given", 1)
    told = Notification.objects.filter(kind="termination_called").values_list("person", flat=True)
    assert {world.officer.pk, world.buyer.pk} <= set(told)
    with pytest.raises(WrongState):
        call(project, actor=signatory_of(world.street))
    with pytest.raises(WrongState):
        terminate_project(project, reason="x", actor=world.officer)
    with pytest.raises(WrongState):
        close_project(project, score_hundredths=9000, actor=world.buyer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Halt.objects.create(
            project=project,
            kind="termination",
            side="buyer",
            reason="x",
            given_by=world.officer,
            given_at=clock.now(),
            answer_until=clock.today(),
        )
    assert image(project) == stood


@pytest.mark.django_db
def test_the_other_side_answers_once_and_is_heard_before_the_end(world, project):
    halt = call(project)
    giver, other = signatory_of(project.organisation), signatory_of(world.street)
    assert [one.title for one in find(looks_for(other))]
    for person in (giver, world.officer, world.buyer):
        with pytest.raises(Forbidden):
            answer_halt(halt, agrees=True, actor=person)
    with pytest.raises(DomainError):
        answer_halt(halt, agrees=False, text=" ", actor=other)
    with pytest.raises(WrongState, match="may answer until"):
        settle_termination(halt, accepted_fen=0, reason="x", actor=world.officer)
    answer_halt(halt, agrees=False, text="尚可继续", actor=other)
    with pytest.raises(Clash):
        answer_halt(halt, agrees=True, actor=other)
    with pytest.raises(Forbidden):
        settle_termination(halt, accepted_fen=0, reason="x", actor=other)
    with pytest.raises(DomainError):
        settle_termination(halt, accepted_fen=0, reason=" ", actor=world.officer)
    refuse_halt(halt, reason="双方继续协商", actor=world.officer)
    with pytest.raises(WrongState):
        withdraw_halt(halt, actor=giver)
    again = call(project)  # and nobody answers this one
    later = clock.now() + dt.timedelta(days=ANSWER_DAYS + 1)
    with clock.at(later):
        settle_termination(again, accepted_fen=0, reason="无法继续", actor=world.officer)
    assert Project.objects.get().state == "terminated"
    assert verify_books() == []


@pytest.mark.django_db
def test_a_suspension_stops_reports_reminders_and_payments_until_it_is_lifted(world, project):
    milestone = project.milestones.first()
    asked = ask_extension(
        milestone,
        due_on=milestone.due_on + dt.timedelta(days=3),
        reason="x",
        actor=signatory_of(project.organisation),
    )
    ended = project.ends_on
    with pytest.raises(Forbidden):
        suspend_project(call(project, "suspension"), reason="x", actor=world.buyer)
    halt = suspend_project(Halt.objects.get(), reason="等待整改", actor=world.officer)
    assert Project.objects.get().state == "suspended"
    with pytest.raises(WrongState):
        report_milestone(
            milestone, text="x", served=1, spent_fen=1, actor=signatory_of(project.organisation)
        )
    with pytest.raises(DomainError):
        call(project, "suspension")
    payable = Payable.objects.get()
    enter_invoice(
        payable,
        number="00000001",
        issued_on=clock.today(),
        amount_fen=payable.amount_fen,
        seller_uscc=project.organisation.uscc,
        actor=signatory_of(project.organisation),
    )
    assert not ready_to_pay().exists()
    with pytest.raises(DomainError, match="on hold"):
        pay_batch(world, payable)
    due = dt.datetime.combine(milestone.due_on, dt.time(10), clock.SHANGHAI)
    with clock.at(due + dt.timedelta(days=1)):
        work_off()
        assert not Notification.objects.filter(kind__startswith="milestone_").exists()
    with clock.at(clock.now() + dt.timedelta(days=20)):
        lift_suspension(halt, reason="已整改", actor=world.officer)
    milestone_now, project_now = project.milestones.first(), Project.objects.get()
    assert milestone_now.due_on == milestone.due_on + dt.timedelta(days=20)
    assert (project_now.state, project_now.ends_on) == ("running", ended + dt.timedelta(days=20))
    asked.refresh_from_db()
    assert asked.due_on == milestone_now.due_on + dt.timedelta(days=3)
    assert ready_to_pay().count() == 1
    with clock.at(due + dt.timedelta(days=21)):
        work_off()
        assert Notification.objects.filter(kind="milestone_late").exists()


def pay_batch(world, payable):
    organisation = payable.organisation
    if not organisation.bank_accounts.exists():
        state_bank_account(
            organisation,
            holder=organisation.name,
            bank="工商银行",
            number="6222020200112233445",
            actor=signatory_of(organisation),
        )
        state_our_account()
    return make_batch(world.fund, payables=[payable], actor=make_officer("fund_manager"))


@pytest.mark.django_db
def test_a_batch_made_before_the_suspension_does_not_leave(world, project):
    payable = Payable.objects.get()
    enter_invoice(
        payable,
        number="00000001",
        issued_on=clock.today(),
        amount_fen=payable.amount_fen,
        seller_uscc=project.organisation.uscc,
        actor=signatory_of(project.organisation),
    )
    batch = pay_batch(world, payable)
    batch = approve_batch(batch, actor=make_officer("fund_manager"))
    suspended(world, project)
    with pytest.raises(DomainError, match="on hold"):
        send_batch(batch, actor=batch.made_by)
    halt = agreed(world, project)
    with pytest.raises(DomainError, match="in a batch"):
        settle_termination(halt, accepted_fen=0, reason="x", actor=world.officer)
    assert Project.objects.get().state == "suspended"
    assert verify_books() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("paid", "accepted", "owed", "claimed"),
    [(True, 7, 2, 0), (True, 5, 0, 0), (True, 2, 0, 3), (False, 2, 2, 0), (False, 0, 0, 0)],
)
def test_the_work_is_paid_the_rest_goes_home_and_too_much_is_claimed(
    world, project, paid, accepted, owed, claimed
):
    if paid:
        pay_all(project.agreement)
    halt = agreed(world, project)
    with pytest.raises(DomainError):
        settle_termination(halt, accepted_fen=10 * WAN + 1, reason="x", actor=world.officer)
    with pytest.raises(Clash):
        settle_termination(halt, accepted_fen=WAN, reason="x", seen="1-2", actor=world.officer)
    settle_termination(halt, accepted_fen=accepted * WAN, reason="合意解除", actor=world.officer)
    project.refresh_from_db()
    agreement = Agreement.objects.get()
    assert (project.state, agreement.state) == ("terminated", "terminated")
    assert project.ended_reason == "合意解除"
    unpaid = Payable.objects.exclude(state__in=["paid", "called_off"])
    assert sum(unpaid.values_list("amount_fen", flat=True)) == owed * WAN
    assert claimed_fen(agreement) == claimed * WAN
    spent = max(accepted, accepted + claimed)
    home = (10 - spent) * WAN
    pocket = balance(accounts.buyer_available(world.fund, world.street))
    seed = balance(accounts.fund_available(world.fund)) - 90 * WAN
    assert (pocket, seed) == (home * 6 // 10, home * 4 // 10)
    assert not project.milestones.exclude(state="dropped").exists()
    assert verify_books() == []


@pytest.mark.django_db
def test_what_is_left_of_an_invoiced_part_needs_a_new_invoice(world, project):
    payable = Payable.objects.get()
    facts = {
        "issued_on": clock.today(),
        "seller_uscc": project.organisation.uscc,
        "actor": signatory_of(project.organisation),
    }
    enter_invoice(payable, number="1", amount_fen=payable.amount_fen, **facts)
    settle_termination(
        agreed(world, project), accepted_fen=2 * WAN, reason="解除", actor=world.officer
    )
    payable.refresh_from_db()
    assert (payable.state, payable.amount_fen) == ("owed", 2 * WAN)
    enter_invoice(payable, number="2", amount_fen=2 * WAN, **facts)
    assert verify_books() == []


@pytest.mark.django_db
def test_a_suspended_project_is_settled_with_its_report_and_what_was_accepted(world, project):
    provider = signatory_of(project.organisation)
    first, second, third = project.milestones.all()
    report_milestone(first, text="x", served=9, spent_fen=WAN, actor=provider)
    accept_milestone(first, actor=world.buyer)
    report_milestone(second, text="x", served=9, spent_fen=WAN, actor=provider)
    suspension = suspended(world, project)
    halt = agreed(world, project)
    settle_termination(halt, accepted_fen=6 * WAN, reason="解除", actor=world.officer)
    suspension.refresh_from_db()
    assert (suspension.state, suspension.ended_on) == ("settled", clock.today())
    assert [m.state for m in project.milestones.all()] == ["accepted", "dropped", "dropped"]
    assert not Payable.objects.exclude(held_at=None).exists()
    assert third.reports.count() == 0
    assert second.reports.get().verdict == "returned"
    assert verify_books() == []


@pytest.mark.django_db
def test_the_figures_are_shown_before_anything_is_settled(world, project):
    pay_all(project.agreement)
    halt = agreed(world, project)
    client = enter(world.officer)
    page = reverse("delivery:settle_termination", args=[halt.pk])
    typed = {"accepted_fen": "20000", "reason": "解除"}
    shown = client.post(page, typed)
    assert shown.context["outcome"].claimed_fen == 3 * WAN
    assert Project.objects.get().state == "running"
    seen = shown.context["outcome"].seal
    beyond = client.post(page, {**typed, "accepted_fen": "999999"})
    assert "cannot come to more" in beyond.content.decode() or "不能超过" in beyond.content.decode()
    changed = client.post(page, {**typed, "accepted_fen": "30000", "seen": seen})
    assert changed.context["outcome"].claimed_fen == 2 * WAN
    assert Project.objects.get().state == "running"
    assert client.post(page, {**typed, "seen": seen}).status_code == 302
    assert Project.objects.get().state == "terminated"
    for person in (world.officer, signatory_of(world.street), signatory_of(project.organisation)):
        client = enter(person)
        told = client.get(reverse("delivery:halts", args=[project.pk])).content.decode()
        assert "负责人离职" in told
    proof = halt.proofs.get().document
    assert client.get(reverse("documents:document", args=[proof.uuid])).status_code == 200
    client = enter(make_social("别家").memberships.first().person)
    assert client.get(reverse("delivery:halts", args=[project.pk])).status_code == 404
    assert client.get(reverse("documents:document", args=[proof.uuid])).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_settled_and_withdrawn_at_once_one_of_them_happens():
    world = make_world()
    project = make_project(world)
    pay_all(project.agreement)
    halt = agreed(world, project)
    giver = signatory_of(project.organisation)
    results = outcomes(
        lambda: settle_termination(halt, accepted_fen=WAN, reason="x", actor=world.officer),
        lambda: settle_termination(halt, accepted_fen=WAN, reason="x", actor=world.officer),
        lambda: withdraw_halt(halt, actor=giver),
    )
    assert results.count("done") == 1
    halt.refresh_from_db()
    ended = halt.state == "settled"
    assert Project.objects.get().state == ("terminated" if ended else "running")
    assert claimed_fen(Agreement.objects.get()) == (4 * WAN if ended else 0)
    assert verify_books() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_notice_is_given_once_at_once_and_what_is_suspended_leaves_in_no_batch():
    world = make_world()
    project = make_project(world)
    people = signatory_of(project.organisation), signatory_of(world.street)
    results = outcomes(*[lambda one=one: call(project, "suspension", one) for one in people])
    assert sorted(results) == ["WrongState", "done"]
    halt, payable = Halt.objects.get(), Payable.objects.get()
    enter_invoice(
        payable,
        number="00000001",
        issued_on=clock.today(),
        amount_fen=payable.amount_fen,
        seller_uscc=project.organisation.uscc,
        actor=signatory_of(project.organisation),
    )
    batch = approve_batch(pay_batch(world, payable), actor=make_officer("fund_manager"))
    outcomes(
        lambda: suspend_project(halt, reason="x", actor=world.officer),
        lambda: send_batch(batch, actor=batch.made_by),
    )
    batch.refresh_from_db()
    payable.refresh_from_db()
    assert Project.objects.get().state == "suspended"
    assert payable.held_at is not None
    assert batch.state in {"approved", "sent"}
