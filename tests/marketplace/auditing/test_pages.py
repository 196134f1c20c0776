"""The desk and the verifications: who sees them, what they say, constant queries."""

import csv
import io

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from foundation import clock
from foundation.audit.models import Entry
from foundation.errors import Clash, Forbidden
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from marketplace.auditing.inspecting import ask_inspection, finish_inspection
from marketplace.auditing.models import Inspection
from marketplace.auditing.verification import Outcome
from tests.factories.auditing import auditor, make_finding, make_sample
from tests.factories.deals import make_project, make_world
from tests.factories.people import officer, person
from tests.marketplace.money_pages import as_person

pytestmark = pytest.mark.django_db


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_every_list_on_the_desk_opens_for_an_auditor():
    client = as_person(auditor())
    page = client.get(reverse("auditing:desk"))
    for _label, url in page.context["lists"]:
        assert client.get(url).status_code == 200, url


def test_the_desk_and_its_lists_ask_as_many_queries_for_three_as_for_one():
    project = make_project(make_world())
    client = as_person(auditor())
    pages = [reverse(f"auditing:{name}") for name in ("desk", "findings", "samples", "inspections")]

    def grow():
        make_finding(project)
        make_sample(kind="projects")
        finish_inspection(
            ask_inspection(actor=SYSTEM), outcomes=[Outcome("books", [])], actor=SYSTEM
        )

    grow()
    once = [queries(client, page) for page in pages]
    grow()
    grow()
    assert [queries(client, page) for page in pages] == once
    assert max(once) <= 15
    sample = make_sample(kind="journals", size=1)
    more = make_sample(kind="journals", size=3)
    urls = [reverse("auditing:sample", args=[one.pk]) for one in (sample, more)]
    assert len({queries(client, url) for url in urls}) == 1


def test_a_verification_is_asked_for_once_and_by_those_who_may():
    who = auditor()
    inspection = ask_inspection(actor=who)
    with pytest.raises(Clash):
        ask_inspection(actor=who)
    assert Inspection.objects.count() == 1
    for actor in (officer(), person(Role.EDITOR)):
        with pytest.raises(Forbidden):
            ask_inspection(actor=actor)
        assert as_person(actor).get(reverse("auditing:inspections")).status_code == 403
    with pytest.raises(Forbidden):
        finish_inspection(inspection, outcomes=[], actor=who)
    client = as_person(who)
    page = client.post(reverse("auditing:ask_inspection"), follow=True).content.decode()
    assert "A verification is asked for already" in page


def test_the_page_shows_the_last_result_and_its_faults():
    for faults in ([], ["books: 7 fen too many"]):
        outcomes = [Outcome("books", faults), Outcome("seals of trail", [])]
        finish_inspection(ask_inspection(actor=SYSTEM), outcomes=outcomes, actor=SYSTEM)
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.FUND_MANAGER):
        client = as_person(person(role))
        page = client.get(reverse("auditing:inspections"))
        assert "books: 7 fen too many" in page.content.decode()
        held = client.get(
            reverse("auditing:inspection", args=[Inspection.objects.earliest("pk").pk])
        )
        assert "7 fen" not in held.content.decode()


def test_a_result_without_faults_cannot_say_faulty():
    inspection = ask_inspection(actor=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.filter(pk=inspection.pk).update(state="faulty", faults=0)


def test_a_finding_stands_on_the_page_of_what_it_is_about_for_who_may_read_it():
    project = make_project(make_world())
    award = project.agreement.award
    pages = [
        (project, reverse("delivery:project", args=[project.pk])),
        (project.agreement, reverse("agreements:agreement", args=[project.agreement.pk])),
        (award, reverse("awards:award", args=[award.pk])),
        (award.proposal, reverse("proposals:proposal", args=[award.proposal_id])),
        (award.proposal.call, reverse("calls:manage", args=[award.proposal.call.number])),
    ]
    client, asked = as_person(auditor()), as_person(officer())
    plain = [(queries(client, url), queries(asked, url)) for _subject, url in pages]
    whom = project.organisation
    noted = [
        make_finding(subject, body=whom, title=f"发现{n}") for n, (subject, _) in enumerate(pages)
    ]
    for finding, (_subject, url) in zip(noted, pages, strict=True):
        assert finding.title in client.get(url).content.decode(), url
        assert finding.title not in asked.get(url).content.decode(), url
    assert [(queries(client, url), queries(asked, url)) for _subject, url in pages] == plain
    answering = as_person(whom.memberships.filter(role="representative").first().person)
    assert noted[0].title in answering.get(pages[0][1]).content.decode()


def test_the_trail_is_taken_away_as_it_is_filtered_and_without_formulas():
    project = make_project(make_world())
    formula = make_finding(project)
    Entry.objects.create(
        at=clock.now(),
        action="note_finding",
        subject_type="marketplace.finding",
        subject_id="1",
        subject_name="=HYPERLINK(1)",
        facts={"why": "x"},
    )
    client = as_person(auditor())
    kept = "?action=note_finding"
    response = client.get(reverse("auditing:trail_csv") + kept)
    assert response.streaming
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert [row[4] for row in rows] == ["note_finding"] * 2
    assert [row[5] for row in rows] == ["'=HYPERLINK(1)", formula.number]
    book = client.get(reverse("auditing:trail_xlsx") + kept)
    sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    cells = [row[5] for row in sheet.iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=HYPERLINK(1)", "s"),
        (formula.number, "s"),
    ]
    link = reverse("auditing:trail_csv") + kept
    assert link in client.get(reverse("audit:trail") + kept).content.decode()
    assert as_person(officer()).get(reverse("auditing:trail_csv")).status_code == 403
