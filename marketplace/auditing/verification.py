"""Proving everything that is kept: books, seals, fingerprints, files, and that nothing is late."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import F, QuerySet
from django.utils.timezone import localtime

from bidding.evaluation.discussion_models import Minute, Revision
from bidding.evaluation.lottery_models import Lottery, Numbers
from bidding.evaluation.models import Departure, Place, Ranking, Restart
from bidding.needs.finding_models import Findings
from bidding.needs.freezing import faults as survey_figures
from bidding.needs.guards import SURVEYS
from bidding.notices.models import Notice
from bidding.proposals.models import OpenedContent, Submission
from foundation import clock
from foundation.audit.verification import unsealed_since, verify_trail
from foundation.documents.models import Document
from foundation.documents.sealed import opened_bytes
from foundation.due.models import DueEvent
from foundation.notifications.models import Outgoing
from foundation.permissions import SYSTEM
from foundation.seals.chain import sha256_of
from foundation.seals.guards import missing_guards
from foundation.seals.operations import CHAINS, verify
from foundation.vault.boxes import Damaged
from marketplace.agreements.models import Agreement, Party
from marketplace.auditing.models import Sample
from marketplace.auditing.populations import drawn_again
from marketplace.delivery.served import faults as people_served
from marketplace.delivery.voice_queries import faults as voices
from marketplace.ledger.models import Journal, Period
from marketplace.ledger.operations import check_books
from marketplace.ledger.verification import one_moment
from marketplace.matching.models import AllocationRun
from marketplace.reconciliation.models import Difference, Reconciliation
from marketplace.reconciliation.states import DifferenceState

LATE = dt.timedelta(hours=1)
"""How long something due may wait before nobody seems to be working it off."""

NIGHTLY = dt.timedelta(hours=24, minutes=20)
"""What is made every night and is older than this has been left out: the check that runs half an
hour later on the same night finds it."""

MOST_ATTEMPTS = 5
"""After this many failures (half an hour of them) a due event needs a person."""

GUARDED = (
    *(Submission, OpenedContent, Ranking, Place, Departure, Restart),
    *(Revision, Minute, Lottery, Numbers, Notice, Findings),
    *(Journal, Period, Sample),
)
"""What is never changed besides the sealed chains, which look after their own tables."""


@dataclass(frozen=True)
class Outcome:
    """What one verifier found: its name and a sentence for each fault."""

    name: str
    faults: list[str]


def verify_everything() -> list[Outcome]:
    """Run every verifier there is; the ledger's and the trail's own are among them."""
    return [
        Outcome("books", books()),
        *(Outcome(f"seals of {name}", seals(name)) for name in sorted(CHAINS)),
        *(Outcome(name, list(check())) for name, check in VERIFIERS.items()),
    ]


def books() -> list[str]:
    """The ledger's own proof, over one moment; its result is kept where the desk shows it."""
    with one_moment():
        result = check_books(actor=SYSTEM)
    return [f"books: {fault}" for fault in result.faults]


def seals(name: str) -> list[str]:
    """Every seal of one chain, and that the sealer keeps its rhythm."""
    if name != "trail":
        return verify(name)
    faults, waiting = verify_trail(), unsealed_since()
    if waiting:
        faults.append(f"trail: entries wait for a seal since {waiting:%Y-%m-%d %H:%M}")
    return faults


def guards() -> Iterator[str]:
    """The database's own refusals to change what is never changed are in place."""
    for model in GUARDED:
        yield from missing_guards(connection, model._meta.db_table)
    yield from (f"the surveys lack their law {name}" for name in SURVEYS.missing(connection))


def receipts() -> Iterator[str]:
    """Every envelope that was opened against the fingerprint its receipt says."""
    rows = OpenedContent.objects.all()
    for name in _altered(rows, "submission__receipt", "content", "submission__sha256"):
        yield f"receipt {name}: the content is not what was handed in"


def notices() -> Iterator[str]:
    """Every public notice against the fingerprint it was published with."""
    for name in _altered(Notice.objects.all(), "number", "body"):
        yield f"notice {name}: the body is not what was published"


def rankings() -> Iterator[str]:
    """The frozen inputs of every ranking against their fingerprint."""
    for name in _altered(Ranking.objects.all(), "call__number", "inputs"):
        yield f"ranking of {name}: the inputs are not what was ranked"


def allocations() -> Iterator[str]:
    """The frozen inputs of every allocation run against their fingerprint."""
    for name in _altered(AllocationRun.objects.all(), "pk", "inputs"):
        yield f"allocation run {name}: the inputs are not what was shared out"


def _altered(rows: QuerySet[Any], named: str, holds: str, said: str = "sha256") -> Iterator[Any]:
    """The names of the rows whose content is not what their fingerprint says."""
    values = rows.order_by("pk").values_list(named, holds, said)
    for name, content, sha256 in values.iterator(chunk_size=500):
        if sha256_of(content) != sha256:
            yield name


def documents() -> Iterator[str]:
    """Every file against its fingerprint; a file kept once for several documents is read once.

    A sealed one is opened where its key is public by now; before, its fingerprint is that of the
    ciphertext.
    """
    read: dict[str, str | None] = {}
    rows = Document.objects.order_by("pk").values_list("uuid", "file", "sha256", "key")
    for uuid, path, sha256, key in rows.iterator(chunk_size=2000):
        if path not in read:
            read[path] = _fingerprint(path, uuid, bytes(key))
        if read[path] is None:
            yield f"document {uuid}: the file is gone"
        elif read[path] != sha256:
            yield f"document {uuid}: the file is not what was kept"


def _fingerprint(path: str, uuid: UUID, key: bytes) -> str | None:
    try:
        with default_storage.open(path, "rb") as file:
            if key:
                return hashlib.sha256(opened_bytes(uuid, key, file)).hexdigest()
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except Damaged:
        return "damaged"


def agreements() -> Iterator[str]:
    """Every agreement names the fingerprint of its paper, and every party signed that one."""
    offered = Agreement.objects.exclude(document=None)
    for number in offered.exclude(sha256=F("document__sha256")).values_list("number", flat=True):
        yield f"agreement {number}: its fingerprint is not that of its paper"
    signed = Party.objects.exclude(signed_at=None)
    others = signed.exclude(signed_sha256=F("agreement__sha256"))
    for number, side in others.values_list("agreement__number", "side"):
        yield f"agreement {number}: the {side} signed another paper"


def samples() -> Iterator[str]:
    """Every sample drawn again from what it was drawn from."""
    for sample in Sample.objects.select_related("fund", "call").order_by("pk"):
        again = drawn_again(sample)
        if again.sha256 != sample.population_sha256:
            yield f"sample {sample.pk}: what it was drawn from is not what it was"
        rows = sample.items.order_by("position").values_list("row", flat=True)
        if again.members != [f"{sample.kind}:{row}" for row in rows]:
            yield f"sample {sample.pk}: its items are not what its seed draws"


def comparisons() -> Iterator[str]:
    """The comparison with the outside keeps its rhythm, and says of each difference what the
    rows say."""
    late = clock.now() - NIGHTLY
    runs = Reconciliation.objects.order_by("-pk")
    last = runs.exclude(done_at=None).first()
    if last and last.done_at and last.done_at < late:
        yield f"reconciliation: last made at {localtime(last.done_at):%Y-%m-%d %H:%M}"
    for run in runs.filter(done_at=None, asked_at__lt=clock.now() - LATE):
        yield f"reconciliation {run}: asked for and never made"
    if last is None:
        return
    unseen = Difference.objects.filter(state=DifferenceState.OPEN, seen_in__lt=last.pk)
    sides = [side["side"] for side in last.results["sides"] if side["whole"]]
    for key in unseen.filter(side__in=sides).values_list("key", flat=True):
        yield f"difference {key}: open, and the last comparison did not see it"


def due_events() -> Iterator[str]:
    """Nothing that time should have brought waits for more than an hour or fails for good."""
    waiting = DueEvent.objects.filter(done_at=None).order_by("due_at")
    yield from _late(waiting, "due event")
    failing = waiting.filter(attempts__gte=MOST_ATTEMPTS, due_at__gte=clock.now() - LATE)
    for event in failing:
        yield f"due event {event}: failed {event.attempts} times, last by {event.last_error}"


def outbox() -> Iterator[str]:
    """No letter waits for more than an hour after it was due."""
    waiting = Outgoing.objects.filter(sent_at=None, gave_up_at=None).order_by("due_at")
    yield from _late(waiting, "letter")


def _late(waiting: QuerySet[Any], what: str) -> Iterator[str]:
    """One sentence for all that is late: a stopped worker leaves thousands."""
    late = waiting.filter(due_at__lt=clock.now() - LATE)
    count, first = late.count(), late.first()
    if first is not None:
        since = f"{localtime(first.due_at):%Y-%m-%d %H:%M}"
        yield f"{what}s overdue: {count}, the oldest since {since} ({first})"


VERIFIERS: dict[str, Callable[[], Iterable[str]]] = {
    "guards": guards,
    "receipts": receipts,
    "notices": notices,
    "rankings": rankings,
    "allocations": allocations,
    "documents": documents,
    "agreements": agreements,
    "survey figures": survey_figures,
    "people served": people_served,
    "voices": voices,
    "samples": samples,
    "reconciliation": comparisons,
    "due events": due_events,
    "outbox": outbox,
}
