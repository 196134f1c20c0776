"""What a panel, a seat and a score sheet can be, and what they can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.states import Machine


class PanelState(models.TextChoices):
    """A panel is drawn, judges, and is done when its ranking stands."""

    DRAWN = "drawn", _("drawn")
    SCORING = "scoring", _("scoring")
    CLOSED = "closed", _("closed")


class SeatState(models.TextChoices):
    """A judge's place on a panel."""

    INVITED = "invited", _("invited")
    SEATED = "seated", _("seated")
    RECUSED = "recused", _("stepped back")


class SheetState(models.TextChoices):
    """A judge's scores for one proposal."""

    DRAFT = "draft", _("draft")
    FINAL = "final", _("final")


PANEL = Machine(
    "panel",
    PanelState,
    {
        PanelState.DRAWN: {PanelState.SCORING},
        PanelState.SCORING: {PanelState.CLOSED},
        PanelState.CLOSED: set(),
    },
    start=PanelState.DRAWN,
)
SEAT = Machine(
    "seat",
    SeatState,
    {
        SeatState.INVITED: {SeatState.SEATED, SeatState.RECUSED},
        SeatState.SEATED: {SeatState.RECUSED},
        SeatState.RECUSED: set(),
    },
    start=SeatState.INVITED,
)
SHEET = Machine(
    "sheet",
    SheetState,
    {SheetState.DRAFT: {SheetState.FINAL}, SheetState.FINAL: set()},
    start=SheetState.DRAFT,
)
