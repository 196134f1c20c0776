"""Budget against actual: its sums are the ledger's in every grouping; filters, files, roles."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from foundation import clock
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from marketplace.agreements.models import Gate
from marketplace.agreements.money import owe_tranche, send_rest_home
from marketplace.agreements.states import AgreementState
from marketplace.desk.budget_rows import GROUPS, facts_for, rows_of
from marketplace.ledger import accounts
from marketplace.ledger.book import post
from marketplace.ledger.models import Place, Transfer
from marketplace.ledger.queries import came_in, sums_by_fund
from marketplace.ledger.returns import claim_lines, recover_lines
from marketplace.ledger.verification import own_faults
from tests.factories import deals
from tests.factories.deals import WAN
from tests.factories.organisations import make_person, member_of
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def _world():
    """Two pockets, one project with a tranche paid, one owed, part returned, part claimed back."""
    world = deals.make_world()
    project = deals.make_project(world, asked_fen=9 * WAN + 1, pledged_fen=4 * WAN + 3)
    agreement = project.agreement
    deals.pay_all(agreement)
    tranche = agreement.tranches.get(gate=Gate.MIDTERM)
    owe_tranche(tranche, tranche.amount_fen - 77, actor=SYSTEM)
    send_rest_home(agreement, AgreementState.TERMINATED, actor=SYSTEM)
    provider = agreement.award.proposal.organisation
    for kind, lines, fen in (("claim", claim_lines, 1_001), ("recover", recover_lines, 999)):
        post(
            key=kind,
            kind=kind,
            lines=lines(world.fund, provider, agreement.pk, fen),
            reference=f"agreement:{agreement.pk}",
            actor=SYSTEM,
            fund=world.fund,
        )
    return world, agreement.award


def _image(sums):
    return {
        Place.RESERVED: sums.reserved,
        Place.ENCUMBERED: sums.bound,
        Place.PAYABLE: sums.owed,
        Place.PAID: sums.paid,
        Place.RECEIVABLE: sums.back,
    }


def test_every_grouping_adds_up_to_the_ledger_to_the_fen():
    world, award = _world()
    other = deals.make_fund("2027-seed", seed_fen=33)
    deals.give(other, world.street, 11)
    deals.give(other, world.street, 7, own=True)
    assert own_faults() == []
    held = sums_by_fund([world.fund, other])
    facts = facts_for(make_person("", Role.AUDITOR))
    for group in GROUPS:
        rows, whole = rows_of(facts, group, {})
        assert whole.given == sum(row.sums.given for row in rows)
        assert whole.given == sum(came_in(one) for one in held.values())
        for place, fen in _image(whole).items():
            assert fen == sum(one[place] for one in held.values()), (group, place)
    by_fund, _whole = rows_of(facts, "fund", {})
    for row in by_fund:
        fund = {world.fund.code: world.fund, other.code: other}[row.key]
        assert row.sums.given == came_in(held[fund.pk])
        assert _image(row.sums) == {place: held[fund.pk][place] for place in _image(row.sums)}
    [project] = [row for row in rows_of(facts, "project", {})[0] if row.key == str(award.pk)]
    returned = Transfer.objects.filter(journal__kind__in=["unencumber", "recover"])
    assert project.sums.returned == sum(step.amount_fen for step in returned) > 0
    assert project.sums.paid > 0 < project.sums.owed
    assert project.sums.back == 2
    assert project.sums.free == 0


def test_a_unions_rows_are_its_pockets():
    world, _award = _world()
    facts = facts_for(make_person("", Role.AUDITOR))
    rows, _whole = rows_of(facts, "buyer", {})
    [street] = [row for row in rows if row.title == world.street.name]
    [fund] = [row for row in rows if row.key == "none"]
    assert street.sums.given == 4 * WAN + 3
    assert street.sums.given + fund.sums.given == 100 * WAN
    assert fund.title == "the fund itself"


def test_filters_narrow_and_a_row_opens_into_what_it_is_made_of():
    world, _award = _world()
    client = as_person(make_person("", Role.OFFICER))
    url = reverse("desk:spending")
    page = client.get(url)
    [(row, _statements)] = page.context["rows"]
    page = client.get(url + row.url)
    assert {row.title for row, _s in page.context["rows"]} == {
        "the fund itself",
        world.street.name,
    }
    [(row, statements)] = [one for one in page.context["rows"] if one[0].key != "none"]
    assert client.get(reverse("ledger:account", args=[statements[0][0]])).status_code == 200
    page = client.get(url + row.url)
    assert {row.title for row, _s in page.context["rows"]} == {
        "项目1",
        "not promised to anything",
    }
    [row] = [row for row, _s in page.context["rows"] if row.key != "none"]
    page = client.get(row.url)
    steps = list(page.context["page"])
    kinds = {step.journal.kind for step in steps}
    assert kinds >= {"reserve", "encumber", "expend", "pay", "claim", "recover"}
    paid = next(step for step in steps if step.journal.kind == "pay")
    journal = reverse("ledger:journal", args=[paid.journal_id])
    assert f"{journal}#transfer-{paid.pk}" in page.content.decode()
    page = client.get(journal)
    assert f'id="transfer-{paid.pk}"' in page.content.decode()
    names = [paper.purpose for paper in page.context["papers"]]
    assert names == ["agreement"]  # an officer may not read the bank's file
    manager = as_person(make_person("", Role.FUND_MANAGER))
    papers = manager.get(journal).context["papers"]
    assert [paper.purpose for paper in papers] == ["agreement", "bank_batch"]
    assert manager.get(papers[1].get_absolute_url()).status_code == 200
    for query, titles in (
        ("by=project&call=2026-01", {"项目1"}),
        ("by=project&project=目1", {"项目1"}),
        ("by=project&project=nothing", set()),
        ("by=category&category=life-care", {"Life care"}),
        ("by=year&year=1999", {str(clock.today().year)}),
        ("by=nonsense&fund=nonsense", {"种子资金"}),
    ):
        page = client.get(f"{url}?{query}")
        assert {row.title for row, _s in page.context["rows"]} == titles, query


def test_the_files_say_what_the_page_says_in_numbers():
    _world()
    client = as_person(make_person("", Role.AUDITOR))
    query = "?by=buyer"
    shown = client.get(reverse("desk:spending") + query).context
    body = client.get(reverse("desk:spending_csv") + query).getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert rows[0][:3] == ["union that pays", "Given", "Reserved"]
    assert [row[0] for row in rows[1:-1]] == [row.title for row, _s in shown["rows"]]
    assert float(rows[-1][1]) * 100 == shown["whole"].given
    sheet = client.get(reverse("desk:spending_xlsx") + query)
    book = openpyxl.load_workbook(io.BytesIO(sheet.getvalue()), read_only=True).active
    cells = list(book.iter_rows(values_only=True))
    assert [round(100 * cell) for cell in cells[-1][1:]] == [
        round(100 * float(cell)) for cell in rows[-1][1:]
    ]
    assert [row[0] for row in cells] == [row[0] for row in rows]


def test_only_those_who_read_the_books_or_keep_a_unions_money_see_budgets():
    world, award = _world()
    urls = [reverse("desk:spending"), reverse("desk:spending_csv")]
    urls += [reverse("desk:spending_xlsx"), reverse("desk:promise", args=[award.pk])]
    for role in (Role.OFFICER, Role.FUND_MANAGER, Role.AUDITOR):
        client = as_person(make_person("", role))
        assert [client.get(url).status_code for url in urls] == [200] * 4
    keeper = as_person(member_of(world.street, MembershipRole.FINANCE))
    page = keeper.get(urls[0] + "?by=buyer")
    assert [row.title for row, _s in page.context["rows"]] == [world.street.name]
    assert page.context["whole"].given == 4 * WAN + 3
    page = keeper.get(urls[3])
    assert [pocket.organisation for pocket, _s in page.context["found"].pockets] == [world.street]
    for step in page.context["page"]:
        assert keeper.get(reverse("ledger:journal", args=[step.journal_id])).status_code == 200
    stranger = as_person(member_of(deals.make_union(world.federation, name="别的工会")))
    assert stranger.get(urls[0]).context["rows"] == []
    assert stranger.get(urls[3]).status_code == 404
    for person in (make_person("", Role.EXPERT), member_of(world.street, MembershipRole.MEMBER)):
        client = as_person(person)
        assert [client.get(url).status_code for url in urls] == [403] * 4


def test_the_pages_cost_the_same_with_one_project_and_with_three():
    world, award = _world()
    client = as_person(make_person("", Role.FUND_MANAGER))
    urls = [reverse("desk:spending") + f"?by={group}" for group in GROUPS]
    urls.append(reverse("desk:promise", args=[award.pk]))

    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    before = [cost(url) for url in urls]
    for number in (2, 3):
        deals.give(deals.make_fund(f"f-{number}", 10_000), world.street, 500 * number)
    source, reserved = accounts.fund_available(world.fund), accounts.award_reserved
    for number in (901, 902):  # awards nobody knows any more
        deals.move("reserve", world.fund, source, reserved(world.fund, number, source), 5)
    assert [cost(url) for url in urls] == before
    assert max(before) <= 12
