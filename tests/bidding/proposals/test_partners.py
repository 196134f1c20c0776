"""Partners: asked, answering for themselves, as sealed as the proposal, and seen by the draw."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bidding.evaluation.conflicts import found_conflicts
from bidding.evaluation.models import Employment, Expert
from bidding.proposals.checks import faults_of
from bidding.proposals.content import content_of
from bidding.proposals.envelopes import read_own_envelope
from bidding.proposals.models import Proposal
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import submit_proposal
from bidding.proposals.partner_models import Partner
from bidding.proposals.partners import (
    ask_partner,
    confirm_partner,
    drop_partner,
    partners_visible_to,
    refuse_partner,
)
from bidding.proposals.waiting import looks_for
from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import Clash, DomainError, Forbidden, WrongState
from foundation.notifications.models import Notification
from foundation.organisations.models import Organisation
from foundation.permissions import SYSTEM
from foundation.waiting import find
from tests.at_once import at_once
from tests.factories.dumps import dump_of_database, told
from tests.factories.organisations import (
    join,
    make_officer,
    make_organisation,
    make_person,
    make_social,
)
from tests.factories.proposals import (
    DAY,
    after_closing,
    bidder_of,
    make_ready,
    stored,
)

pytestmark = pytest.mark.django_db

TASK = "负责密贰叁场讲座"


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_partner_is_asked_answers_and_is_part_of_what_is_handed_in_and_opened():
    proposal, organisation = make_ready(title="密题目壹贰"), make_social()
    bidder, partner_person = bidder_of(proposal.organisation), bidder_of(organisation)
    own, theirs = enter(bidder), enter(partner_person)
    with translation.override("en"):
        url = reverse("proposals:partners", args=[proposal.pk])
    assert own.post(url, {"organisation": organisation.uscc, "task": TASK}).status_code == 302
    partner = Partner.objects.get()
    assert partner.task == ""
    assert [row.due_at for row in find(looks_for(partner_person))] == [proposal.call.closes_at]
    assert Notification.objects.get(kind="partner_asked").person == partner_person
    draft = stored(proposal.pk)
    assert [fault.section for fault in faults_of(draft)] == ["partners"]
    with pytest.raises(DomainError):
        submit_proposal(draft, actor=bidder)

    page = theirs.get(partner.get_absolute_url()).content.decode()
    assert TASK in page
    assert "密题目壹贰" in page
    assert "讲座10场" not in page
    assert theirs.get(proposal.get_absolute_url()).status_code == 404
    assert theirs.post(reverse("proposals:confirm_partner", args=[partner.pk])).status_code == 302
    assert Notification.objects.get(kind="partner_confirmed").person == bidder
    assert find(looks_for(partner_person)) == []
    for state, faults in (("suspended", ["partners"]), ("verified", [])):
        Organisation.objects.filter(pk=organisation.pk).update(state=state)
        assert [fault.section for fault in faults_of(stored(proposal.pk))] == faults
    listed = theirs.get(reverse("proposals:desk"))
    assert list(listed.context["partnerships"]) == [partner]
    assert "密题目壹贰" not in listed.content.decode()
    submit_proposal(proposal, actor=bidder)
    said = {"organisation": organisation.pk, "name": organisation.name, "task": TASK}
    assert read_own_envelope(proposal.submissions.get())["partners"] == [said]
    assert told(dump_of_database(), [TASK, "密题目壹贰"]) == []

    with clock.at(after_closing(proposal.call)):
        open_envelopes(proposal.call, actor=SYSTEM)
    opened = Proposal.objects.get()
    assert content_of(opened)["partners"] == [said]
    officer = enter(make_officer()).get(opened.get_absolute_url()).content.decode()
    assert TASK in officer
    assert TASK in theirs.get(partner.get_absolute_url()).content.decode()
    expert = Expert.objects.create(person=make_person("expert"), field_of_work="法律")
    Employment.objects.create(
        expert=expert, organisation=organisation, tie="employee", began_on=clock.today() - 90 * DAY
    )
    assert list(found_conflicts([expert], [opened])[expert.pk]) == [opened.pk]


def asked(proposal: Proposal, *answers: str) -> list[Partner]:
    """A partner for each answer: asked, confirmed or refused."""
    made = []
    for answer in answers:
        organisation = make_social()
        actor = bidder_of(proposal.organisation)
        row = ask_partner(proposal, organisation=organisation, task=TASK, actor=actor)
        answering = {"confirmed": confirm_partner, "refused": refuse_partner}.get(answer)
        made.append(answering(row, actor=bidder_of(organisation)) if answering else row)
    return made


def test_after_handing_in_the_envelope_counts_but_a_partner_that_says_no_has_said_no():
    proposal = make_ready()
    actor = bidder_of(proposal.organisation)
    stays, leaves, dropped, out_with_a_no, asked_anew, no_when_out = asked(
        proposal, *["confirmed"] * 6
    )
    submit_proposal(proposal, actor=actor)
    drop_partner(dropped, actor=actor)
    drop_partner(no_when_out, actor=actor)
    for row in (leaves, out_with_a_no, asked_anew, no_when_out):
        refuse_partner(row, actor=bidder_of(row.organisation))
    # a no is not undone by taking the partner out, nor by asking it again
    drop_partner(out_with_a_no, actor=actor)
    ask_partner(proposal, organisation=asked_anew.organisation, task="另", actor=actor)
    page = enter(bidder_of(no_when_out.organisation)).get(no_when_out.get_absolute_url())
    assert (page.context["title"], page.context["task"]) == ("", "")
    assert not partners_visible_to(actor).get(pk=dropped.pk).task
    (forgotten,) = asked(proposal, "asked")
    shown = {row.organisation_id for row in stored(proposal.pk).partners.all()}
    assert dropped.organisation_id not in shown
    with clock.at(after_closing(proposal.call)):
        open_envelopes(proposal.call, actor=SYSTEM)
    rows = Partner.objects.values_list("pk", "state", "task")
    assert list(rows) == [
        (stays.pk, "confirmed", TASK),
        (leaves.pk, "refused", TASK),
        (dropped.pk, "confirmed", TASK),
        (out_with_a_no.pk, "refused", TASK),
        (asked_anew.pk, "refused", TASK),
        (no_when_out.pk, "refused", TASK),
    ]
    with pytest.raises(WrongState):  # it answers while the envelopes are being opened
        confirm_partner(forgotten, actor=bidder_of(forgotten.organisation))


def test_who_may_not_be_asked_is_not_and_nobody_answers_for_another():
    proposal, organisation = make_ready(), make_social()
    bidder = bidder_of(proposal.organisation)
    own = enter(bidder)
    url = reverse("proposals:partners", args=[proposal.pk])
    suspended, union = make_social(), make_organisation("union")
    join(make_person(), union)
    Organisation.objects.filter(pk=suspended.pk).update(state="suspended")
    others = (suspended.uscc, union.name, "没有这个组织", "")
    for code in (proposal.organisation.uscc, *others):
        page = own.post(url, {"organisation": code, "task": TASK})
        assert list(page.context["form"].errors) == ["organisation"]
    assert not Partner.objects.exists()
    assert not Entry.objects.filter(action="ask_partner").exists()

    (partner,) = asked(proposal, "asked")
    with pytest.raises(Clash):
        ask_partner(proposal, organisation=partner.organisation, task="另", actor=bidder)
    stranger = enter(bidder_of(organisation))
    for name in ("partner", "confirm_partner", "refuse_partner", "drop_partner"):
        door = reverse(f"proposals:{name}", args=[partner.pk])
        answer = stranger.get(door) if name == "partner" else stranger.post(door)
        assert answer.status_code == 404
    for operation in (confirm_partner, refuse_partner):
        with pytest.raises(Forbidden):
            operation(partner, actor=bidder)
    with pytest.raises(Forbidden):
        drop_partner(partner, actor=bidder_of(partner.organisation))
    late = after_closing(proposal.call)
    for operation, actor in (
        (confirm_partner, bidder_of(partner.organisation)),
        (refuse_partner, bidder_of(partner.organisation)),
        (drop_partner, bidder),
    ):
        with clock.at(late), pytest.raises(WrongState):
            operation(partner, actor=actor)
    assert Partner.objects.get().state == "asked"
    refuse_partner(partner, actor=bidder_of(partner.organisation))
    again = ask_partner(proposal, organisation=partner.organisation, task="另", actor=bidder)
    assert (again.pk, again.state, again.answered_at) == (partner.pk, "asked", None)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_ask_the_same_at_once_ask_it_once():
    proposal, organisation = make_ready(), make_social()
    actor = bidder_of(proposal.organisation)

    def ask() -> str:
        try:
            ask_partner(proposal, organisation=organisation, task=TASK, actor=actor)
        except Clash:
            return "clash"
        return "asked"

    assert sorted(at_once(ask, ask)) == ["asked", "clash"]
    assert Partner.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_partner_that_says_no_while_the_envelope_is_handed_in_has_said_no():
    proposal = make_ready()
    (partner,) = asked(proposal, "confirmed")
    bidder, theirs = bidder_of(proposal.organisation), bidder_of(partner.organisation)
    handed_in, said_no = at_once(
        lambda: submit_proposal(proposal, actor=bidder),
        lambda: refuse_partner(partner, actor=theirs),
    )
    assert not isinstance(said_no, DomainError)
    assert Partner.objects.get().state == "refused"
    assert proposal.submissions.count() == (not isinstance(handed_in, DomainError))
