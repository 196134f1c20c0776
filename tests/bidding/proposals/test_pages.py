"""The pages of proposals, as each person meets them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bidding.calls.models import Call
from bidding.proposals.models import Proposal, Submission
from bidding.proposals.opening import open_envelopes
from bidding.proposals.sections import Section
from bidding.proposals.waiting import looks_for
from foundation import clock
from foundation.organisations.models import MembershipRole
from foundation.permissions import SYSTEM
from foundation.waiting import find
from tests.factories.organisations import make_officer, make_person, make_social, member_of
from tests.factories.proposals import (
    SECTIONS,
    after_closing,
    bidder_of,
    make_draft,
    make_open_call,
    make_opened_call,
    make_ready,
    make_submitted,
    section_values,
    stored,
)

pytestmark = pytest.mark.django_db


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def of_bidder(proposal) -> Client:
    return enter(bidder_of(proposal.organisation))


def test_a_proposal_is_begun_filled_in_and_handed_in_through_its_pages():
    call, organisation = make_open_call(), make_social()
    client = enter(bidder_of(organisation))
    page = client.get(reverse("proposals:draft_proposal", args=[call.number]))
    assert page.status_code == 200
    begun = client.post(
        page.request["PATH_INFO"],
        {"organisation": organisation.pk, "lot": call.lots.get().pk, "title": "法律在身边"},
    )
    proposal = stored()
    assert begun.url == proposal.get_absolute_url()
    for section in SECTIONS:
        url = reverse("proposals:edit_proposal", args=[proposal.pk, section])
        assert client.get(url).status_code == 200
        saved = client.post(url, posted(proposal, section))
        assert saved.status_code == 302, saved.context["form"].errors
    check = client.get(reverse("proposals:check", args=[proposal.pk]))
    assert check.context["faults"] == []
    client.post(reverse("proposals:submit_proposal", args=[proposal.pk]))
    receipt = Submission.objects.get().receipt
    assert receipt in client.get(proposal.get_absolute_url()).content.decode()


def posted(proposal: Proposal, section: str) -> dict[str, object]:
    """What a browser sends for a section without faults."""
    values = section_values(proposal, section)
    data: dict[str, object] = {"revision": Proposal.objects.get(pk=proposal.pk).revision}
    for name, value in values.items():
        if name in ("milestones", "team", "budget"):
            data |= {"rows-TOTAL_FORMS": len(value) + 3, "rows-INITIAL_FORMS": 0}
            for place, row in enumerate(value):
                for field, said in row.items():
                    typed = f"{said / 100:.2f}" if field == "unit_price_fen" else said
                    data[f"rows-{place}-{field}"] = typed
            for place in range(len(value), len(value) + 3):
                if name == "budget":
                    data |= {f"rows-{place}-group": "activity", f"rows-{place}-source": "seed"}
        elif name == "special":
            data |= value
        elif isinstance(value, list):
            data[name] = [row.pk for row in value]
        elif value is not None:
            data[name] = value
    return data


def test_an_empty_budget_row_is_left_out_and_a_half_one_is_refused_with_what_was_typed():
    proposal = make_draft()
    client = of_bidder(proposal)
    url = reverse("proposals:edit_proposal", args=[proposal.pk, "budget"])
    data = posted(proposal, "budget")
    data["rows-0-item"] = ""
    page = client.post(url, data)
    assert page.status_code == 200
    assert "45000.00" in page.content.decode()
    assert not stored().budget.exists()
    client.post(url, posted(proposal, "budget"))
    assert [line.amount_fen for line in stored().budget.all()] == [4_500_000, 500_000]


def test_a_struck_row_is_taken_out():
    proposal = make_ready()
    data = posted(proposal, "budget") | {"rows-INITIAL_FORMS": 2, "rows-1-DELETE": "on"}
    of_bidder(proposal).post(reverse("proposals:edit_proposal", args=[proposal.pk, "budget"]), data)
    assert stored().budget.count() == 1


def test_a_clash_keeps_what_was_typed_and_shows_what_stands():
    proposal = make_draft()
    client = of_bidder(proposal)
    url = reverse("proposals:edit_proposal", args=[proposal.pk, "plan"])
    stale = posted(proposal, "plan") | {"goals": "我的目标"}
    client.post(url, posted(proposal, "plan") | {"goals": "同事的目标"})
    page = client.post(url, stale)
    text = page.content.decode()
    assert page.status_code == 200
    assert "我的目标" in text
    assert "同事的目标" in text
    assert stored().goals == "同事的目标"
    changes = {str(one.label): (one.before, one.after) for one in page.context["changes"]}
    assert ("同事的目标", "我的目标") in changes.values()
    assert sum(before != after for before, after in changes.values()) == 1
    assert page.context["saved"]["by"] == str(bidder_of(proposal.organisation))
    again = page.context["form"]["revision"].value()
    client.post(url, stale | {"revision": again})
    assert stored().goals == "我的目标"


def test_the_task_list_says_who_saved_which_section_and_when():
    proposal = make_draft()
    client = of_bidder(proposal)
    for section in ("plan", "team"):
        url = reverse("proposals:edit_proposal", args=[proposal.pk, section])
        client.post(url, posted(proposal, section))
    sections = client.get(proposal.get_absolute_url()).context["sections"]
    saved = {str(row["label"]): row["saved"] for row in sections if row["saved"]}
    assert list(saved) == [str(Section.PLAN.label), str(Section.TEAM.label)]
    who = str(bidder_of(proposal.organisation))
    assert {one["by"] for one in saved.values()} == {who}
    plan, team = (one["at"] for one in saved.values())
    assert plan < team == stored().changed_at


def test_an_envelope_is_compared_with_the_draft_by_its_own_organisation_alone(
    django_assert_max_num_queries,
):
    proposal = make_submitted()
    client = of_bidder(proposal)
    url = reverse("proposals:compare", args=[proposal.pk])
    assert client.get(url).context["changed"] is False
    edit = reverse("proposals:edit_proposal", args=[proposal.pk, "plan"])
    client.post(edit, posted(proposal, "plan") | {"goals": "讲座12场"})
    with django_assert_max_num_queries(12):
        page = client.get(url)
    assert [section for section, _changes in page.context["sections"]] == [Section.PLAN]
    text = page.content.decode()
    assert "<del>10</del>" in text
    assert "<ins>12</ins>" in text
    assert client.get(url, {"before": "9", "after": "draft"}).context["sections"] is None
    with clock.at(after_closing(proposal.call)):
        open_envelopes(proposal.call, actor=SYSTEM)
        assert enter(make_officer()).get(url).status_code == 404
        assert client.get(url).context["sections"] is None  # one envelope, and no draft any more


def test_a_draft_that_was_never_handed_in_has_nothing_to_compare():
    proposal = make_draft()
    page = of_bidder(proposal).get(reverse("proposals:compare", args=[proposal.pk]))
    assert (page.status_code, page.context["sections"]) == (200, None)


def test_a_file_is_attached_and_taken_out():
    proposal = make_draft()
    client = of_bidder(proposal)
    url = reverse("proposals:attachments", args=[proposal.pk])
    upload = SimpleUploadedFile("plan.txt", "计划".encode())
    client.post(url, {"label": "计划", "upload": upload})
    (attachment,) = stored().attachments.all()
    assert "plan.txt" in client.get(url).content.decode()
    assert (
        client.get(reverse("documents:document", args=[attachment.document.uuid])).status_code
        == 200
    )
    client.post(reverse("proposals:detach_document", args=[proposal.pk, attachment.pk]))
    assert not proposal.attachments.exists()


def test_a_file_that_is_not_what_it_says_is_refused():
    proposal = make_draft()
    upload = SimpleUploadedFile("plan.pdf", b"MZ\x90\x00 not a pdf")
    url = reverse("proposals:attachments", args=[proposal.pk])
    page = of_bidder(proposal).post(url, {"label": "计划", "upload": upload})
    assert page.status_code == 200
    assert page.context["form"].errors["upload"]
    assert not proposal.attachments.exists()


@pytest.mark.parametrize("section", [*SECTIONS, "attachments"])
def test_a_plain_member_reads_the_list_but_may_not_edit(section):
    proposal = make_draft()
    client = enter(member_of(proposal.organisation, MembershipRole.MEMBER))
    assert client.get(proposal.get_absolute_url()).status_code == 200
    url = f"{proposal.get_absolute_url()}{section}/"
    assert client.get(url).status_code == 403


def test_a_section_that_does_not_exist_is_not_found():
    proposal = make_draft()
    assert of_bidder(proposal).get(f"{proposal.get_absolute_url()}nonsense/").status_code == 404
    assert len(Section) == 9


def test_strangers_find_nothing():
    proposal = make_submitted()
    for person in (make_person(), make_officer(), bidder_of(make_social())):
        client = enter(person)
        for name in ("proposal", "check"):
            assert client.get(reverse(f"proposals:{name}", args=[proposal.pk])).status_code == 404
        url = reverse("proposals:withdraw_proposal", args=[proposal.pk])
        assert client.post(url).status_code == 404
    assert Client().get(proposal.get_absolute_url()).status_code == 302
    assert Proposal.objects.get().state == "submitted"


def test_the_desk_lists_own_proposals_in_the_same_number_of_queries(django_assert_max_num_queries):
    organisation = make_social()
    make_draft(None, organisation)
    client = enter(bidder_of(organisation))
    client.get(reverse("proposals:desk"))
    with django_assert_max_num_queries(12) as one:
        client.get(reverse("proposals:desk"))
    make_draft(None, organisation), make_draft(None, organisation)
    with django_assert_max_num_queries(12) as three:
        page = client.get(reverse("proposals:desk"))
    assert len(page.context["page"].object_list) == 3
    assert len(one) == len(three)


def test_a_whole_opened_proposal_takes_few_queries(django_assert_max_num_queries):
    make_opened_call(1)
    proposal = Proposal.objects.get()
    client = of_bidder(proposal)
    client.get(proposal.get_absolute_url())
    with django_assert_max_num_queries(12):
        assert client.get(proposal.get_absolute_url()).status_code == 200


def test_a_receipt_is_confirmed_only_with_its_fingerprint_and_reveals_nothing():
    proposal = make_submitted()
    submission = Submission.objects.get()
    url = reverse("proposals:receipts")
    right = Client().get(url, {"receipt": submission.receipt, "sha256": submission.sha256})
    assert right.context["found"] == submission
    text = right.content.decode()
    assert proposal.title not in text
    assert proposal.organisation.name not in text
    wrong = Client().get(url, {"receipt": submission.receipt, "sha256": "0" * 64})
    assert (wrong.context["found"], wrong.context["asked"]) == (None, True)
    short = Client().get(url, {"receipt": submission.receipt, "sha256": "0"})
    assert short.context["asked"] is False


def test_receipts_are_listed_after_the_opening_and_not_before(django_assert_max_num_queries):
    call = make_open_call()
    for _one in range(3):
        make_submitted(call)
    url = reverse("proposals:receipts")
    assert Client().get(url).context["page"].paginator.count == 0
    with clock.at(after_closing(call)):
        open_envelopes(call, actor=make_officer())
    with django_assert_max_num_queries(8):
        page = Client().get(url)
    assert page.context["page"].paginator.count == 3
    assert set(Submission.objects.values_list("receipt", flat=True)) == {
        row.receipt for row in page.context["page"]
    }


def test_an_officer_opens_by_the_button_after_the_closing():
    call = make_open_call()
    make_submitted(call)
    client = enter(make_officer())
    url = reverse("proposals:open_envelopes", args=[call.number])
    client.post(url)
    assert Call.objects.get(pk=call.pk).opened_at is None
    with clock.at(after_closing(call)):
        client.post(url)
    assert Call.objects.get(pk=call.pk).opened_at == after_closing(call)
    assert enter(make_person()).post(url).status_code == 403


def test_a_draft_and_an_edited_envelope_wait_for_the_bidder():
    proposal = make_draft()
    bidder = bidder_of(proposal.organisation)
    assert [row.due_at for row in find(looks_for(bidder))] == [proposal.call.closes_at]
    assert find(looks_for(make_officer())) == []
    submitted = make_submitted()
    assert find(looks_for(bidder_of(submitted.organisation))) == []


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_speaks_both_languages(language):
    proposal = make_submitted()
    client = of_bidder(proposal)
    with translation.override("zh-hans"):
        path = proposal.get_absolute_url()
    for page in ("", "check/", "attachments/", "budget/", "people/", "special/"):
        assert client.get(f"{language}{path}{page}").status_code == 200
    assert client.get(f"{language}/desk/proposals/").status_code == 200
    assert Client().get(f"{language}/receipts/").status_code == 200
