"""Kinds of notices: what can be told, in which words, in which group a person may mute it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.money import yuan

GROUPS: dict[str, Any] = {
    "people": _("My account and posts"),
    "organisations": _("Organisations"),
    "needs": _("Needs and surveys"),
    "calls": _("Calls"),
    "proposals": _("Proposals"),
    "evaluation": _("Evaluation"),
    "notices": _("Notices and objections"),
    "matching": _("Interest, pledges and matching"),
    "awards": _("Awards"),
    "agreements": _("Agreements"),
    "delivery": _("Delivery"),
    "complaints": _("Complaints"),
    "payments": _("Payments"),
    "ledger": _("Fund and books"),
    "auditing": _("Audit: findings and verification"),
    "pages": _("Pages of the public site"),
}
"""The groups of kinds, in the order a person sees them among the preferences."""


@dataclass(frozen=True)
class Kind:
    """One thing that can be told. Its words are lazy: they are made in the reader's language.

    `forgets`: written to somebody without an account, whose address is let go once it was sent.
    `discreet`: that it was told at all is its readers' alone, so whoever looks after the letters
    sees neither to whom nor what about.
    """

    name: str
    group: str
    title: Any
    body: Any
    forgets: bool = False
    discreet: bool = False

    def words(self, facts: Mapping[str, Any]) -> tuple[str, str]:
        """(title, body) in the language that is active now."""
        said = {name: _said(name, value) for name, value in facts.items()}
        return str(self.title) % said, str(self.body) % said


KINDS: dict[str, Kind] = {}


def kind(
    name: str,
    *,
    group: str,
    title: Any,
    body: Any = "",
    forgets: bool = False,
    discreet: bool = False,
) -> Kind:
    """Say what can be told under `name`; `%(fact)s` in its words is filled from `tell`'s facts.

    A fact whose name ends in `_fen` is said as money, in `_at` as a moment, in `_on` as a day;
    a lazy one (a label, a title with its twin) is said in the reader's language.
    """
    if name in KINDS:
        raise ValueError(f"two kinds are called {name}")
    if group not in GROUPS:
        raise ValueError(f"{group} is no group of kinds")
    KINDS[name] = Kind(name, group, title, body, forgets, discreet)
    return KINDS[name]


def kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they are stored: what is lazy is written down in every language of the house."""
    return {
        name: _in_every_language(value) if isinstance(value, Promise) else value
        for name, value in facts.items()
    }


def _in_every_language(words: Promise) -> dict[str, str]:
    said = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said[code] = str(words)
    return said


def _said(name: str, value: Any) -> Any:
    """A stored fact as a sentence says it."""
    if isinstance(value, dict):
        return value.get(translation.get_language() or "") or value[settings.LANGUAGE_CODE]
    if name.endswith("_fen") and isinstance(value, int):
        return yuan(value)
    if name.endswith("_at"):
        moment = parse_datetime(value) if isinstance(value, str) else value
        if isinstance(moment, dt.datetime):
            return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    if name.endswith("_on"):
        day = parse_date(value) if isinstance(value, str) else value
        if isinstance(day, dt.date):
            return date_format(day, "DATE_FORMAT")
    return value
