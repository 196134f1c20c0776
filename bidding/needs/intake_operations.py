"""Bringing in a table of answers: kept whole, then read batch by batch until it is done."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.db import connection
from django.utils.translation import gettext as _

from bidding.needs import rules as _rules  # noqa: F401  # the laws are registered
from bidding.needs.collecting_models import Intake, RefusedRow
from bidding.needs.models import Channel, Doubt, Response, Survey
from bidding.needs.queries import questionnaire_of
from bidding.needs.questionnaire import Item
from bidding.needs.response_operations import hex_token
from bidding.needs.rules import reads_desk, takes_paper
from bidding.needs.states import IntakeState
from bidding.needs.table import Line, Row, Table, lines_of
from foundation import clock
from foundation.audit.operations import record
from foundation.documents.models import Document
from foundation.documents.operations import keep_document
from foundation.documents.readers import reader
from foundation.errors import Clash, DomainError
from foundation.operations import lock, operation
from foundation.organisations.models import District, Union
from foundation.permissions import SYSTEM, allow

log = logging.getLogger(__name__)

BATCH = 5000
PURPOSE = "survey_answers"


@reader(PURPOSE)
def reads_answers(person: Any, document: Document) -> bool:
    """The tables are for those who work on surveys, and for auditors."""
    return bool(reads_desk.test(person, None))


@operation
def import_responses(survey: Survey, *, file: File, actor: Any) -> Intake:
    """Hand in a table of answers given on paper; its rows are read afterwards (`read_in`).

    A sheet's number makes its row known again, so the same file may be brought in twice.
    """
    survey = lock(survey)
    allow(actor, "import_responses", survey)
    head = next(lines_of(file, file.name or ""), None)
    table_of(survey, head.cells if head else ())
    document = keep_document(file, purpose=PURPOSE, actor=actor, field="file")
    intake = Intake.objects.create(
        survey=survey, document=document, asked_by=actor, asked_at=clock.now()
    )
    record(actor, "import_responses", survey, file=document.name, sha256=document.sha256)
    return intake


def table_of(survey: Survey, head: Sequence[str]) -> Table:
    """How a table with this head is read for the survey."""
    districts = {word: d.code for d in District.objects.all() for word in (d.code, d.name)}
    bodies = Union.objects.values_list("pk", "organisation__name", "organisation__uscc")
    unions = {word: pk for pk, *words in bodies for word in words if word}
    return Table(questionnaire_of(survey), head, districts, unions)


def read_in(intake: Intake, *, seconds: float | None = None) -> Intake:
    """Read the table's next rows, at most so long; a killed reader is followed by another.

    Each batch stands or falls as a whole and says how far it came, so nothing is read twice.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    with intake.document.file.open("rb") as file:
        lines = lines_of(file, intake.document.name)
        head = next(lines, None)
        table = table_of(intake.survey, head.cells if head else ())
        rest = itertools.islice(lines, intake.rows_done, None)
        while intake.state == IntakeState.READING:
            try:
                batch = list(itertools.islice(rest, BATCH))
            except DomainError as broken:  # whole at its head, and not further on
                return break_off_table(intake, why=str(broken), actor=SYSTEM)
            try:
                intake = take_in_rows(intake, table=table, lines=batch, actor=SYSTEM)
            except Clash:  # another worker is at it
                intake.refresh_from_db()
                break
            if ends is not None and time.monotonic() > ends:
                break
    return intake


def read_all() -> int:
    """What the background worker does: read on in every table that waits; how many there were."""
    waiting = list(Intake.objects.filter(state=IntakeState.READING).order_by("pk"))
    for intake in waiting:
        try:
            read_in(intake)
        except Exception:  # a fault at one table must not stop the tables behind it
            log.exception("table %s could not be read", intake.pk)
    return len(waiting)


@operation
def take_in_rows(intake: Intake, *, table: Table, lines: list[Line], actor: Any) -> Intake:
    """Take in one batch: good rows go in, every other is kept with its reason.

    The survey's row is locked as well: none comes in beside the figures being published.
    """
    expected = intake.rows_done
    intake = lock(intake)
    allow(actor, "take_in_rows", intake)
    if intake.rows_done != expected:
        raise Clash(_("Another worker is reading this table."))
    survey = lock(intake.survey)
    if why := takes_paper(survey):
        return break_off_table(intake, why=str(why), actor=actor)
    good, refused = _sorted(survey, table, lines)
    _store(survey, good)
    RefusedRow.objects.bulk_create(
        RefusedRow(intake=intake, line=line.number, reason=why[:300], cells=list(line.cells))
        for line, why in refused
    )
    intake.rows_done += len(lines)
    intake.accepted += len(good)
    intake.refused += len(refused)
    intake.share_done = max([intake.share_done, *(line.share for line in lines)])
    intake.save()
    if len(lines) < BATCH:
        intake.move_to(IntakeState.DONE, share_done=100, done_at=clock.now())
    facts = {"accepted": len(good), "refused": len(refused), "rows_done": intake.rows_done}
    record(actor, "take_in_rows", survey, table=intake.pk, **facts)
    return intake


@operation
def break_off_table(intake: Intake, *, why: str, actor: Any) -> Intake:
    """Read no further in a table; what came in before stays, and the page says why."""
    intake = lock(intake)
    allow(actor, "break_off_table", intake)
    intake.move_to(IntakeState.BROKEN, done_at=clock.now(), fault=why[:300])
    record(actor, "break_off_table", intake.survey, table=intake.pk, rows_done=intake.rows_done)
    return intake


Good = list[tuple[str, Row]]


def _sorted(survey: Survey, table: Table, lines: list[Line]) -> tuple[Good, list[tuple[Line, str]]]:
    """The rows that hold, with their tokens, and those that do not, with why."""
    key = survey.pk
    good: list[tuple[Line, str, Row]] = []
    refused: list[tuple[Line, str]] = []
    for line in lines:
        try:
            row = table.row(line.cells)
            good.append((line, hex_token(key, row.sheet), row))
        except DomainError as refusal:
            refused.append((line, _reason(refusal, table.questionnaire.item)))
    known = _known([token for _line, token, _row in good])
    fresh: Good = []
    for line, token, row in good:
        if token in known:
            refused.append((line, _("Sheet %(sheet)s is in already.") % {"sheet": row.sheet}))
            continue
        known.add(token)
        fresh.append((token, row))
    return fresh, refused


def _known(tokens: list[str]) -> set[str]:
    """Which of these sheets are in. Past the ORM: it would turn every one of them over thrice."""
    name = connection.ops.quote_name(Response._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT token FROM {name} WHERE token = ANY(%s::uuid[])", [tokens])
            return {token.hex for (token,) in cursor.fetchall()}
        marks = ", ".join(["%s"] * len(tokens))
        cursor.execute(f"SELECT token FROM {name} WHERE token IN ({marks})", tokens)
        return {token for (token,) in cursor.fetchall()}


def _reason(refusal: DomainError, item: Any) -> str:
    """The refusal with the column it is about, as the person sees the columns."""
    asked: Item | None = item((refusal.field or "").removesuffix(".other"))
    return f"{refusal.field}: {refusal}" if asked else str(refusal)


ROWS_A_STATEMENT = 200
COLUMNS = ("survey_id", "token", "channel", "district_id", "industry", "union_id", "doubt")
STAMPED = (*COLUMNS, "answered_at", "answers")


def _store(survey: Survey, good: Good) -> None:
    """Write the sheets. Past the ORM: building 100,000 objects takes longer than all the rest."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in STAMPED)
    into = f"{quote(Response._meta.db_table)} ({names})"
    now = connection.ops.adapt_datetimefield_value(clock.now())
    key, paper, none = survey.pk, Channel.PAPER.value, Doubt.NONE.value
    rows = (
        (
            key,
            token,
            paper,
            row.district,
            row.industry,
            row.union,
            none,
            now,
            row.answers,
        )
        for token, row in good
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            one = f"({', '.join(['%s'] * len(STAMPED))})"
            # many rows a statement: its triggers make SQLite keep a way back for each statement
            while some := list(itertools.islice(rows, ROWS_A_STATEMENT)):
                cursor.execute(
                    f"INSERT INTO {into} VALUES {', '.join([one] * len(some))}",
                    list(itertools.chain.from_iterable(some)),
                )
