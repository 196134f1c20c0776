"""The screens of matching, awards, agreements, delivery and the catalogue: who sees what."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from foundation.waiting import find
from marketplace.agreements.models import Agreement
from marketplace.awards.models import Award
from marketplace.delivery.models import Project
from marketplace.delivery.operations import report_milestone
from marketplace.ledger.models import Account
from marketplace.ledger.names import name_references
from marketplace.matching.models import AllocationRun, Interest, Money, Pledge
from marketplace.matching.operations import compute_allocation, pledge_money, show_interest
from marketplace.matching.shelf_index import keep_index
from marketplace.payments.models import Payable
from tests.factories.deals import (
    WAN,
    give,
    make_award,
    make_offered,
    make_project,
    make_ranked,
    make_world,
    pay_all,
    signatory_of,
)
from tests.factories.organisations import make_officer, make_social, member_of
from tests.scenes import scene

pytestmark = pytest.mark.django_db


def client_of(person):
    client = Client()
    client.force_login(person, backend="foundation.people.backend.PeopleBackend")
    return client


def without_second_step(client):
    """The session of somebody who signed in with one step (tests sign in with both)."""
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    return client


def status(person, name, *args):
    client = Client() if isinstance(person, AnonymousUser) else client_of(person)
    return client.get(reverse(name, args=args)).status_code


@scene
def world():
    return make_world()


@scene
def project(world):
    return make_project(world)


def test_the_shelf_is_for_buyers_and_those_who_watch(world):
    proposal = make_ranked(world, 1)
    stranger = member_of(make_social())
    auditor = make_officer(Role.AUDITOR)
    for person, code in ((world.buyer, 200), (world.officer, 200), (auditor, 200), (stranger, 403)):
        assert status(person, "matching:shelf") == code
    assert status(world.buyer, "matching:offer", proposal.pk) == 200
    assert status(stranger, "matching:offer", proposal.pk) == 404
    assert status(AnonymousUser(), "matching:shelf") == 302


def test_a_buyer_shows_interest_and_promises_money_from_the_shelf(world):
    proposal = make_ranked(world, 1)
    give(world.fund, world.street, 5 * WAN)
    client = client_of(world.buyer)
    page = client.get(reverse("matching:shelf"))
    assert proposal.title in page.content.decode()
    for nobody in ("²", "9" * 5000):
        assert client.get(f"{reverse('matching:shelf')}?buyer={nobody}").status_code == 200
    facts = {"buyer": world.street.pk, "note": "想谈谈"}
    assert (
        client.post(reverse("matching:show_interest", args=[proposal.pk]), facts).status_code == 302
    )
    assert Interest.objects.get().note == "想谈谈"
    purse = f"{world.street.pk}-{world.fund.pk}-allocated"
    address = reverse("matching:pledge_money", args=[proposal.pk])
    too_much = client.post(address, {"purse": purse, "amount_fen": "60,000"})
    assert too_much.status_code == 200
    assert "¥50,000.00" in too_much.content.decode()
    assert not Pledge.objects.exists()
    assert client.post(address, {"purse": purse, "amount_fen": "20,000.50"}).status_code == 302
    pledge = Pledge.objects.get()
    assert pledge.amount_fen == 20_000_50
    client.post(reverse("matching:withdraw_pledge", args=[pledge.pk]))
    pledge.refresh_from_db()
    assert pledge.state == "withdrawn"
    assert client.get(reverse("matching:interests")).status_code == 200


def test_an_organisation_sees_interest_in_its_own_proposals_only(world):
    mine, other = make_ranked(world, 1), make_ranked(world, 2)
    show_interest(mine, buyer=world.street, note="给一", actor=world.buyer)
    show_interest(other, buyer=world.street, note="给二", actor=world.buyer)
    page = client_of(signatory_of(mine.organisation)).get(reverse("matching:interests"))
    words = page.content.decode()
    assert "给一" in words
    assert "给二" not in words


def test_an_officer_computes_confirms_and_publishes_from_the_screens(world):
    make_ranked(world, 1)
    client = client_of(world.officer)
    assert client.get(reverse("matching:desk")).status_code == 200
    client.post(
        reverse("matching:compute_allocation", args=["2026-01"]),
        {"fund": world.fund.pk, "policies": ["rank"], "counted": "score"},
    )
    run = AllocationRun.objects.get()
    assert client.get(reverse("matching:run", args=[run.pk])).status_code == 200
    client.post(reverse("awards:confirm_allocation", args=[run.pk]))
    award = Award.objects.get()
    assert client.get(reverse("matching:runs", args=["2026-01"])).status_code == 200
    client.post(reverse("awards:publish_results", args=["2026-01"]))
    award.refresh_from_db()
    assert award.notice is not None
    for name, args in (("awards:desk", ()), ("awards:award", (award.pk,))):
        assert client.get(reverse(name, args=args)).status_code == 200
    for person in (world.buyer, signatory_of(award.proposal.organisation)):
        assert status(person, "matching:run", run.pk) == 404
        assert status(person, "matching:runs", "2026-01") == 404
        assert status(person, "matching:desk") == 403


def test_awards_are_seen_by_their_own_once_published(world):
    award = make_award(world)
    stranger = member_of(make_social())
    provider = signatory_of(award.proposal.organisation)
    for person, code in ((provider, 200), (world.buyer, 200), (stranger, 404)):
        assert status(person, "awards:award", award.pk) == code
    assert status(provider, "awards:decline_award", award.pk) == 200
    assert status(world.buyer, "awards:decline_award", award.pk) == 403
    assert status(provider, "awards:cancel_award", award.pk) == 403


def test_an_agreement_is_drawn_up_offered_and_signed_from_the_screens(world):
    award = make_award(world)
    client = client_of(world.officer)
    page = client.get(reverse("agreements:draw_up_agreement", args=[award.pk]))
    facts = page.context["form"].initial
    sent = {
        "starts_on": facts["starts_on"].isoformat(),
        "ends_on": facts["ends_on"].isoformat(),
        "signing_fen": "50,000",
        "midterm_fen": "40,000",
        "final_fen": "10,000",
    }
    client.post(reverse("agreements:draw_up_agreement", args=[award.pk]), sent)
    agreement = Agreement.objects.get()
    buyer = signatory_of(world.street)
    assert status(buyer, "agreements:agreement", agreement.pk) == 404
    client.post(reverse("agreements:offer_agreement", args=[agreement.pk]))
    assert client.get(reverse("agreements:agreement", args=[agreement.pk])).status_code == 200
    for party in agreement.parties.all():
        person = signatory_of(party.organisation)
        assert status(person, "agreements:refuse_agreement", party.pk) == 200
        address = reverse("agreements:sign_agreement", args=[party.pk])
        assert without_second_step(client_of(person)).get(address).status_code == 302
        signing = client_of(person)
        assert signing.get(address).status_code == 200
        assert signing.post(address, {"name": "别人", "read": "on"}).status_code == 200
        assert signing.post(address, {"name": person.name, "read": "on"}).status_code == 302
    assert Project.objects.count() == 1
    paper = client_of(buyer).get(reverse("documents:document", args=[agreement_paper(agreement)]))
    assert paper.status_code == 200
    stranger = member_of(make_social())
    assert status(stranger, "agreements:agreement", agreement.pk) == 404
    assert status(stranger, "documents:document", agreement_paper(agreement)) == 404


def agreement_paper(agreement):
    agreement.refresh_from_db()
    return agreement.document.uuid


def test_only_who_signs_gets_the_signing_page(world):
    agreement = make_offered(world)
    party = agreement.parties.get(side="buyer")
    address = reverse("agreements:sign_agreement", args=[party.pk])
    for person, code in ((world.buyer, 403), (member_of(make_social()), 404)):
        assert client_of(person).get(address).status_code == code


def test_a_project_is_reported_accepted_and_shown(world, project):
    milestone = project.milestones.first()
    provider = client_of(signatory_of(project.organisation))
    address = reverse("delivery:report_milestone", args=[milestone.pk])
    assert provider.get(address).status_code == 200
    from django.core.files.uploadedfile import SimpleUploadedFile

    facts = {
        "text": "完成三场",
        "served": "120",
        "spent_fen": "20,000",
        "file_1": SimpleUploadedFile("a.txt", b"here"),
        "caption_1": "签到表",
        "public_1": "on",
    }
    assert provider.post(address, {**facts, "caption_1": ""}).status_code == 200
    facts["file_1"].seek(0)
    assert provider.post(address, facts).status_code == 302
    buyer = client_of(world.buyer)
    for name in ("delivery:accept_milestone", "delivery:return_milestone"):
        assert buyer.get(reverse(name, args=[milestone.pk])).status_code == 200
        assert provider.get(reverse(name, args=[milestone.pk])).status_code == 403
    assert buyer.post(reverse("delivery:accept_milestone", args=[milestone.pk])).status_code == 302
    for client in (provider, buyer, client_of(world.officer)):
        page = client.get(reverse("delivery:project", args=[project.pk]))
        assert "完成三场" in page.content.decode()
    desk, paid = reverse("delivery:project", args=[project.pk]), ">已付<"
    assert paid not in buyer.get(desk).content.decode()
    pay_all(project.agreement)
    assert paid in buyer.get(desk).content.decode()
    assert status(member_of(make_social()), "delivery:project", project.pk) == 404
    public = Client().get(project.get_absolute_url()).content.decode()
    assert "签到表" in public
    assert "完成三场" not in public
    assert status(world.officer, "delivery:terminate_project", project.pk) == 200
    assert status(world.officer, "delivery:close_project", project.pk) == 200
    assert status(world.buyer, "delivery:terminate_project", project.pk) == 403


def more_projects(project, count):
    """The same project again and again, under other numbers (rows only, for counting queries)."""
    for number in range(count):
        agreement = Agreement.objects.get(pk=project.agreement_id)
        award = agreement.award
        proposal = award.proposal
        proposal.pk, proposal.serial = None, f"9{number:02d}"
        proposal.organisation = make_social()
        proposal.save()
        award.pk, award.proposal = None, proposal
        award.save()
        agreement.pk, agreement.award, agreement.number = None, award, f"M{number}"
        agreement.save()
        other = Project.objects.get(pk=project.pk)
        other.pk, other.agreement, other.number = None, agreement, f"P{number}"
        other.organisation = proposal.organisation
        other.save()


@pytest.mark.parametrize("view", ["", "?view=table", "?category=life-care&sort=money&q=项目"])
def test_the_catalogue_asks_the_same_few_questions_for_one_row_and_for_three(
    project, view, django_assert_max_num_queries
):
    address = reverse("catalogue:projects") + view
    Client().get(address)
    with django_assert_max_num_queries(8) as one:
        assert Client().get(address).status_code == 200
    more_projects(project, 2)
    with django_assert_max_num_queries(8) as three:
        page = Client().get(address)
    assert len(page.context["page"].object_list) == 3
    assert len(one) == len(three)


def test_the_catalogue_narrows_by_what_the_address_says(world, project):
    more_projects(project, 1)
    for query, count in (
        ("", 2),
        ("?q=不存在", 0),
        (f"?organisation={project.organisation_id}", 1),
        ("?state=running", 2),
        ("?state=closed", 0),
        (f"?year={project.year}", 2),
        (f"?buyer={world.street.pk}", 2),
        ("?category=life-care", 2),
    ):
        page = Client().get(reverse("catalogue:projects") + query)
        assert len(page.context["page"].object_list) == count, query


def test_a_projects_page_asks_at_most_eight_questions(
    world, django_assert_max_num_queries, project
):
    for milestone in project.milestones.all()[:1]:
        report_milestone(
            milestone,
            text="x",
            served=1,
            spent_fen=1,
            actor=signatory_of(project.organisation),
        )
    with django_assert_max_num_queries(8):
        page = Client().get(project.get_absolute_url())
    assert page.status_code == 200
    assert world.street.name in page.content.decode()
    assert Client().get("/projects/nothing/").status_code == 404


def test_an_organisations_profile_shows_its_projects(project):
    for body in (project.organisation, project.buyer):
        assert project.title in Client().get(body.get_absolute_url()).content.decode()
    assert project.title not in Client().get(make_social().get_absolute_url()).content.decode()


def test_the_selection_as_a_file_is_safe_to_open(world):
    project = make_project(world, title="=HYPERLINK(1)")
    answer = Client().get(reverse("catalogue:projects_csv"))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert f"{project.number},'=HYPERLINK(1)," in lines[1]
    assert "100000.00" in lines[1]


def test_desk_pages_ask_at_most_twelve_questions(world, django_assert_max_num_queries):
    for rank in (1, 2, 3):
        proposal = make_ranked(world, rank)
        show_interest(proposal, buyer=world.street, actor=world.buyer)
    give(world.fund, world.street, 9 * WAN)
    pledge_money(
        proposal,
        buyer=world.street,
        fund=world.fund,
        money=Money.ALLOCATED,
        amount_fen=WAN,
        actor=world.buyer,
    )
    run = compute_allocation(world.call, fund=world.fund, actor=world.officer)
    keep_index(world.call.ranking)  # as is done when a ranking stands
    for person, name, args in (
        (world.buyer, "matching:shelf", ()),
        (world.buyer, "matching:interests", ()),
        (world.officer, "matching:runs", ("2026-01",)),
        (world.officer, "matching:run", (run.pk,)),
        (world.officer, "awards:desk", ()),
        (world.buyer, "agreements:desk", ()),
        (world.buyer, "delivery:desk", ()),
    ):
        client = client_of(person)
        client.get(reverse(name, args=args))
        with django_assert_max_num_queries(12):
            assert client.get(reverse(name, args=args)).status_code == 200


def test_people_without_a_signature_or_union_do_not_wait(world):
    from marketplace.agreements import waiting as agreements
    from marketplace.awards import waiting as awards
    from marketplace.delivery import waiting as delivery
    from marketplace.matching import waiting as matching

    agreement = make_offered(world)
    buyer = signatory_of(world.street)
    assert [w.kind for w in find(agreements.looks_for(buyer))] == ["agreements"]
    assert find(agreements.looks_for(world.buyer)) == []
    stranger = member_of(make_social(), MembershipRole.MEMBER)
    for room in (agreements, awards, delivery, matching):
        assert find(room.looks_for(stranger)) == []
        find(room.looks_for(world.officer))
    assert agreement.state == "offered"


def test_the_book_and_the_payments_call_things_by_their_names(project):
    agreement = project.agreement
    treasurer = client_of(make_officer(Role.FUND_MANAGER))
    held = Account.objects.filter(place="encumbered").first()
    page = treasurer.get(reverse("ledger:account", args=[held.pk])).content.decode()
    assert f"<h1>{agreement}</h1>" in page
    assert reverse("agreements:agreement", args=[agreement.pk]) in page
    payable = Payable.objects.get(reference__startswith="tranche:")
    page = treasurer.get(reverse("payments:payable", args=[payable.pk])).content.decode()
    assert payable.reference not in page
    assert f"{agreement.title}：第 1 期拨款（签约后）" in page
    stranger = member_of(make_social())
    name = name_references(stranger, [payable.reference])[payable.reference]
    assert name.url == ""
    assert name_references(stranger, ["tranche:x", "test", f"tranche:{payable.pk + 99}"]) == {}
