"""Who may ask workers, who may answer, and who draws needs from the answers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from bidding.needs.collecting_models import Intake, Quota
from bidding.needs.models import Need, Survey
from bidding.needs.states import IntakeState, NeedState, SurveyState
from foundation import clock
from foundation.people.rules import is_auditor, is_officer
from foundation.permissions import is_anyone, is_system, may_become, permit

reads_desk = is_officer | is_auditor
"""Officers work on surveys and needs; auditors read them."""


def is_draft(survey: Survey) -> Any:
    """Questions change only until the survey opens: answers must mean the same for all."""
    if survey.state == SurveyState.DRAFT:
        return None
    return _("The survey has been opened, so its questions stay as they are.")


def is_asking(survey: Survey) -> Any:
    """The survey is open, by its state and by its times."""
    now = clock.now()
    if survey.state == SurveyState.DRAFT or (survey.opens_at and now < survey.opens_at):
        return _("This survey is not open yet.")
    if survey.state != SurveyState.OPEN or (survey.closes_at and now >= survey.closes_at):
        return _("This survey is closed. Thank you for wanting to take part.")
    if survey.most_sheets and survey.responses.count() >= survey.most_sheets:
        return _("This survey has as many answers as it needs. Thank you for wanting to take part.")
    return None


def is_open(survey: Survey) -> Any:
    """It asks now, or will as soon as its time comes."""
    if survey.state == SurveyState.OPEN:
        return None
    return _("Only the times of an open survey can be moved.")


def is_frozen(survey: Survey) -> Any:
    """A draft needs no new version; and one at a time follows another."""
    if survey.state == SurveyState.DRAFT:
        return _("This is a draft still: change it as it is.")
    if Survey.objects.filter(earlier=survey).exists():
        return _("The next version of this survey has been begun already.")
    return None


def is_not_over(survey: Survey) -> Any:
    """Quotas change until the survey's results are out."""
    if survey.state == SurveyState.PUBLISHED:
        return _("The results of this survey are public.")
    return None


def quota_is_not_over(quota: Quota) -> Any:
    """The same, asked of a quota."""
    return is_not_over(quota.survey)


def is_being_read(intake: Intake) -> Any:
    """There are rows left to read, and the survey still takes paper."""
    if intake.state != IntakeState.READING:
        return _("This table has been read.")
    return None


def takes_paper(survey: Survey) -> Any:
    """Paper sheets may still come in after closing, until the results are published."""
    if survey.state in (SurveyState.OPEN, SurveyState.CLOSED):
        return None
    return _("Answers on paper come in while the survey is open or closed, not after its results.")


def is_read_whole(survey: Survey) -> Any:
    """No table is still being read: its rows would come in after the figures were made."""
    if Intake.objects.filter(survey=survey, state=IntakeState.READING).exists():
        return _("A table of answers is still being read. Publish when all of it is in.")
    return None


def has_answers_in(survey: Survey) -> Any:
    """Needs are drawn once all answers are in."""
    if survey.state in (SurveyState.CLOSED, SurveyState.PUBLISHED):
        return None
    return _("Close the survey first: needs are drawn when all answers are in.")


def has_no_needs(survey: Survey) -> Any:
    """A survey whose answers have become needs takes no more of them."""
    if survey.state == SurveyState.CLOSED and survey.needs.exists():
        return _("Needs have been drawn from this survey, so it cannot open again.")
    return None


def is_not_retired(need: Need) -> Any:
    """A retired need stands as it was."""
    return _("This need is retired.") if need.state == NeedState.RETIRED else None


def is_need_draft(need: Need) -> Any:
    """Nobody outside the desk has seen it."""
    if need.state == NeedState.DRAFT:
        return None
    return _("Only a draft can be thrown away; a public need is retired.")


def has_drafts(survey: Survey) -> Any:
    """There are needs to make public."""
    if survey.needs.filter(state=NeedState.DRAFT).exists():
        return None
    return _("No need of this survey is a draft.")


permit("load_categories", who=is_system, meaning=_("put in the official categories"))
permit("create_survey", who=is_officer, meaning=_("start a survey"))
permit("edit_survey", who=is_officer, when=is_draft, meaning=_("change the words of a survey"))
permit("add_question", who=is_officer, when=is_draft, meaning=_("add a question to a survey"))
permit("edit_question", who=is_officer, when=is_draft, meaning=_("change a question"))
permit("remove_question", who=is_officer, when=is_draft, meaning=_("take a question out"))
permit("move_question", who=is_officer, when=is_draft, meaning=_("move a question"))
permit(
    "import_xlsform",
    who=is_officer,
    when=is_draft,
    meaning=_("take the questions of a draft from an XLSForm"),
)
permit(
    "revise_survey",
    who=is_officer,
    when=is_frozen,
    meaning=_("begin a survey's next version"),
)
permit(
    "reschedule_survey",
    who=is_officer,
    when=is_open,
    meaning=_("move an open survey's times"),
)
permit(
    "set_quota",
    who=is_officer,
    when=is_not_over,
    meaning=_("say how many answers are wanted from where"),
)
permit(
    "set_totals",
    who=is_officer,
    when=is_not_over,
    meaning=_("say how many workers there are, by district, industry …"),
)
permit(
    "remove_totals",
    who=is_officer,
    when=is_not_over,
    meaning=_("leave known totals out of the weighing"),
)
permit(
    "limit_weights",
    who=is_officer,
    when=is_not_over,
    meaning=_("limit how much one answer may weigh"),
)
permit("remove_quota", who=is_officer, when=quota_is_not_over, meaning=_("drop a quota"))
permit(
    "enter_sheet",
    who=is_officer,
    when=takes_paper,
    meaning=_("type in a sheet of paper"),
)
permit(
    "take_in_rows",
    who=is_system,
    when=is_being_read,
    meaning=_("read the next rows of a table of answers"),
)
permit(
    "break_off_table",
    who=is_system,
    when=is_being_read,
    meaning=_("break off a table of answers"),
)
permit(
    "open_survey",
    who=is_officer,
    when=[may_become(SurveyState.OPEN), has_no_needs],
    meaning=_("open a survey to everybody"),
)
permit("answer_survey", who=is_anyone, when=is_asking, meaning=_("answer a survey, without a name"))
permit(
    "import_responses",
    who=is_officer,
    when=takes_paper,
    meaning=_("bring in answers given on paper"),
)
permit(
    "close_survey",
    who=is_officer | is_system,
    when=may_become(SurveyState.CLOSED),
    meaning=_("close a survey, or its time has come"),
)
permit(
    "publish_survey",
    who=is_officer,
    when=[may_become(SurveyState.PUBLISHED), is_read_whole],
    meaning=_("make the results of a survey public"),
)
permit(
    "draw_need", who=is_officer, when=has_answers_in, meaning=_("draw up a need from the answers")
)
permit(
    "draw_needs",
    who=is_officer,
    when=has_answers_in,
    meaning=_("draw up several needs from the answers"),
)
permit("edit_need", who=is_officer, when=is_not_retired, meaning=_("word a need"))
permit(
    "publish_need",
    who=is_officer,
    when=may_become(NeedState.PUBLISHED),
    meaning=_("make a need public"),
)
permit(
    "publish_needs",
    who=is_officer,
    when=has_drafts,
    meaning=_("make all needs public that were drawn up from a survey"),
)
permit(
    "retire_need",
    who=is_officer,
    when=may_become(NeedState.RETIRED),
    meaning=_("take a need off the list"),
)
permit("discard_need", who=is_officer, when=is_need_draft, meaning=_("throw a drafted need away"))
