"""The world in which every address is asked: one of everything, each in the hands of somebody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile

from bidding.evaluation.bench import enrol_expert, state_tie
from bidding.evaluation.blinding import hide_word
from bidding.evaluation.models import Sheet
from bidding.needs.freezing import freeze
from bidding.notices.models import Notice
from bidding.proposals.models import Proposal
from bidding.proposals.operations import attach_document
from foundation import clock
from foundation.organisations.models import Claim, MembershipRole, Organisation, Replacement
from foundation.organisations.standing_models import Ban, RelatedParty
from foundation.people.invitation_operations import invite_person
from foundation.people.models import Person, Role
from foundation.permissions import SYSTEM
from marketplace.auditing.inspecting import ask_inspection
from marketplace.complaints.operations import send_complaint
from marketplace.delivery.extension_operations import ask_extension
from marketplace.delivery.halt_operations import call_halt
from marketplace.delivery.models import Project
from marketplace.delivery.spending_operations import enter_expense
from marketplace.delivery.voice_operations import ask_served
from marketplace.honoraria.models import HonorariaList, Honorarium
from marketplace.matching.limit_models import Exclusion, GroupLimit
from marketplace.matching.operations import show_interest
from marketplace.matching.shelf_operations import write_note
from marketplace.payments.deposit_models import Deposit
from marketplace.payments.events import take_in_event
from marketplace.payments.gateway import Told
from marketplace.payments.own_accounts import add_bank_account
from marketplace.payments.refunds import refund_deposit
from marketplace.payments.statements import import_statement
from marketplace.reconciliation.findings import Compared, Found
from marketplace.reconciliation.operations import ask_reconciliation, finish_reconciliation
from tests.factories import (
    auditing,
    calls,
    deals,
    evaluation,
    incoming,
    needs,
    notices,
    payments,
    proposals,
    statements,
)
from tests.factories.organisations import (
    join,
    make_document,
    make_organisation,
    make_proof,
    make_social,
)
from tests.factories.people import person


@dataclass
class Town:
    """A person for every role, and what stands for the parameter of an address (found by its
    name, or by what goes before the parameter in its route).
    """

    people: dict[str, Person | None] = field(default_factory=dict)
    chosen: dict[str, Any] = field(default_factory=dict)
    sealed: list[str] = field(default_factory=list)
    """What the bidder wrote into proposals that are not open yet: nobody else is told it."""


def settle() -> Town:
    """A project under way, an open call with a draft, a panel at work, and the rest."""
    town = Town()
    world = deals.make_world()
    refused = deals.make_ranked(world, 9, asked_fen=70 * deals.WAN)
    project = deals.make_project(world)
    bidder: Organisation = project.agreement.award.proposal.organisation
    stranger = make_social("陌生社工服务社")
    posts = (Role.FUND_MANAGER, Role.AUDITOR, Role.EXPERT, Role.EDITOR, Role.ADMINISTRATOR)
    town.people = {
        "anonymous": None,
        "bidder": deals.signatory_of(bidder),
        "stranger": deals.signatory_of(stranger),
        "buyer": world.buyer,
        "officer": world.officer,
        **{post.value: person(post) for post in posts},
    }
    # who is above every law in Django's eyes is above none here
    Person.objects.filter(pk=town.people["administrator"].pk).update(
        is_superuser=True, is_staff=True
    )
    awarded = project.agreement.award.proposal
    town.chosen |= {
        "desk/agreements/party/": project.agreement.parties.get(side="provider").pk,
        "evaluation:result": awarded.pk,
        "evaluation:score_sheet": awarded.pk,
        "proposals:envelope": awarded.pk,
        "proposals:envelope_paper": awarded.pk,
        "proposals:receipt_paper": awarded.pk,
    }
    _ask_workers(town)
    _bid(town, bidder)
    _judge(town, bidder)
    _look_for_buyers(town, world)
    _share_out(town, world, refused)
    _object(town, world)
    _pay(town)
    _take_in(town, world)
    _audit(town, project)
    milestone = project.milestones.first()
    day = milestone.due_on + dt.timedelta(days=1)
    ask_extension(milestone, due_on=day, reason="装修", actor=town.people["bidder"])
    call_halt(
        project,
        kind="suspension",
        reason="装修",
        evidence=[ContentFile(b"x", name="x.txt")],
        actor=town.people["bidder"],
    )
    enter_expense(
        project,
        line=0,
        amount_fen=100,
        number="1",
        issued_on=clock.today(),
        invoice_fen=100,
        seller_uscc="91110000600037341L",
        seller="文具店",
        actor=town.people["bidder"],
    )
    ask_served(
        project, occasion="周六", held_on=clock.today(), people=9, actor=town.people["bidder"]
    )
    _ask_the_officer(town, bidder, stranger)
    send_complaint(about="site", words="看不清", key="secret", actor=None)
    return town


def _ask_workers(town: Town) -> None:
    """A survey being written, one whose results are out, and a need drawn from it."""
    drafted = needs.make_survey()
    needs.make_question(drafted)
    needs.make_intake(drafted)
    needs.make_quota(drafted)
    needs.make_totals(drafted)
    told = needs.make_survey(state="published", slug="told")
    needs.make_question(told)
    freeze(told)
    need = needs.make_need(survey=told)
    town.chosen |= {
        "s/": told.link,
        "needs/surveys/": told.slug,
        "desk/needs/": need.pk,
        "needs/": need.pk,
    }


def _bid(town: Town, bidder: Organisation) -> None:
    """The bidder drafts for an open call, attaches a paper and has a question open."""
    call = proposals.make_open_call(blind=True, blind_reason="彼此熟识")
    draft = proposals.make_draft(call, bidder, title="密封草稿之题目")
    handed_in = proposals.make_submitted(None, bidder, title="密封提交之题目")
    town.sealed = [draft.title, handed_in.title, proposals.last_of(handed_in).receipt]
    actor = town.people["bidder"]
    attached = attach_document(
        draft, upload=ContentFile("章程".encode(), name="paper.txt"), label="章程", actor=actor
    )
    asked = calls.make_question_about(call, organisation=bidder)
    town.chosen |= {
        "desk/proposals/": draft.pk,
        "desk/proposals/attachments/": attached.pk,
        "proposals:draft_proposal": call.number,
        "calls:ask_clarification": call.number,
        "desk/calls/questions/": asked.pk,
    }


def _judge(town: Town, bidder: Organisation) -> None:
    """The expert sits in a panel and has a sheet to fill; one proposal is to be screened."""
    expert, officer = town.people["expert"], town.people["officer"]
    enrolled = enrol_expert(expert, field_of_work="社会工作", actor=officer)
    tie = state_tie(
        enrolled,
        organisation=bidder,
        tie="employee",
        began_on=clock.today() - dt.timedelta(days=900),
        ended_on=clock.today() - dt.timedelta(days=800),
        actor=officer,
    )
    call = evaluation.make_screened_call(2)
    call.criteria.filter(position=3).update(stage="roadshow")
    for proposal in Proposal.objects.filter(call=call):
        assert proposal.organisation != bidder
    panel = evaluation.make_panel(call, experts=2)
    evaluation.seat_all(panel)
    evaluation.begin_scoring(panel, actor=officer)
    evaluation.make_roadshow(panel)
    sheet = Sheet.objects.filter(seat__expert=enrolled).order_by("pk")[0]
    owed = HonorariaList.objects.create(
        call=call, sheet_fee_fen=1, half_day_fee_fen=0, drawn_up_at=clock.now()
    )
    Honorarium.objects.create(
        list=owed, expert=enrolled, sheets=1, half_days=0, computed_fen=1, amount_fen=1
    )
    waiting = evaluation.make_opened_call(1, blind=True, blind_reason="彼此熟识")
    hide_word(waiting.proposals.get(), word="午间", actor=officer)
    town.chosen |= {
        "desk/evaluation/": call.number,
        "desk/honoraria/": call.number,
        "desk/evaluation/experts/": enrolled.pk,
        "desk/evaluation/ties/": tie.pk,
        "desk/evaluation/seats/": sheet.seat_id,
        "desk/evaluation/sheets/": sheet.pk,
        "desk/evaluation/proposals/": waiting.proposals.get().pk,
    }


def _look_for_buyers(town: Town, world: deals.World) -> None:
    """A ranked proposal is on the shelf; the buyer is interested."""
    ranked = deals.make_ranked(world, 2)
    interest = show_interest(ranked, buyer=world.street, note="", actor=world.buyer)
    write_note(ranked, buyer=world.street, text="先谈谈", actor=world.buyer)
    town.chosen["desk/evaluation/places/"] = ranked.place.pk
    town.chosen["desk/matching/shelves/"] = world.street.pk
    town.chosen |= {"desk/matching/proposals/": ranked.pk, "desk/matching/interests/": interest.pk}


def _share_out(town: Town, world: deals.World, refused: Proposal) -> None:
    """What bound the sharing of the money, and whom it left without any."""
    limit = GroupLimit.objects.create(call=world.call, category=refused.lot.category, floor_fen=1)
    first, second = Proposal.objects.filter(call=world.call).order_by("pk")[:2]
    exclusion = Exclusion.objects.create(call=world.call, first=first, second=second, reason="同类")
    town.chosen |= {
        "desk/matching/refusals/": refused.matches.get().pk,
        "desk/matching/limits/": limit.pk,
        "desk/matching/exclusions/": exclusion.pk,
        "results/calls/": world.call.number,
    }


def _object(town: Town, world: deals.World) -> None:
    """Somebody objects to the result under notice."""
    notice = Notice.objects.get(call=world.call)
    objection = notices.make_objection(notice)
    town.chosen |= {"desk/notices/objections/": objection.pk, "results/": notice.number}


def _audit(town: Town, project: Project) -> None:
    """The auditor drew a sample, asked the bidder something, and wants everything verified."""
    sample = auditing.make_sample(town.people["auditor"], kind="projects")
    auditing.make_finding(project)
    ask_inspection(actor=SYSTEM)
    town.chosen |= {
        "desk/auditing/dossiers/": project.pk,
        "desk/auditing/findings/note/": project.pk,
        "desk/auditing/readings/": project.organisation_id,
        "desk/auditing/samples/": sample.pk,
    }


def _pay(town: Town) -> None:
    """A batch is with the bank."""
    batch = payments.make_sent_batch()
    ours = payments.state_our_account()
    town.chosen |= {
        "desk/payments/accounts/": add_bank_account(
            ours.organisation,
            holder="甲",
            bank="乙",
            number="3100200220022002",
            actor=town.people["fund_manager"],
        ).pk,
        "desk/payments/batches/": batch.number,
        "desk/payments/payouts/": batch.payouts.get().pk,
    }


def _take_in(town: Town, world: deals.World) -> None:
    """The buyer's union paid in, gets some of it back and announces more; Stripe and the bank
    told something.
    """
    deals.give(world.fund, world.street, 5_00, own=True)
    manager = town.people["fund_manager"]
    refund_deposit(Deposit.objects.get(), amount_fen=1, reason="多缴", actor=manager)
    incoming.make_remittance(5_00, fund=world.fund, payer=(world.street, world.buyer))
    told = Told("evt_1", "charge.succeeded", clock.now(), {})
    take_in_event(told, body='{"data": {"object": {}}}', actor=SYSTEM)
    row = ("2026-11-20", "", "1.00", "花木街道总工会", "缴款", "A1")
    import_statement(name="statement.csv", data=statements.icbc([row]).encode(), actor=manager)
    found = Found("bank:line:1", "unmatched_line", facts={"number": "A1"})
    run = ask_reconciliation(actor=SYSTEM)
    finish_reconciliation(run, sides=[Compared("bank", found=[found])], actor=SYSTEM)


def _ask_the_officer(town: Town, bidder: Organisation, stranger: Organisation) -> None:
    """The bidder changes its representative and declares a relation; somebody claims a body."""
    asker, officer = town.people["bidder"], town.people["officer"]
    administrator = town.people["administrator"]
    assert isinstance(asker, Person)
    assert isinstance(officer, Person)
    assert isinstance(administrator, Person)
    proof = make_proof(bidder)
    manager = person()
    member = join(manager, bidder, MembershipRole.MANAGER)
    replacement = Replacement.objects.create(
        organisation=bidder,
        successor=member,
        asked_by=asker,
        document=make_document(),
        asked_at=clock.now(),
    )
    claim = Claim.objects.create(
        organisation=make_organisation("social", "无人认领服务社"),
        person=town.people["stranger"],
        document=make_document(),
        asked_at=clock.now(),
    )
    ban = Ban.objects.create(
        organisation=make_social("停牌服务社"),
        from_on=clock.today(),
        reason="虚报服务人数",
        authority="浦东新区民政局",
        banned_by=officer,
        banned_at=clock.now(),
    )
    relation = RelatedParty.objects.create(
        organisation=bidder,
        relation="same_head",
        other=stranger,
        declared_by=asker,
        declared_at=clock.now(),
    )
    invited = invite_person(email="new@example.test", role=Role.EDITOR, actor=administrator)
    town.chosen |= {
        "desk/organisations/": bidder.pk,
        "desk/organisations/proofs/": proof.pk,
        "desk/organisations/members/": bidder.memberships.get(person=member).pk,
        "desk/organisations/replacements/": replacement.pk,
        "desk/organisations/claims/": claim.pk,
        "desk/organisations/bans/": ban.pk,
        "desk/organisations/relations/": relation.pk,
        "desk/payments/bank-account/": bidder.pk,
        "desk/payments/stripe-account/": bidder.pk,
        "desk/people/invitations/": invited.pk,
        "desk/people/": manager.pk,
    }
