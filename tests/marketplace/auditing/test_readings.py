"""Who read what: noted once, whole, and never for what is public or one's own."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.documents.operations import keep_bytes
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from foundation.seals.operations import seal, verify
from marketplace.auditing.models import Reading
from marketplace.auditing.queries import readings_of
from marketplace.delivery.models import Evidence, Report
from tests.factories.auditing import auditor
from tests.factories.deals import make_project, make_world, signatory_of
from tests.factories.organisations import make_social
from tests.factories.people import officer, person
from tests.marketplace.ledger.test_verification import triggers_away
from tests.marketplace.money_pages import as_person
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def project():
    return make_project(make_world())


def evidence(project, *, public=False, name="签到表.pdf"):
    report = Report.objects.create(
        milestone=project.milestones.first(),
        text="办完",
        reported_by=signatory_of(project.organisation),
        reported_at=project.started_at,
        verdict="accepted",
    )
    document = keep_bytes(name, b"%PDF-1.7", "application/pdf", "evidence", SYSTEM)
    Evidence.objects.create(report=report, document=document, caption="签到", public=public)
    return document


def test_a_paper_that_is_not_public_leaves_one_row(project):
    paper = evidence(project)
    who = officer()
    client = as_person(who)
    page = reverse("delivery:project", args=[project.pk])
    came = f"http://testserver{page}?typed=secret"
    client.get(paper.get_absolute_url(), headers={"referer": came})
    row = Reading.objects.get()
    assert (row.person, row.kind, row.posts) == (who, "document", "officer")
    assert (row.subject_type, row.subject_id) == ("foundation.document", str(paper.pk))
    assert (row.subject_name, row.organisation) == ("签到表.pdf", project.organisation)
    assert (row.path, row.came_from) == (paper.get_absolute_url(), page)


def test_public_own_refused_and_foreign_pages_leave_none(project):
    public, own = evidence(project, public=True), evidence(project, name="另一份.pdf")
    as_person(officer()).get(public.get_absolute_url())
    as_person(signatory_of(project.organisation)).get(own.get_absolute_url())
    as_person(signatory_of(make_social())).get(own.get_absolute_url())
    as_person(officer()).head(own.get_absolute_url())
    as_person(officer()).get(reverse("delivery:project", args=[project.pk]))
    proposal = project.agreement.award.proposal
    as_person(signatory_of(project.organisation)).get(proposal.get_absolute_url())
    assert not Reading.objects.exists()


def test_a_page_elsewhere_is_no_page_of_ours(project):
    client = as_person(officer())
    client.get(evidence(project).get_absolute_url(), headers={"referer": "https://evil/x"})
    assert Reading.objects.get().came_from == ""


def test_opened_proposals_exports_and_personal_pages_are_noted(project):
    who = person(Role.OFFICER, Role.FUND_MANAGER)
    client = as_person(who)
    proposal = project.agreement.award.proposal
    client.get(proposal.get_absolute_url())
    client.get(reverse("ledger:trial_balance_csv", args=[project.agreement.award.fund.code]))
    client.get(reverse("organisations:own", args=[project.organisation_id]))
    as_person(person(Role.ADMINISTRATOR)).get(reverse("people:person", args=[who.pk]))
    rows = list(Reading.objects.order_by("pk").values_list("kind", "subject_name"))
    assert rows[1][1].endswith(".csv")
    assert rows == [
        ("proposal", proposal.title),
        ("export", rows[1][1]),
        ("personal", project.organisation.name),
        ("personal", who.name),
    ]


def test_it_costs_a_page_one_insert_and_what_it_needs_to_know_whose_it_is(project):
    client = as_person(officer())
    url = project.agreement.award.proposal.get_absolute_url()
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    log = [one["sql"] for one in queries if "marketplace_reading" in one["sql"]]
    assert len(log) == 1
    assert log[0].startswith("INSERT")


def test_nobody_changes_it_and_the_seal_would_tell(project):
    as_person(officer()).get(evidence(project).get_absolute_url())
    for change in (
        lambda: Reading.objects.update(subject_name="x"),
        lambda: Reading.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    seal("readings")
    assert verify("readings") == []
    with triggers_away("marketplace_reading"):
        Reading.objects.update(subject_name="x")
    assert len(verify("readings")) == 1


def test_the_log_is_the_auditors_found_by_who_what_kind_and_time(project):
    paper = evidence(project)
    reader = person(Role.OFFICER, name="钱读者")
    as_person(reader).get(paper.get_absolute_url())
    as_person(reader).get(project.agreement.award.proposal.get_absolute_url())
    url = reverse("auditing:readings")
    client = as_person(auditor())

    def shown(**query):
        return [row.kind for row in client.get(url, query).context["readings"]]

    assert shown() == ["proposal", "document"]
    assert shown(person="钱读") == ["proposal", "document"]
    assert shown(person="别人") == []
    assert shown(kind="document") == ["document"]
    assert shown(what="签到") == ["document"]
    assert shown(what=project.organisation.name) == ["proposal", "document"]
    assert shown(since="2999-01-01") == []
    assert shown(before=str(Reading.objects.latest("pk").pk)) == ["document"]
    assert shown(before="9" * 40) == ["proposal", "document"]
    for role in (Role.OFFICER, Role.FUND_MANAGER, Role.ADMINISTRATOR):
        assert as_person(person(role)).get(url).status_code == 403


def test_the_log_asks_as_many_queries_for_three_rows_as_for_one(project):
    paper, client = evidence(project), as_person(auditor())
    url = reverse("auditing:readings")

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        return len(found)

    as_person(officer()).get(paper.get_absolute_url())
    queries()
    one = queries()
    for _number in range(2):
        as_person(officer()).get(paper.get_absolute_url())
    assert queries() == one <= 12


def test_an_organisation_sees_who_of_the_platform_read_its_papers_but_no_judge(project):
    paper = evidence(project)
    reader, judge = person(Role.OFFICER, name="钱读者"), person(Role.OFFICER, Role.EXPERT)
    as_person(reader).get(paper.get_absolute_url())
    as_person(judge).get(paper.get_absolute_url())
    as_person(signatory_of(project.buyer)).get(paper.get_absolute_url())
    keeper = signatory_of(project.organisation)
    assert [row.person for row in readings_of(project.organisation, keeper)] == [reader]
    assert not readings_of(project.organisation, officer()).exists()
    own = reverse("auditing:own_readings", args=[project.organisation_id])
    assert "钱读者" in as_person(keeper).get(own).content.decode()
    public = project.organisation.get_absolute_url()
    assert "Who read your papers" in as_person(keeper).get(public).content.decode()
    assert "Who read your papers" not in as_person(officer()).get(public).content.decode()
    assert as_person(officer()).get(own).status_code == 404
    assert as_person(signatory_of(make_social())).get(own).status_code == 404
