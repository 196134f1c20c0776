"""The clock (beat) rings for tasks that exist."""

import subprocess
import sys

import pytest
from django.conf import settings

from marketplace.celery import app

RHYTHM = (
    "from marketplace.settings import CELERY_BEAT_SCHEDULE as plan;"
    "print([plan[name]['schedule'] for name in ('work_off_due', 'drain_outbox', 'seal_chains')])"
)


def test_every_scheduled_task_is_registered():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert sorted(scheduled - set(app.tasks)) == []


def test_every_task_of_the_house_is_scheduled():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert ours == {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


@pytest.mark.parametrize(
    ("seconds", "rhythm"), [(None, "[15.0, 15.0, 300.0]"), ("0.5", "[0.5, 0.5, 10.0]")]
)
def test_one_setting_gives_the_rhythm(monkeypatch, seconds, rhythm):
    monkeypatch.delenv("GONGCHUANG_BEAT_SECONDS", raising=False)
    if seconds:
        monkeypatch.setenv("GONGCHUANG_BEAT_SECONDS", seconds)
    done = subprocess.run(
        [sys.executable, "-c", RHYTHM], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == rhythm


def test_a_bell_nobody_heard_falls_silent():
    often = [one for one in settings.CELERY_BEAT_SCHEDULE.values() if "options" in one]
    assert {one["options"]["expires"] / one["schedule"] for one in often} == {8.0}
    nightly = {one["task"] for one in settings.CELERY_BEAT_SCHEDULE.values() if one not in often}
    assert nightly == {
        "marketplace.reconcile_nightly",
        "marketplace.verify_nightly",
        "marketplace.watch_funds",
        "cms.index_nightly",
        "cms.forget_visits",
    }
