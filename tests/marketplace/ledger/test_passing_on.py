"""Budget down the union tree: only to descendants, never more than there is, back if still free."""

import pytest
from django.db import transaction
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from marketplace.ledger import accounts
from marketplace.ledger.book import Line, Overdrawn, post
from marketplace.ledger.budgets import pass_on_budget, passed_on, take_back_budget
from marketplace.ledger.models import Journal
from marketplace.ledger.queries import balance, budget_against_actual
from marketplace.ledger.verification import own_faults
from tests.at_once import at_once, numbered
from tests.factories.ledger import fund_manager, give, image, make_fund
from tests.factories.organisations import make_person, make_union, member_of
from tests.marketplace.money_pages import as_person


def _tree(fen=1_000):
    """A hub with a budget, its manager, a port under it, an enterprise under the port."""
    federation = make_union()
    hub = make_union(federation)
    port = make_union(hub)
    enterprise = make_union(port)
    fund = make_fund(10_000)
    give(fund, fen, hub)
    return fund, hub, member_of(hub), port, enterprise


def _pocket(fund, union):
    return balance(accounts.buyer_available(fund, union))


def _refused(refusal, operation, *args, match=None, **facts):
    before = image(), Entry.objects.count(), Notification.objects.count()
    with pytest.raises(refusal, match=match), transaction.atomic():
        operation(*args, **facts)
    assert (image(), Entry.objects.count(), Notification.objects.count()) == before


@pytest.mark.django_db
def test_a_hub_passes_on_to_whoever_is_below_and_takes_back_what_is_free():
    fund, hub, person, port, enterprise = _tree()
    head = member_of(port)
    said = {"fund": fund, "reason": "下拨", "actor": person}
    pass_on_budget(hub, buyer=port, amount_fen=600, **said)
    pass_on_budget(hub, buyer=enterprise, amount_fen=100, **said)
    assert [_pocket(fund, union) for union in (hub, port, enterprise)] == [300, 600, 100]
    assert Entry.objects.filter(action="pass_on_budget").count() == 2
    assert Notification.objects.filter(person=head, kind="budget_passed_on").count() == 1
    post(
        key="r",
        kind="reserve",
        lines=[
            Line(
                accounts.buyer_available(fund, port),
                accounts.award_reserved(fund, 5, accounts.buyer_available(fund, port)),
                450,
            )
        ],
        reference="award:5",
        actor=person,
        fund=fund,
    )
    [row] = [row for row in passed_on([hub]) if row.buyer == port]
    assert (row.fen, row.free_fen, row.may_come_back_fen) == (600, 150, 150)
    _refused(Overdrawn, take_back_budget, hub, buyer=port, amount_fen=151, match="¥1.50", **said)
    take_back_budget(hub, buyer=port, amount_fen=150, **said)
    assert [_pocket(fund, union) for union in (hub, port)] == [450, 0]
    pockets = fund.accounts.filter(place="buyer").order_by("pk")
    assert sum(row.given_fen for row in budget_against_actual(pockets)) == 1_000
    assert own_faults() == []


@pytest.mark.django_db
def test_nobody_passes_on_what_is_not_theirs_nor_to_whom_is_not_below():
    fund, hub, person, port, _enterprise = _tree()
    said = {"fund": fund, "reason": "r", "amount_fen": 10}
    for actor in (
        member_of(port),
        member_of(hub, MembershipRole.FINANCE),
        fund_manager(),
        make_person("", Role.OFFICER),
    ):
        _refused(Forbidden, pass_on_budget, hub, buyer=port, actor=actor, **said)
        _refused(Forbidden, take_back_budget, hub, buyer=port, actor=actor, **said)
    for stranger in (hub, make_union(), hub.union.get_parent().organisation):
        _refused(DomainError, pass_on_budget, hub, buyer=stranger, actor=person, **said)
    said["amount_fen"] = 1_001
    _refused(Overdrawn, pass_on_budget, hub, buyer=port, actor=person, match="¥10.00", **said)
    for fen in (0, -1, 2**53 + 1):
        said["amount_fen"] = fen
        _refused(DomainError, pass_on_budget, hub, buyer=port, actor=person, **said)


@pytest.mark.django_db
def test_only_what_one_passed_on_oneself_can_be_taken_back():
    fund, hub, person, port, _enterprise = _tree()
    give(fund, 500, port)
    said = {"fund": fund, "reason": "r", "actor": person}
    _refused(DomainError, take_back_budget, hub, buyer=port, amount_fen=1, match="¥0.00", **said)
    pass_on_budget(hub, buyer=port, amount_fen=20, **said)
    _refused(DomainError, take_back_budget, hub, buyer=port, amount_fen=21, match="¥0.20", **said)
    take_back_budget(hub, buyer=port, amount_fen=20, **said)
    _refused(DomainError, take_back_budget, hub, buyer=port, amount_fen=1, **said)
    assert passed_on([hub]) == []


@pytest.mark.django_db
def test_an_ended_fund_is_not_passed_on():
    fund, hub, person, port, _enterprise = _tree()
    fund.ends_on = fund.starts_on.replace(year=2015)
    fund.save()
    said = {"fund": fund, "reason": "r", "actor": person, "amount_fen": 1}
    _refused(WrongState, pass_on_budget, hub, buyer=port, **said)


@pytest.mark.django_db
def test_passing_on_and_taking_back_on_the_desk():
    fund, hub, person, port, _enterprise = _tree()
    client = as_person(person)
    page = client.get(reverse("ledger:budget", args=[hub.pk]))
    url = reverse("ledger:pass_on_budget", args=[hub.pk])
    assert url in page.content.decode()
    typed = {"fund": fund.pk, "buyer": port.pk, "amount_fen": "10.01", "reason": "下拨"}
    page = client.post(url, typed)
    assert list(page.context["form"].errors) == ["amount_fen"]
    typed |= {"amount_fen": "6", "once": "0b1d5a6e-6c0e-4a4a-8a7e-0d6f3a6ad0a1"}
    for _click in range(2):
        assert client.post(url, typed).status_code == 302
    assert _pocket(fund, port) == 600
    page = client.get(reverse("ledger:budget", args=[hub.pk]))
    assert [row.fen for row in page.context["passed"]] == [600]
    back = reverse("ledger:take_back_budget", args=[hub.pk])
    assert back in page.content.decode()
    assert client.post(back, {**typed, "amount_fen": "2"}).status_code == 302
    assert _pocket(fund, port) == 400
    other = as_person(member_of(port))
    assert other.get(url).status_code == 403
    assert other.get(back).status_code == 403
    leaf = other.get(reverse("ledger:budget", args=[port.pk]))
    assert leaf.context["may_pass_on"] is True  # an enterprise is below the port
    finance = as_person(member_of(hub, MembershipRole.FINANCE))
    assert finance.get(reverse("ledger:budget", args=[hub.pk])).context["may_pass_on"] is False


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_at_once_pass_on_no_more_than_there_is():
    fund, hub, person, port, enterprise = _tree(100)
    results = at_once(
        *numbered(
            8,
            lambda number: pass_on_budget(
                hub,
                fund=fund,
                buyer=(port, enterprise)[number % 2],
                amount_fen=30,
                reason="r",
                actor=person,
            ),
        )
    )
    assert [type(result) for result in results].count(Journal) == 3
    assert all(isinstance(r, (Journal, DomainError)) for r in results), results
    assert _pocket(fund, hub) == 10
    assert _pocket(fund, port) + _pocket(fund, enterprise) == 90
    results = at_once(
        *numbered(
            8,
            lambda _number: take_back_budget(
                hub, fund=fund, buyer=port, amount_fen=30, reason="r", actor=person
            ),
        )
    )
    assert _pocket(fund, port) == 0
    assert _pocket(fund, hub) + _pocket(fund, enterprise) == 100
    assert own_faults() == []
