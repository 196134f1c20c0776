"""What came of needs: asked of the floors above that know it, by names in the settings.

`NEED_CHAIN` names a function `f(needs) -> needs` that adds to each row what `Told` lists;
`NEED_PANELS` lists functions `f(need, person) -> Panel or None` that show the further links of
the chain (projects, people served) on the need's page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from bidding.needs.models import Need
from foundation.organisations.obligations import Panel

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations  # a development package


class Stage(models.TextChoices):
    """How far the answer to a need has come; computed, never stored."""

    NONE = "none", _("no call yet")
    CALLED = "called", _("a call is out")
    LEFT = "left", _("called, nothing funded")
    FUNDED = "funded", _("projects under way")
    DELIVERED = "delivered", _("delivered")


TONES = {
    Stage.NONE: "quiet",
    Stage.CALLED: "info",
    Stage.LEFT: "warn",
    Stage.FUNDED: "info",
    Stage.DELIVERED: "good",
}


class Told(TypedDict):
    """What `with_chain` adds: stage, calls, projects (and those that run), people, fen."""

    stage: str
    calls_n: int
    projects_n: int
    running_n: int
    served_n: int
    money_fen: int


def with_chain(needs: QuerySet[Need]) -> QuerySet[WithAnnotations[Need, Told]]:
    """The needs, each with what came of it (no further query)."""
    told: QuerySet[Any] = import_string(settings.NEED_CHAIN)(needs)
    return told


def panels_of(need: Need, person: Any) -> list[Panel]:
    """The links of the chain that the floors above show on the need's page."""
    shown = (import_string(name)(need, person) for name in settings.NEED_PANELS)
    return [panel for panel in shown if panel is not None]
