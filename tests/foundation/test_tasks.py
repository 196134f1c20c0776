"""A background worker, which serves no page, knows every handler and every chain."""

import subprocess
import sys

import pytest

from foundation import tasks
from foundation.notifications.models import Outgoing


def test_a_process_that_serves_no_page_knows_what_the_rooms_registered():
    script = (
        "import django; django.setup()\n"
        "from foundation import tasks\n"
        "tasks._open_every_room()\n"
        "from foundation.due.operations import HANDLERS\n"
        "from foundation.notifications.kinds import KINDS\n"
        "from foundation.seals.operations import CHAINS\n"
        "print(sorted(CHAINS), bool(HANDLERS), 'appointed' in KINDS)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "['book', 'trail'] True True"


@pytest.mark.django_db
def test_with_nothing_to_do_the_tasks_do_nothing():
    assert (tasks.work_off_due(), tasks.drain_outbox(), tasks.seal_chains()) == (0, 0, 0)
    assert Outgoing.objects.count() == 0
