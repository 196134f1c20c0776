"""The Chinese catalogue holds every string of the code, translated."""

from __future__ import annotations

import os
import re
import shutil

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from tests.house.sources import FLOORS, HOUSE, told

PATH = HOUSE / "locale/zh_Hans/LC_MESSAGES/django.po"
PLACE = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")  # "percent" may become "%%"


def test_nothing_is_missing_or_fuzzy():
    catalogue = polib.pofile(str(PATH))
    faults = [
        entry.msgid for entry in catalogue if not entry.obsolete and not entry.translated()
    ] + [entry.msgid for entry in catalogue.fuzzy_entries()]
    assert not faults, told(faults)


def test_a_translation_names_the_same_facts():
    faults = []
    for entry in polib.pofile(str(PATH)).translated_entries():
        wanted = set(PLACE.findall(entry.msgid)) | set(PLACE.findall(entry.msgid_plural or ""))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and set(PLACE.findall(text)) - wanted:
                faults.append((entry.msgid, text))
            if text and not entry.msgid_plural and set(PLACE.findall(text)) != wanted:
                faults.append((entry.msgid, text))
    assert not faults, told(faults)


@pytest.mark.skipif(
    not shutil.which("xgettext") and not os.environ.get("CI"), reason="needs gettext (xgettext)"
)
def test_every_string_of_the_code_is_in_the_catalogue(tmp_path, monkeypatch):
    for part in [*FLOORS, "locale", "manage.py", "tests/__init__.py", "tests/settings.py"]:
        source, target = HOUSE / part, tmp_path / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(source, target)
    known = {(e.msgctxt, e.msgid) for e in polib.pofile(str(PATH)) if not e.obsolete}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [])  # the copy's folder, not the house's
    call_command("makemessages", locale=["zh_Hans"], no_wrap=True, verbosity=0)
    now = polib.pofile(str(tmp_path / "locale/zh_Hans/LC_MESSAGES/django.po"))
    said = {(entry.msgctxt, entry.msgid) for entry in now if not entry.obsolete}
    faults = sorted(text for _context, text in said - known)
    assert not faults, told(faults)
