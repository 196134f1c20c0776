"""Counting visits: gathered in memory, added to the day's number now and then, never in a request.

No cookie, no address, no browser is kept, only how often a public page was answered with its
words that day. Each process adds what it gathered, so any number of them count right; one that
is killed loses what it gathered since it last wrote (half a minute). Machines that say what they
are (in `User-Agent`), and browsers that fetch ahead, are left out; those that lie are not known.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import re
import threading
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cms.visits.models import Visit
from foundation import clock

log = logging.getLogger(__name__)

COUNTED = frozenset(
    {
        "wagtail_serve",
        "calls:call",
        "calls:calls",
        "catalogue:money",
        "catalogue:project",
        "catalogue:projects",
        "catalogue:services",
        "needs:need",
        "needs:needs",
        "needs:survey",
        "notices:notice",
        "notices:notices",
        "opendata:index",
        "organisations:organisation",
        "organisations:organisations",
        "organisations:unions",
    }
)
"""Pages everybody may read; never an address that holds a secret (an answer, a complaint)."""

MACHINE = re.compile(
    r"bot|crawl|spider|slurp|scan|monitor|preview|headless|https?:|curl|wget|python|java/|go-http",
    re.IGNORECASE,
)
KEPT_DAYS = 400

Gathered = Counter[tuple[dt.date, str]]

_gathered: Gathered = Counter()
_lock = threading.Lock()
_waiting: list[threading.Timer] = []


def is_visit(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Did somebody read a public page?"""
    match = request.resolver_match
    if request.method != "GET" or response.status_code != 200 or match is None:
        return False
    if match.view_name not in COUNTED or not response.get("Content-Type", "").startswith(
        "text/html"
    ):
        return False
    headers = request.headers
    if "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", "")):
        return False
    browser = headers.get("User-Agent", "")
    return bool(browser) and not MACHINE.search(browser)


def count_visits(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: remember that a page was read, in the memory of this process."""

    def counting(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if is_visit(request, response):
            _remember(request.path[:200])
        return response

    return counting


def _remember(path: str) -> None:
    with _lock:
        _gathered[clock.today(), path] += 1
        if settings.VISITS_SECONDS and not _waiting:
            timer = threading.Timer(settings.VISITS_SECONDS, _write_beside)
            timer.daemon = True
            _waiting.append(timer)
            timer.start()


def _write_beside() -> None:
    """In a thread of its own, with a connection of its own."""
    try:
        write_down()
    finally:
        connection.close()


def write_down() -> int:
    """Add what this process gathered to the numbers of the day; returns how many visits it was."""
    with _lock:
        rows = _gathered.copy()
        _gathered.clear()
        _waiting.clear()
    if not rows:
        return 0
    table = connection.ops.quote_name(Visit._meta.db_table)
    values = [(path, day, count) for (day, path), count in sorted(rows.items())]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # raw: to what stands is added, whoever else is adding; the ORM would overwrite it
            cursor.executemany(
                f"INSERT INTO {table} (path, day, count) VALUES (%s, %s, %s) "
                f"ON CONFLICT (path, day) DO UPDATE SET count = {table}.count + excluded.count",
                values,
            )
    except DatabaseError:
        log.exception("visits could not be written; they are kept for the next time")
        with _lock:
            _gathered.update(rows)
        return 0
    return sum(rows.values())


def forget_old() -> int:
    """Take away the numbers of days long past; returns how many rows went."""
    before = clock.today() - dt.timedelta(days=KEPT_DAYS)
    return Visit.objects.filter(day__lt=before).delete()[0]


def visits_of(path: str) -> int:
    """How often the page at `path` was read, as far as it is written down and kept."""
    return Visit.objects.filter(path=path).aggregate(sum=Sum("count", default=0))["sum"]


@atexit.register
def _at_the_end() -> None:
    if settings.configured and settings.VISITS_SECONDS and _gathered:
        _write_beside()
