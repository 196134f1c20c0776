"""What a panel, a seat and a score sheet can be, and what they can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    """A judge's scores for one proposal; what a judge gave who was replaced, or turned out to be
    bound, is set aside: kept, and counted nowhere."""

    DRAFT = "draft", _("draft")
    FINAL = "final", _("final")
    VOID = "void", pgettext_lazy("sheet", "set aside")


class RoadshowState(models.TextChoices):
    """A roadshow is planned, made known, and runs until all were heard."""

    PLANNED = "planned", pgettext_lazy("roadshow", "planned")
    ANNOUNCED = "announced", _("announced")
    RUNNING = "running", pgettext_lazy("roadshow", "running")
    PAUSED = "paused", _("paused")
    FINISHED = "finished", _("finished")


class TurnState(models.TextChoices):
    """One proposal's time on the stage."""

    WAITING = "waiting", pgettext_lazy("turn", "waiting")
    ON_STAGE = "on_stage", _("on stage")
    CLOSED = "closed", pgettext_lazy("turn", "heard")
    SKIPPED = "skipped", pgettext_lazy("turn", "did not come")


class DiscussionState(models.TextChoices):
    """A panel's discussion: open for a while, closed, or void since the call is judged anew."""

    OPEN = "open", pgettext_lazy("discussion", "open")
    CLOSED = "closed", pgettext_lazy("discussion", "closed")
    DROPPED = "dropped", pgettext_lazy("discussion", "void, judged anew")


PANEL = Machine(
    "panel",
    PanelState,
    {
        PanelState.DRAWN: {PanelState.SCORING},
        PanelState.SCORING: {PanelState.CLOSED, PanelState.DRAWN},  # back: it is judged anew
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
    {
        SheetState.DRAFT: {SheetState.FINAL},
        SheetState.FINAL: {SheetState.VOID},
        SheetState.VOID: set(),
    },
    start=SheetState.DRAFT,
)
ROADSHOW = Machine(
    "roadshow",
    RoadshowState,
    {
        RoadshowState.PLANNED: {RoadshowState.ANNOUNCED},
        RoadshowState.ANNOUNCED: {RoadshowState.RUNNING, RoadshowState.PLANNED},
        RoadshowState.RUNNING: {
            RoadshowState.PAUSED,
            RoadshowState.FINISHED,
            RoadshowState.PLANNED,
        },
        RoadshowState.PAUSED: {RoadshowState.RUNNING, RoadshowState.PLANNED},
        RoadshowState.FINISHED: {RoadshowState.RUNNING, RoadshowState.PLANNED},
    },
    start=RoadshowState.PLANNED,
)
TURN = Machine(
    "turn",
    TurnState,
    {
        TurnState.WAITING: {TurnState.ON_STAGE, TurnState.SKIPPED},
        TurnState.ON_STAGE: {TurnState.CLOSED, TurnState.SKIPPED, TurnState.WAITING},
        TurnState.CLOSED: {TurnState.ON_STAGE, TurnState.WAITING},
        TurnState.SKIPPED: {TurnState.ON_STAGE, TurnState.WAITING},
    },
    start=TurnState.WAITING,
)
LIVE_SHEET = Machine(
    "live_sheet",
    SheetState,
    {
        SheetState.DRAFT: {SheetState.FINAL, SheetState.VOID},
        SheetState.FINAL: {SheetState.VOID},
        SheetState.VOID: set(),
    },
    start=SheetState.DRAFT,
)
DISCUSSION = Machine(
    "discussion",
    DiscussionState,
    {
        DiscussionState.OPEN: {DiscussionState.CLOSED, DiscussionState.DROPPED},
        DiscussionState.CLOSED: {DiscussionState.DROPPED},
        DiscussionState.DROPPED: set(),
    },
    start=DiscussionState.OPEN,
)
