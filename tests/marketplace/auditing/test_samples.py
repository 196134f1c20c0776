"""Samples: who draws, from what, what is refused, and what a changed population looks like."""

import datetime as dt

import pytest
from django.urls import reverse

from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import DomainError, Forbidden, WrongState
from foundation.people.models import Role
from marketplace.auditing.models import Item, Sample
from marketplace.auditing.populations import drawn_again
from marketplace.auditing.sampling import check_item, draw_sample
from marketplace.auditing.verification import samples as verify_samples
from marketplace.ledger.models import Journal
from tests.factories.auditing import auditor, make_finding, make_sample
from tests.factories.deals import make_project, make_world, pay_all
from tests.factories.ledger import give, make_fund
from tests.factories.people import person
from tests.marketplace.ledger.test_verification import triggers_away
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db


def nothing_changed():
    return (Sample.objects.count(), Item.objects.count(), Entry.objects.count())


def test_a_draw_is_recorded_with_its_seed_and_can_be_made_again():
    fund = make_fund(1_000_000)
    for _number in range(5):
        give(fund, 1_000)
    sample = make_sample(kind="journals", fund=fund, size=3, seed="6-5-4-3", purpose="年中抽查")
    assert (sample.population, sample.seed, sample.items.count()) == (6, "6-5-4-3", 3)
    again = drawn_again(sample)
    rows = sample.items.order_by("position").values_list("row", flat=True)
    assert again.members == [f"journals:{row}" for row in rows]
    assert again.sha256 == sample.population_sha256
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.facts["seed"]) == ("draw_sample", "6-5-4-3")
    give(fund, 1_000)  # what comes later was never in it
    assert drawn_again(sample) == again
    assert list(verify_samples()) == []


def test_other_funds_and_periods_are_left_out():
    fund, other = make_fund(1_000_000), make_fund(500_000)
    give(fund, 1_000)
    give(other, 1_000)
    assert make_sample(fund=fund, size=1).population == 2
    assert make_sample(size=1).population == 4
    tomorrow = clock.today() + dt.timedelta(days=2)
    with pytest.raises(DomainError, match="Nothing fits"):
        make_sample(size=1, since=tomorrow)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"size": 3}, "size"),
        ({"size": 0}, "size"),
        ({"size": 501}, "size"),
        ({"kind": "needs"}, "kind"),
        ({"kind": "screenings"}, "fund"),
        ({"seed": "$(rm)"}, "seed"),
        ({"seed": "骰子"}, "seed"),
        ({"since": dt.date(2026, 2, 1), "until": dt.date(2026, 1, 1)}, "until"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_kept(fields, field):
    fund = make_fund(1_000_000)
    who = auditor()
    before = nothing_changed()
    with pytest.raises(DomainError) as refusal:
        draw_sample(**{"kind": "journals", "size": 1, "fund": fund, **fields}, actor=who)
    assert refusal.value.field == field
    assert nothing_changed() == before


def test_only_auditors_draw():
    make_fund(1_000_000)
    for role in (Role.OFFICER, Role.FUND_MANAGER, Role.ADMINISTRATOR, Role.EXPERT):
        who = person(role)
        before = nothing_changed()
        with pytest.raises(Forbidden):
            draw_sample(kind="journals", size=1, actor=who)
        assert nothing_changed() == before
        client = as_person(who)
        assert client.get(reverse("auditing:samples")).status_code == 403
        assert client.get(reverse("auditing:desk")).status_code == 403


def test_every_population_has_pages_to_look_at():
    world = make_world()
    project = make_project(world)
    pay_all(project.agreement)
    client = as_person(auditor())
    for kind in ("journals", "payouts", "agreements", "projects"):
        sample = make_sample(kind=kind, fund=world.fund, size=1)
        page = client.get(reverse("auditing:sample", args=[sample.pk]))
        assert "it matches what was drawn" in page.content.decode()
        ((_item, url, _finding),) = page.context["items"]
        assert client.get(url).status_code == 200


def test_a_screening_decision_is_drawn_from_its_call():
    from bidding.evaluation.models import Screening

    world = make_world()
    project = make_project(world)
    proposal = project.agreement.award.proposal
    Screening.objects.create(
        proposal=proposal, decision="admit", decided_by=world.officer, decided_at=clock.now()
    )
    sample = make_sample(kind="screenings", call=world.call, size=1)
    assert sample.items.get().name == f"{proposal}: admitted"
    page = as_person(auditor()).get(reverse("auditing:sample", args=[sample.pk]))
    assert page.context["items"][0][1] == proposal.get_absolute_url()


def test_a_population_that_was_tampered_with_is_told_on_the_page_and_by_the_night():
    fund = make_fund(1_000_000)
    give(fund, 1_000)
    sample = make_sample(fund=fund, size=2)
    with triggers_away("marketplace_journal"):
        Journal.objects.filter(kind="allocate").update(effective_on=dt.date(1999, 1, 1))
    assert list(verify_samples()) == []  # without a period the day does not matter
    with triggers_away("marketplace_sample"):
        Sample.objects.filter(pk=sample.pk).update(since=dt.date(2000, 1, 1))
    assert len(list(verify_samples())) == 2
    page = as_person(auditor()).get(reverse("auditing:sample", args=[sample.pk]))
    assert "2 then, 1 now" in page.content.decode()


def test_the_download_has_the_fingerprint_of_the_page():
    import hashlib

    fund = make_fund(1_000_000)
    give(fund, 1_000)
    sample = make_sample(fund=fund, size=1)
    response = as_person(auditor()).get(reverse("auditing:population", args=[sample.pk]))
    body = b"".join(response.streaming_content)
    assert hashlib.sha256(body).hexdigest() == sample.population_sha256


def test_an_item_is_looked_at_once_and_a_finding_marks_it():
    world = make_world()
    project = make_project(world)
    who = auditor()
    item = make_sample(who, kind="projects", size=1).items.get()
    item = check_item(item, note="签到表齐全", actor=who)
    assert (item.state, item.checked_by, item.note) == ("sound", who, "签到表齐全")
    with pytest.raises(WrongState):
        check_item(item, actor=who)
    finding = make_finding(project, item=item, actor=who)
    item.refresh_from_db()
    assert (item.state, finding.item) == ("faulty", item)
    make_finding(project, item=item, actor=who)
    with pytest.raises(Forbidden):
        check_item(item, actor=world.officer)


def test_drawing_and_checking_on_the_screens():
    make_project(make_world())
    client = as_person(auditor())
    typed = {"kind": "projects", "size": "1", "seed": "", "purpose": ""}
    response = client.post(reverse("auditing:draw_sample"), typed)
    sample = Sample.objects.get()
    assert response.url == reverse("auditing:sample", args=[sample.pk])
    assert len(sample.seed) == 32
    refused = client.post(reverse("auditing:draw_sample"), {**typed, "size": "9"})
    assert "draw no more than that" in refused.content.decode()
    item = sample.items.get()
    client.post(reverse("auditing:check_item", args=[item.pk]), {"note": "看过"})
    item.refresh_from_db()
    assert (item.state, item.note) == ("sound", "看过")
    assert client.get(reverse("auditing:check_item", args=[item.pk])).status_code == 200
