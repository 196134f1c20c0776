"""Asking workers, measured in a process of its own: prints figures as JSON.

`python -m tests.benchmarks.rivals.asking ROWS`, with the settings' environment set by `survey`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django

QUESTIONS = 10
ROUNDS = 200


def main(rows: int) -> None:
    """Lay a database, import, count, serve pages; print what each took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    django.setup()
    from django.conf import settings  # Django has to be set up first
    from django.core.management import call_command

    settings.ROOT_URLCONF = "tests.benchmarks.rivals.nothing"
    call_command("compile_catalogue")  # or each sentence is looked for in every catalogue
    call_command("found_database", verbosity=0)
    survey, officer = _survey()
    data = _table(rows)
    print(json.dumps(_import(survey, officer, data) | _pages(survey)))


def _survey() -> tuple[Any, Any]:
    import datetime as dt

    from bidding.needs import operations
    from bidding.needs.choices import Choice
    from foundation import clock
    from tests.factories.organisations import make_officer

    officer = make_officer()
    survey = operations.create_survey(title="职工需求调研", slug="bench", actor=officer)
    wishes = [Choice(f"选项{n}", f"Choice {n}") for n in range(1, 9)]
    for number in range(QUESTIONS):
        kind = ("single", "multiple", "scale", "number", "ranking")[number % 5]
        chosen = wishes if kind in ("single", "multiple") else wishes[:3] * (kind == "ranking")
        operations.add_question(
            survey, kind=kind, wording=f"问题{number}", choices=chosen, actor=officer
        )
    now = clock.now()
    week = dt.timedelta(days=7)
    return operations.open_survey(
        survey, opens_at=now, closes_at=now + week, actor=officer
    ), officer


def _table(rows: int) -> bytes:
    """One row in a hundred is bad."""
    chance = random.Random(1)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["sheet", "district", *(f"q{n}" for n in range(1, QUESTIONS + 1))])
    for number in range(rows):
        cells: list[Any] = []
        for _half in range(2):
            several = ";".join(str(n) for n in sorted(chance.sample(range(1, 9), 3)))
            order = ";".join(chance.sample("123", 3))
            cells += [chance.randint(1, 8), several, chance.randint(1, 5), chance.randint(0, 60)]
            cells.append(order)
        if number % 100 == 50:
            cells[0] = "99"
        table.writerow([f"B{number:06d}", "", *cells])
    return out.getvalue().encode()


def _cpu(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _raw(data: bytes) -> int:
    """The baseline: read the CSV, insert its rows as they are; a sheet may come once."""
    from django.db import connection, transaction

    heads = ["sheet", "district", *(f"q{n}" for n in range(1, QUESTIONS + 1))]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_raw ({' text, '.join(heads)} text, UNIQUE (sheet))")
        reader = csv.reader(io.StringIO(data.decode()))
        next(reader)
        batch: list[list[str]] = []
        marks = ", ".join(["%s"] * len(heads))
        for row in [*reader, None]:
            if row is not None:
                batch.append(row)
            if batch and (row is None or len(batch) == 5000):
                with transaction.atomic():
                    _insert(cursor, heads, marks, batch)
                batch = []
        cursor.execute("SELECT count(*) FROM bench_raw")
        count: int = cursor.fetchone()[0]
        cursor.execute("DROP TABLE bench_raw")
    return count


def _insert(cursor: Any, heads: list[str], marks: str, batch: list[list[str]]) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY bench_raw ({', '.join(heads)}) FROM STDIN") as copy:
            for row in batch:
                copy.write_row(row)
    else:
        cursor.executemany(f"INSERT INTO bench_raw VALUES ({marks})", batch)


def _import(survey: Any, officer: Any, data: bytes) -> dict[str, float]:
    from django.core.files.base import ContentFile
    from django.db import connection

    from bidding.needs import operations
    from bidding.needs.freezing import freeze
    from bidding.needs.intake_operations import read_in

    # SQLite works in this process: its CPU time counts; a server's does not, so the wall clock
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter

    def timed(work: Callable[[], Any]) -> tuple[float, Any]:
        began = clock()
        result = work()
        return clock() - began, result

    raw = min(timed(lambda: _raw(data))[0] for _round in range(3))
    idle = _peak()
    file = ContentFile(data, name="paper.csv")
    handed_in = operations.import_responses(survey, file=file, actor=officer)
    taken, intake = timed(lambda: read_in(handed_in))
    peak = _peak() - idle
    rows = data.count(b"\n") - 1
    assert intake.state == "done"
    assert intake.refused == rows // 100
    assert intake.accepted == rows - rows // 100
    survey.refresh_from_db()
    _known_totals(survey, officer)
    counted = _cpu(lambda: freeze(survey))
    return {
        "raw_rate": rows / raw,
        "import_rate": rows / taken,
        "import_mb": peak,
        "count_seconds": counted,
    }


def _known_totals(survey: Any, officer: Any) -> None:
    """Four margins of eight and of six groups: what a large survey is weighed to."""
    import datetime as dt

    from bidding.needs import operations

    for margin in ("q1", "q6"):
        groups = [([str(n)], 10_000 + 3_000 * n) for n in range(1, 9)]
        facts = {"source": "bench", "dated_on": dt.date(2024, 12, 31)}
        operations.set_totals(survey, margin=margin, groups=groups, **facts, actor=officer)


def _pages(survey: Any) -> dict[str, float]:
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bidding.needs import kept_page

    serve = WSGIHandler()

    def get(path: str, cookie: str = "") -> Callable[[], None]:
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "HTTP_COOKIE": cookie,
        }

        def ask() -> None:
            statuses = []
            body = serve(dict(environ), lambda status, headers: statuses.append(status))
            b"".join(body)
            assert statuses[0].startswith("200"), (path, statuses)
            body.close()

        return ask

    def per_request(ask: Callable[[], None], before: Callable[[], Any] = lambda: None) -> float:
        for _warm in range(5):
            ask()
        best = []
        for _round in range(5):
            spent = 0.0
            for _time in range(ROUNDS // 5):
                before()
                spent += _cpu(ask)
            best.append(1000 * spent / (ROUNDS // 5))
        return min(best)

    invitation = get("/needs/surveys/bench/")
    step = get("/needs/surveys/bench/1/")
    step()
    with CaptureQueriesContext(connection) as asked:
        step()
    queries = len(asked)
    found = {
        "nothing": per_request(get("/ok")),
        "warm": per_request(invitation),
        "cold": per_request(invitation, kept_page._kept.clear),
        "step": per_request(step),
        "queries": queries,
    }
    report = get(_report_page(survey).url)
    told = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            report()
        told.append(len(asked))
    return found | {
        "report_cold": told[0],
        "report_queries": told[1],
        "report_warm": per_request(report),
        "about": per_request(get("/about/")),
    }


def _report_page(survey: Any) -> Any:
    """The report of the survey, now public, with twelve charts frozen when it was published."""
    from cms.models import ReportPage
    from cms.reports.first_words import chart
    from cms.site import build_site
    from cms.words import Words
    from foundation.permissions import SYSTEM

    type(survey).objects.filter(pk=survey.pk).update(state="published")

    def told(survey: Any) -> tuple[Words, Words]:
        kinds = ("single", "multiple", "scale", "ranking")
        charts = [chart(question) for question in survey.questions.filter(kind__in=kinds)]
        report = Words("报告", "", (charts * 2)[:12])
        return report, report

    build_site(actor=SYSTEM, told={survey.slug: told})
    return ReportPage.objects.get(slug=survey.slug, locale__language_code="zh-hans")


if __name__ == "__main__":
    main(int(sys.argv[1]))
