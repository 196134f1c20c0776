"""What a survey and a need can be, and what they can become."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.states import Machine


class SurveyState(models.TextChoices):
    """A survey's life: written, asking, closed, its report out."""

    DRAFT = "draft", _("draft")
    OPEN = "open", pgettext_lazy("survey", "open")
    CLOSED = "closed", _("closed")
    PUBLISHED = "published", _("published")


class NeedState(models.TextChoices):
    """A need is drawn up by an officer, then public."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    RETIRED = "retired", _("retired")


class IntakeState(models.TextChoices):
    """A table of answers waits for its rows to be read, and is done."""

    READING = "reading", _("being read")
    DONE = "done", _("done")
    BROKEN = "broken", _("broken off")


SURVEY = Machine(
    "survey",
    SurveyState,
    {
        SurveyState.DRAFT: {SurveyState.OPEN},
        SurveyState.OPEN: {SurveyState.CLOSED},
        SurveyState.CLOSED: {SurveyState.PUBLISHED, SurveyState.OPEN},
        SurveyState.PUBLISHED: set(),
    },
    start=SurveyState.DRAFT,
)

NEED = Machine(
    "need",
    NeedState,
    {
        NeedState.DRAFT: {NeedState.PUBLISHED},
        NeedState.PUBLISHED: {NeedState.RETIRED},
        NeedState.RETIRED: {NeedState.PUBLISHED},
    },
    start=NeedState.DRAFT,
)

INTAKE = Machine(
    "intake",
    IntakeState,
    {
        IntakeState.READING: {IntakeState.DONE, IntakeState.BROKEN},
        IntakeState.DONE: set(),
        IntakeState.BROKEN: set(),
    },
    start=IntakeState.READING,
)
