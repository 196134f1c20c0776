"""What upper floors know about an organisation, asked by names in the settings.

`ORGANISATION_OBLIGATIONS` lists dotted names of functions `f(organisation) -> list of sentences`
that say why it cannot be dissolved yet; `ORGANISATION_PANELS` of functions
`f(organisation, person) -> Panel or None` that show its record on its public page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from foundation.organisations.models import Organisation


@dataclass(frozen=True)
class Panel:
    """A titled part of an organisation's page: a template of the floor that knows, its facts."""

    title: Any
    template: str
    facts: dict[str, Any] = field(default_factory=dict)


def obligations_of(organisation: Organisation) -> list[Any]:
    """Every sentence why the organisation cannot be dissolved yet."""
    asked = getattr(settings, "ORGANISATION_OBLIGATIONS", ())
    return [sentence for name in asked for sentence in import_string(name)(organisation)]


def panels_of(organisation: Organisation, person: Any) -> list[Panel]:
    """What the floors above show on its page."""
    asked = getattr(settings, "ORGANISATION_PANELS", ())
    shown = (import_string(name)(organisation, person) for name in asked)
    return [panel for panel in shown if panel is not None]
