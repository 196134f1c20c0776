"""`manage.py make_keys`: a new master key in the key store; `--rewrap` brings all under it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from foundation.vault import keyring
from foundation.vault.keys import rewrap


class Command(BaseCommand):
    """The first one before the platform starts; a further one when the old may be known."""

    help = "Makes a master key in the key store (GONGCHUANG_KEYS), used from now on."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do with the keys that are there."""
        parser.add_argument("--if-none", action="store_true", help="only if there is none yet")
        parser.add_argument("--rewrap", action="store_true", help="wrap every key anew under it")
        parser.add_argument(
            "--forget-lost",
            action="store_true",
            help="with --rewrap: forget keys that no master key opens; what they sealed is lost",
        )

    def handle(self, *, if_none: bool, rewrap: bool, forget_lost: bool, **options: Any) -> None:
        """Make it, and say what became of the others."""
        if if_none and keyring.names():
            return
        self.stdout.write(f"{keyring.folder() / keyring.make_key()} is in use from now on.")
        self.stdout.write("Keep a copy of the folder apart from the database and its backups.")
        if rewrap:
            self._rewrap(forget_lost)

    def _rewrap(self, forget_lost: bool) -> None:
        done, lost = rewrap(forget_lost=forget_lost)
        self.stdout.write(f"{done} key{'' if done == 1 else 's'} wrapped anew.")
        if lost:
            said = "forgotten" if forget_lost else "cannot be opened any more"
            self.stdout.write(f"{len(lost)} {said}: {', '.join(lost)}")
