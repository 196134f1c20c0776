"""Sealed: until the envelopes are open nobody outside the organisation learns anything."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import translation

from bidding.calls.models import Call
from bidding.evaluation.queries import (
    calls_in_evaluation,
    proposals_to_judge,
    rankings_visible_to,
    seats_visible_to,
    sheets_visible_to,
)
from bidding.evaluation.waiting import looks_for as looks_in_evaluation
from bidding.proposals.models import Proposal
from bidding.proposals.opening import open_envelopes
from bidding.proposals.operations import attach_document, edit_proposal, submit_proposal
from bidding.proposals.partner_models import Partner
from bidding.proposals.partners import ask_partner, confirm_partner, partners_visible_to
from bidding.proposals.queries import (
    last_submissions,
    proposals_visible_to,
    public_receipts,
    submissions_visible_to,
)
from bidding.proposals.readers import reads_attachment
from bidding.proposals.related import related_bidders
from bidding.proposals.waiting import looks_for
from foundation import clock
from foundation.audit.models import Entry
from foundation.audit.queries import entries_visible_to
from foundation.notifications.models import Notification, Outgoing
from foundation.organisations.models import MembershipRole
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from foundation.waiting import find
from tests.factories.organisations import (
    make_buyer,
    make_officer,
    make_person,
    make_social,
    member_of,
)
from tests.factories.proposals import (
    SECTIONS,
    after_closing,
    bidder_of,
    make_draft,
    make_open_call,
    make_ready,
    make_submitted,
    section_values,
)
from tests.scenes import scene

pytestmark = pytest.mark.django_db

TITLE = "绝密题目甲乙丙"
GOAL = "讲座10场"
PACKED = {"application/pdf", "application/zip"}
"""What no outsider is given at these addresses, as its words cannot be looked through."""


def outsiders():
    """Everybody who is somebody, and is not of the organisation."""
    superuser = make_person("root", is_staff=True, is_superuser=True)
    people = [make_person(role, role) for role in Role.values]
    return [*people, superuser, make_buyer(), bidder_of(make_social()), make_person()]


@scene
def sealed():
    call = make_open_call()
    make_draft(call)
    proposal = make_ready(call, title=TITLE)
    for section in SECTIONS:
        proposal = edit_proposal(
            proposal,
            section=section,
            values=section_values(proposal, section),
            revision=proposal.revision,
            actor=bidder_of(proposal.organisation),
        )
    bidder = bidder_of(proposal.organisation)
    attach_document(
        proposal, upload=SimpleUploadedFile("a.txt", TITLE.encode()), label="a", actor=bidder
    )
    partner = ask_partner(proposal, organisation=make_social(), task=TITLE, actor=bidder)
    confirm_partner(partner, actor=bidder_of(partner.organisation))
    submit_proposal(proposal, actor=bidder)
    return Proposal.objects.get(pk=proposal.pk)


def test_no_query_gives_an_outsider_a_sealed_proposal_or_counts_it(sealed):
    document = sealed.attachments.get().document
    for person in outsiders():
        assert proposals_visible_to(person).count() == 0
        assert submissions_visible_to(person).count() == 0
        assert partners_visible_to(person).count() == 0
        assert proposals_to_judge(person).count() == 0
        assert sheets_visible_to(person).count() == 0
        assert seats_visible_to(person).count() == 0
        assert rankings_visible_to(person).count() == 0
        assert calls_in_evaluation(person).count() == 0
        assert not reads_attachment(person, document)
        assert find(looks_for(person)) == []
        assert find(looks_in_evaluation(person)) == []
    assert public_receipts().count() == 0
    assert last_submissions(sealed.call).count() == 0
    assert related_bidders(sealed.call) == []


def addresses(proposal):
    """Every address of the house that can be filled in from this proposal, its call or its file."""
    document = proposal.attachments.get().document
    number, pk = proposal.call.number, proposal.pk
    found = []
    arguments: dict[str, list[list[object]]] = {
        "proposals": [[], [pk], [number], [pk, "plan"], [pk, 1]],
        "evaluation": [[], [pk], [number]],
        "calls": [[], [number]],
        "documents": [[document.uuid]],
    }
    for room, tries in arguments.items():
        names = get_resolver().namespace_dict[room][1].reverse_dict
        for name in (name for name in names if isinstance(name, str)):
            for args in tries:
                with suppress(NoReverseMatch):
                    found.append(reverse(f"{room}:{name}", args=args))
    return sorted(set(found))


def every_list():
    """Every address of the house that needs no argument, and every room's feed or export."""
    found = []
    for room, (_prefix, resolver) in get_resolver().namespace_dict.items():
        for name in (name for name in resolver.reverse_dict if isinstance(name, str)):
            with suppress(NoReverseMatch):
                found.append(reverse(f"{room}:{name}"))
    return sorted({url for url in found if "admin" not in url})


def test_no_list_of_any_room_shows_an_officer_anything_of_it(sealed):
    client = Client(raise_request_exception=False)
    client.force_login(make_officer())
    with translation.override("zh-hans"):
        urls = every_list()
        urls.append(reverse("organisations:organisation", args=[sealed.organisation_id]))
    assert len(urls) > 60
    for url in urls:
        text = b"".join(client.get(url)).decode(errors="replace")
        assert TITLE not in text, url
        assert GOAL not in text, url
        assert f"{sealed.serial}-1" not in text, url


def test_no_page_shows_an_outsider_anything_of_it(sealed):
    with translation.override("zh-hans"):
        urls = addresses(sealed)
    assert f"/desk/proposals/{sealed.pk}/" in urls
    assert len(urls) > 25
    readers = {"officer", "root"}
    named = [person for person in outsiders() if person.name in readers]
    for person in [None, *named, make_buyer(), bidder_of(make_social())]:
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(person)
        for url in urls:
            answer = client.get(url)
            body = b"".join(answer) if "inputs" not in url else b""
            text = body.decode(errors="replace")
            assert answer["Content-Type"] not in PACKED, (person, url)
            assert TITLE not in text, (person, url)
            assert GOAL not in text, (person, url)
            assert f"{sealed.serial}-1" not in text, (person, url)
            assert sealed.organisation.name not in text or "organisation" in url, (person, url)


def test_no_button_of_it_works_for_an_outsider(sealed):
    names = ("submit_proposal", "withdraw_proposal")
    for person in outsiders():
        client = Client()
        client.force_login(person)
        for name in names:
            assert client.post(reverse(f"proposals:{name}", args=[sealed.pk])).status_code == 404
        for name in ("partner", "confirm_partner", "refuse_partner", "drop_partner"):
            url = reverse(f"proposals:{name}", args=[Partner.objects.get().pk])
            answer = client.get(url) if name == "partner" else client.post(url)
            assert answer.status_code == 404
        for name in ("screen_proposal", "cure_proposal"):
            url = reverse(f"evaluation:{name}", args=[sealed.pk])
            assert client.post(url, {"decision": "admit"}).status_code == 404
    sealed.refresh_from_db()
    assert sealed.state == "submitted"


def test_neither_trail_nor_outbox_betray_it(sealed):
    for entry in Entry.objects.filter(subject_type="bidding.proposal"):
        written = f"{entry.subject_name} {entry.facts}"
        assert TITLE not in written
        assert GOAL not in written
        assert sealed.organisation.name not in written
    own = set(sealed.organisation.memberships.values_list("person", flat=True))
    for told in Notification.objects.filter(kind__startswith="proposal_"):
        assert told.person_id in own
        assert TITLE not in str(told.facts)
    letters = Outgoing.objects.filter(notification__kind__startswith="proposal_")
    assert set(letters.values_list("notification__person", flat=True)) <= own


def test_who_looks_after_the_letters_learns_neither_who_handed_in_nor_how_many(sealed):
    administrator = make_person("", Role.ADMINISTRATOR)
    letters = Outgoing.objects.filter(notification__kind="proposal_submitted")
    address, receipt = letters.get().address, sealed.submissions.get().receipt
    client = Client()
    client.force_login(administrator)
    page = client.get(reverse("notifications:outbox"))
    assert page.context["page"].paginator.count == 0
    letters.update(gave_up_at=clock.now(), last_error=f"550 {address} unknown")
    page = client.get(reverse("notifications:outbox"))
    assert page.context["page"].paginator.count == 1
    text = page.content.decode()
    assert address not in text
    assert receipt not in text
    client.post(reverse("notifications:retry_outgoing", args=[letters.get().pk]))
    assert letters.get().gave_up_at is None


def test_readers_of_the_trail_learn_of_an_envelope_when_it_is_open_and_not_before(sealed):
    auditor = make_person("", Role.AUDITOR)
    about = {"subject_type": "bidding.proposal", "subject_id": str(sealed.pk)}
    assert Entry.objects.filter(**about).count() > 5
    assert not entries_visible_to(auditor).filter(subject_type="bidding.proposal").exists()
    with clock.at(after_closing(sealed.call)):
        open_envelopes(sealed.call, actor=SYSTEM)
    seen = set(entries_visible_to(auditor).filter(subject_type="bidding.proposal"))
    assert seen == set(Entry.objects.filter(**about))


def test_a_receipt_number_does_not_count_the_bidders():
    call = make_open_call()
    serials = [make_draft(call).serial for _one in range(6)]
    assert serials != sorted(serials)
    assert len({*serials}) == 6
    assert all(len(serial) == 5 for serial in serials)


def test_the_own_organisation_always_reads_it_in_whatever_role(sealed):
    for role in MembershipRole.values:
        if role == MembershipRole.REPRESENTATIVE:
            continue
        member = member_of(sealed.organisation, role)
        assert proposals_visible_to(member).get() == sealed
        assert reads_attachment(member, sealed.attachments.get().document)


def test_after_the_opening_officers_and_auditors_read_what_was_handed_in_and_no_draft(sealed):
    with clock.at(after_closing(sealed.call)):
        open_envelopes(sealed.call, actor=SYSTEM)
    reading = {
        person.name: proposals_visible_to(person).count()
        for person in outsiders()
        if person.name in {*Role.values, "root"}
    }
    assert reading == {
        "officer": 1,
        "auditor": 1,
        "fund_manager": 0,
        "editor": 0,
        "expert": 0,
        "administrator": 0,
        "root": 0,
    }
    draft = Proposal.objects.get(state="draft")
    client = Client()
    client.force_login(make_officer())
    assert client.get(sealed.get_absolute_url()).status_code == 200
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_an_opened_call_does_not_open_another():
    one, other = make_submitted(), make_submitted()
    with clock.at(after_closing(one.call)):
        open_envelopes(Call.objects.get(pk=one.call_id), actor=SYSTEM)
    assert list(proposals_visible_to(make_officer())) == [one]
    assert other.state == "submitted"


def test_buyers_read_what_was_ranked_and_nothing_before():
    proposal = make_submitted()
    buyer = make_buyer()
    for state, seen in (("opened", 0), ("eligible", 0), ("ranked", 1), ("awarded", 1)):
        Proposal.objects.filter(pk=proposal.pk).update(state=state)
        assert proposals_visible_to(buyer).count() == seen
    member = member_of(buyer.memberships.get().organisation, MembershipRole.MEMBER)
    assert proposals_visible_to(member).count() == 0
