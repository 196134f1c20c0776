"""The shape of every operation: what `lock` brings along, and what it leaves alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from foundation.operations import lock
from foundation.people.models import Appointment, Role
from tests.factories.organisations import make_person


@pytest.mark.django_db
def test_lock_reads_the_row_alone_unless_more_is_named() -> None:
    post = Appointment.objects.create(person=make_person(), role=Role.OFFICER, began_at=clock.now())
    with CaptureQueriesContext(connection) as queries:
        lock(post)
        lock(post, "person")
    alone, together = (query["sql"] for query in queries.captured_queries)
    assert alone.count(" JOIN ") == 0
    assert together.count(" JOIN ") == 1
