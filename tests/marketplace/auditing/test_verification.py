"""Every verifier finds what was tampered with, the command says so, and the night wakes people."""

import datetime as dt
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader

from bidding.evaluation.models import Ranking
from bidding.notices.models import Notice
from bidding.proposals.models import OpenedContent, Submission
from foundation import clock
from foundation.audit.models import Entry
from foundation.documents.models import Document
from foundation.documents.operations import keep_bytes
from foundation.due.models import DueEvent
from foundation.due.operations import schedule
from foundation.notifications.models import Notification, Outgoing
from foundation.people.models import Role
from foundation.permissions import SYSTEM
from foundation.seals.guards import AppendOnly
from foundation.seals.models import Seal
from foundation.seals.operations import CHAINS, seal_all
from marketplace import tasks
from marketplace.agreements.models import Agreement, Party
from marketplace.auditing import verification
from marketplace.auditing.models import Inspection
from marketplace.awards.operations import confirm_allocation, publish_results
from marketplace.ledger.models import Account
from marketplace.matching.models import AllocationRun
from marketplace.matching.operations import compute_allocation
from tests.factories.deals import make_offered, make_ranked, make_world, sign_all
from tests.factories.ledger import make_fund
from tests.factories.people import person
from tests.factories.proposals import make_opened_call, make_submitted
from tests.marketplace.ledger.test_verification import triggers_away

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def faults(check):
    return list(check())


def keep(text=b"%PDF-1.7 paper"):
    return keep_bytes("a.pdf", text, "application/pdf", purpose="proof", actor=SYSTEM)


def test_a_changed_envelope_is_found_by_its_receipt():
    make_opened_call(2)
    assert faults(verification.receipts) == []
    envelope = Submission.objects.order_by("pk")[0]
    with triggers_away("bidding_openedcontent"):
        kept = OpenedContent.objects.filter(submission=envelope)
        kept.update(content={**envelope.content, "title": ""})
    assert faults(verification.receipts) == [
        f"receipt {envelope.receipt}: the content is not what was handed in"
    ]


def test_changed_runs_and_notices_are_found():
    world = make_world()
    make_ranked(world, 1)
    run = compute_allocation(world.call, fund=world.fund, actor=world.officer)
    confirm_allocation(run, actor=world.officer)
    publish_results(world.call, actor=world.officer)
    assert faults(verification.allocations) == faults(verification.notices) == []
    AllocationRun.objects.update(inputs={})
    with triggers_away("bidding_notice"):
        Notice.objects.update(body={})
    number = Notice.objects.get().number
    assert faults(verification.allocations) == [
        f"allocation run {run.pk}: the inputs are not what was shared out"
    ]
    assert faults(verification.notices) == [f"notice {number}: the body is not what was published"]


def test_a_changed_ranking_is_found():
    world = make_world()
    assert faults(verification.rankings) == []
    with triggers_away("bidding_ranking"):
        Ranking.objects.update(inputs={"sheets": []})
    assert faults(verification.rankings) == [
        f"ranking of {world.call.number}: the inputs are not what was ranked"
    ]


def test_a_guard_that_was_taken_away_is_found():
    assert faults(verification.guards) == []
    with triggers_away("bidding_place"):
        gone = faults(verification.guards)
    assert gone
    assert all(fault.startswith("bidding_place lacks its guard ") for fault in gone)
    assert faults(verification.guards) == []


def test_every_table_that_is_never_changed_is_looked_after():
    guarded = {
        table
        for migration in MigrationLoader(None).disk_migrations.values()
        for step in migration.operations
        if isinstance(step, AppendOnly)
        for table in step.tables
    }
    sealed = [chain.model for chain in CHAINS.values()]
    assert guarded == {m._meta.db_table for m in (*verification.GUARDED, *sealed, Seal)}


def test_a_changed_file_and_a_lost_one_are_found():
    changed, same, lost = keep(), keep(), keep(b"%PDF-1.7 another")
    assert faults(verification.documents) == []
    default_storage.delete(changed.file.name)
    with default_storage.open(changed.file.name, "wb") as file:
        file.write(b"%PDF-1.7 forged")
    default_storage.delete(lost.file.name)
    assert faults(verification.documents) == [
        f"document {changed.uuid}: the file is not what was kept",
        f"document {same.uuid}: the file is not what was kept",
        f"document {lost.uuid}: the file is gone",
    ]
    default_storage.delete(changed.file.name)


def test_a_changed_agreement_and_a_signature_under_another_paper_are_found():
    agreement = sign_all(make_offered(make_world()))
    assert faults(verification.agreements) == []
    Party.objects.filter(agreement=agreement, side="buyer").update(signed_sha256="1" * 64)
    assert faults(verification.agreements) == [
        f"agreement {agreement.number}: the buyer signed another paper"
    ]
    Agreement.objects.update(sha256="1" * 64)
    assert faults(verification.agreements) == [
        f"agreement {agreement.number}: its fingerprint is not that of its paper",
        f"agreement {agreement.number}: the provider signed another paper",
    ]


def test_what_is_overdue_is_found_in_one_sentence():
    now = clock.now()
    for n in range(3):
        schedule("nothing", now - n * HOUR, key=f"late:{n}")
    assert [fault.split(", the oldest")[0] for fault in faults(verification.due_events)] == [
        "due events overdue: 2"
    ]
    DueEvent.objects.update(done_at=now)
    assert faults(verification.due_events) == []
    event = schedule("nothing", now, key="failing")
    DueEvent.objects.filter(pk=event.pk).update(attempts=5, last_error="ValueError: x")
    event.refresh_from_db()
    assert faults(verification.due_events) == [
        f"due event {event}: failed 5 times, last by ValueError: x"
    ]


def test_a_letter_that_never_left_is_found_and_a_sent_one_is_not():
    now = clock.now()
    row = Outgoing.objects.create(
        channel="email", address="a@example.org", kind="x", created_at=now, due_at=now
    )
    assert faults(verification.outbox) == []
    with clock.at(now + 2 * HOUR):
        (fault,) = faults(verification.outbox)
        assert fault.startswith("letters overdue: 1, the oldest since ")
        Outgoing.objects.filter(pk=row.pk).update(sent_at=now)
        assert faults(verification.outbox) == []


def test_entries_that_nobody_seals_are_found():
    make_submitted()
    assert verification.seals("trail") == []
    with clock.at(clock.now() + 2 * HOUR):
        (fault,) = verification.seals("trail")
        assert fault.startswith("trail: entries wait for a seal since ")


@pytest.mark.django_db(transaction=True)
def test_a_clean_house_is_proven_a_line_each_and_a_tampered_one_wakes_those_who_answer_for_it():
    answerable = [person(role) for role in (Role.ADMINISTRATOR, Role.FUND_MANAGER, Role.AUDITOR)]
    person(Role.OFFICER)
    fund = make_fund(1000, manager=answerable[1])
    Document.objects.all().delete()  # the factories' scans have no file
    seal_all()
    said = StringIO()
    call_command("verify", stdout=said)
    assert said.getvalue().splitlines() == [
        f"{name}: holds"
        for name in (
            "books",
            "seals of book",
            "seals of readings",
            "seals of trail",
            *verification.VERIFIERS,
        )
    ]
    assert tasks.verify_nightly() == 0
    assert not Notification.objects.filter(kind="verification_failed").exists()
    assert Inspection.objects.get().state == "sound"

    account = Account.objects.get(place="available", fund=fund)
    with triggers_away("marketplace_account"):
        Account.objects.filter(pk=account.pk).update(credits=1007)
    with triggers_away("foundation_entry"):
        Entry.objects.filter(pk=Entry.objects.earliest("pk").pk).update(action="nothing")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match=r"3 fault\(s\) found"):
        call_command("verify", stdout=out, stderr=err)
    assert "books: 2 fault(s)" in out.getvalue()
    assert "seals of trail: 1 fault(s)" in out.getvalue()
    assert "rows 1 to" in err.getvalue()

    assert tasks.verify_nightly() == 3
    told = Notification.objects.filter(kind="verification_failed").order_by("person_id")
    assert [one.person for one in told] == answerable
    assert [one.facts["faults"] for one in told] == [3, 3, 3]
    assert told[0].facts["first"]["en"].startswith(f"books: {account.code}: stored 1007 in")
    assert Outgoing.objects.filter(notification__in=told).count() == 3
    last = Inspection.objects.latest("pk")
    assert (last.state, last.faults) == ("faulty", 3)
    assert {row["name"]: len(row["faults"]) for row in last.results if row["faults"]} == {
        "books": 2,
        "seals of trail": 1,
    }
    assert told[0].url == f"/desk/auditing/inspections/{last.pk}/"
    assert tasks.run_inspections() == 0  # nothing was asked for
