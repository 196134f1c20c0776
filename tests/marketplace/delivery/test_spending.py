"""What a project spends: invoices charged to budget lines, reported, struck, never used twice."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError, Forbidden, WrongState
from marketplace.delivery.operations import (
    report_milestone,
    return_milestone,
    terminate_project,
)
from marketplace.delivery.spending import lines_of, whole
from marketplace.delivery.spending_models import Expense, SupplierInvoice
from marketplace.delivery.spending_operations import enter_expense, strike_expense
from marketplace.delivery.spending_queries import budget_lines, proven_fen, unreported_fen
from tests.at_once import at_once
from tests.factories.deals import make_project, make_world, signatory_of
from tests.factories.organisations import make_person, make_social
from tests.factories.people import enter
from tests.scenes import scene

SELLER = "91110000600037341L"
INVOICE = {"number": "24312000000012345678", "seller": "文具店", "seller_uscc": SELLER}
YUAN = 100


def test_lines_say_what_is_left_and_what_is_over():
    budget = [
        {"item": "讲师", "group": "activity", "source": "seed", "quantity": 3, "unit_price_fen": 5},
        {"item": "税", "group": "tax", "source": "buyer", "quantity": 1, "unit_price_fen": 4},
    ]
    one, two = lines_of(budget, {1: 6})
    assert (one.rest_fen, one.is_over) == (15, False)
    assert (two.rest_fen, two.is_over) == (-2, True)
    assert whole([one, two]) == (19, 6)
    assert whole([]) == (0, 0)


@scene
def world():
    return make_world()


def two_lines(project):
    """The project with a second line in its agreed budget."""
    agreement = project.agreement
    line = {**agreement.terms["content"]["budget"][0], "item": "资料"}
    agreement.terms["content"]["budget"].append(line)
    agreement.save(update_fields=["terms"])
    return project


@scene
def project(world):
    return two_lines(make_project(world))


def spend(project, fen=200 * YUAN, line=0, **facts):
    given = {"invoice_fen": 500 * YUAN, "issued_on": clock.today(), **INVOICE, **facts}
    actor = given.pop("actor", None) or signatory_of(project.organisation)
    return enter_expense(project, line=line, amount_fen=fen, actor=actor, **given)


@pytest.mark.django_db
def test_a_report_says_what_the_invoices_come_to_and_rests_on_them(world, project):
    milestone = project.milestones.first()
    provider = signatory_of(project.organisation)
    assert unreported_fen(project.pk) is None
    first = spend(project)
    second = spend(project, 100 * YUAN, number="2", code="031001900111")
    strike_expense(second, reason="记错项目", actor=provider)
    spend(project, 50 * YUAN, number="3")
    facts = {"text": "已完成", "served": 3, "actor": provider}
    with pytest.raises(DomainError) as refusal:
        report_milestone(milestone, spent_fen=200 * YUAN, **facts)
    assert refusal.value.field == "spent_fen"
    report = report_milestone(milestone, spent_fen=250 * YUAN, **facts)
    assert (proven_fen(report), unreported_fen(project.pk)) == (250 * YUAN, 0)
    first.refresh_from_db()
    with pytest.raises(WrongState):  # a report rests on it
        strike_expense(first, reason="改", actor=provider)
    return_milestone(milestone, reason="发票缺", actor=world.buyer)
    strike_expense(first, reason="发票作废", actor=provider)
    again = report_milestone(milestone, spent_fen=50 * YUAN, **facts)
    assert (proven_fen(again), proven_fen(report)) == (50 * YUAN, 0)
    assert budget_lines(project)[0].spent_fen == 50 * YUAN


@pytest.mark.django_db
def test_what_is_wrong_is_refused_and_changes_nothing(world, project):
    late = clock.today().replace(year=clock.today().year + 1)
    for field, facts in (
        ("line", {"line": 99}),
        ("line", {"line": -1}),
        ("amount_fen", {"fen": 0}),
        ("amount_fen", {"fen": 501 * YUAN}),
        ("issued_on", {"issued_on": late}),
    ):
        with pytest.raises(DomainError) as refusal:
            spend(project, **facts)
        assert refusal.value.field == field
    for person in (world.buyer, world.officer, signatory_of(make_social()), make_person()):
        with pytest.raises(Forbidden):
            spend(project, actor=person)
    assert not SupplierInvoice.objects.exists()
    one = spend(project, 300 * YUAN)
    for field, facts in (
        ("line", {"fen": 1}),  # this line has it
        ("amount_fen", {"line": 1, "fen": 201 * YUAN}),  # more than is left of it
        ("number", {"line": 1, "fen": 1, "invoice_fen": 501 * YUAN}),
    ):
        with pytest.raises(DomainError) as refusal:
            spend(project, **facts)
        assert refusal.value.field == field
    spend(project, 200 * YUAN, line=1)
    with pytest.raises(DomainError):
        strike_expense(one, reason=" ", actor=signatory_of(project.organisation))
    with pytest.raises(Forbidden):
        strike_expense(one, reason="x", actor=world.buyer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Expense.objects.update(line=0)
    terminate_project(project, reason="终止", actor=world.officer)
    with pytest.raises(WrongState):
        spend(project, 1, number="9")
    with pytest.raises(WrongState):
        strike_expense(one, reason="x", actor=signatory_of(project.organisation))
    assert Expense.objects.filter(struck_at=None).count() == 2


@pytest.mark.django_db
def test_an_invoice_of_another_project_is_refused_until_it_is_struck_there(world, project):
    other = make_project(make_world(number="2026-02", fund="second"))
    one = spend(project)
    with pytest.raises(DomainError) as refusal:
        spend(other)
    assert refusal.value.field == "number"
    strike_expense(one, reason="属另一项目", actor=signatory_of(project.organisation))
    spend(other, 500 * YUAN)
    assert budget_lines(project)[0].spent_fen == 0
    with pytest.raises(DomainError):
        spend(project)


@pytest.mark.django_db
def test_the_desk_enters_shows_strikes_and_exports_it(
    world, project, django_assert_max_num_queries
):
    own, buyer = enter(signatory_of(project.organisation)), enter(world.buyer)
    url = reverse("delivery:enter_expense", args=[project.pk])
    facts = {**INVOICE, "line": "0", "amount_fen": "200", "invoice_fen": "500"}
    facts |= {"issued_on": clock.today().isoformat(), "note": "=HYPERLINK(1)"}
    wrong = own.post(url, {**facts, "seller_uscc": "91110000600037341M"})
    assert list(wrong.context["form"].errors) == ["seller_uscc"]
    scan = SimpleUploadedFile("fapiao.txt", "发票".encode())
    assert own.post(url, {**facts, "upload": scan}).status_code == 302
    expense = Expense.objects.get()
    page = reverse("delivery:spending", args=[project.pk])
    with django_assert_max_num_queries(12):
        one = buyer.get(page)
    for number in ("7", "8"):
        spend(project, 1, number=number)
    with django_assert_max_num_queries(12):
        assert len(buyer.get(page).context["rows"]) == 3
    assert [may for _row, may, _item in one.context["rows"]] == [False]
    document = reverse("documents:document", args=[expense.invoice.document.uuid])
    assert buyer.get(document).status_code == 200
    assert enter(signatory_of(make_social())).get(document).status_code == 404
    told = own.get(reverse("delivery:report_milestone", args=[project.milestones.first().pk]))
    assert told.context["form"].fields["spent_fen"].initial == 200 * YUAN + 2
    strike = reverse("delivery:strike_expense", args=[expense.pk])
    assert own.post(strike, {"reason": "重复"}).status_code == 302
    file = own.get(reverse("delivery:spending_csv", args=[project.pk])).getvalue().decode()
    rows = list(csv.reader(io.StringIO(file.lstrip("\ufeff"))))
    assert len(rows) == 4
    assert rows[1][2:4] == ["200.00", "'=HYPERLINK(1)"]
    assert rows[1][-1] == "重复"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_at_once_charge_an_invoice_no_further_than_whole_and_in_one_project():
    one = two_lines(make_project(make_world()))
    other = two_lines(make_project(make_world(number="2026-02", fund="second")))
    acts = [
        lambda p=p, line=line: spend(p, 200 * YUAN, line=line)
        for p in (one, other)
        for line in (0, 0, 1, 1)
    ]
    done = at_once(*acts)
    stands = list(Expense.objects.values_list("project", "line"))
    assert len({project for project, _line in stands}) == 1
    assert len(stands) == len(set(stands)) <= 2
    assert sum(isinstance(row, Expense) for row in done) == len(stands)
    assert sum(Expense.objects.values_list("amount_fen", flat=True)) <= 500 * YUAN
