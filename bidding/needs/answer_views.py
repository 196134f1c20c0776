"""Answering a survey: one question a screen, by thumb, without a name; and its rehearsal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from bidding.needs import operations, progress, sheet
from bidding.needs.answer_forms import PlaceForm, StepForm
from bidding.needs.collecting_models import Quota
from bidding.needs.models import Doubt, Survey
from bidding.needs.progress import Progress
from bidding.needs.queries import latest_version, questionnaire_of, surveys_visible_to
from bidding.needs.questionnaire import Questionnaire
from foundation.errors import DomainError
from foundation.face.values import own_words
from foundation.forms import posted
from foundation.http import visible_or_404
from foundation.organisations.models import District
from foundation.pace import DAY, browser_of, counted, is_known, remember, within_pace
from foundation.permissions import why_not

SHEETS_AN_HOUR = 300
"""From one connection: a whole factory may stand behind one address."""

SAME_BROWSER_A_DAY = 5
"""More sheets than that from one browser in a day are marked, not refused: it may be a kiosk."""

SECONDS_A_QUESTION = 1
"""Faster than that nobody reads; such a sheet is marked."""


def short_link(request: HttpRequest, link: str, quota: int = 0) -> HttpResponse:
    """Where a QR code leads: the survey's newest version, in the reader's language."""
    found = latest_version(get_object_or_404(surveys_visible_to(request.user), link=link))
    with override(get_language_from_request(request)):
        response = redirect(found)
    if not quota:
        return response
    named = get_object_or_404(Quota, pk=quota, survey__link=link)
    own = found.quotas.filter(union=named.union_id).exclude(union=None).first()
    kept = progress.read(request, found)
    kept.quota = own.pk if own else None
    return progress.write(response, found, kept)


def answer_survey(request: HttpRequest, slug: str, step: int) -> HttpResponse:
    """One question a screen; what was answered stays on the person's device until handed in."""
    found = visible_or_404(surveys_visible_to(request.user), slug=slug)
    kept = progress.read(request, found)
    if kept.done or why_not(request.user, "answer_survey", found):
        return redirect(found)
    return walk(request, Sitting(found, questionnaire_of(found), kept), step, _hand_in)


class Sitting:
    """One person before one questionnaire: what is kept so far, and where its screens are."""

    def __init__(
        self,
        survey: Survey,
        questionnaire: Questionnaire,
        kept: Progress,
        name: str = "needs:answer_survey",
    ) -> None:
        self.survey, self.questionnaire, self.kept, self.name = survey, questionnaire, kept, name

    def at(self, step: int) -> str:
        """The address of a screen."""
        return reverse(self.name, args=[self.survey.slug, step])

    @property
    def last(self) -> int:
        """The step of the last screen, after all questions."""
        return len(self.questionnaire.questions) + 1


HandIn = Callable[[HttpRequest, Sitting], HttpResponse]


def walk(request: HttpRequest, sitting: Sitting, step: int, hand_in: HandIn) -> HttpResponse:
    """The screen of one step: shown, or its answer kept and on to the next."""
    step = max(step, 1)
    questionnaire, kept = sitting.questionnaire, sitting.kept
    if step >= sitting.last:
        missing = progress.first_missing(questionnaire, kept.values)
        return redirect(sitting.at(missing)) if missing else hand_in(request, sitting)
    item = questionnaire.questions[step - 1]
    _before, after, asked = progress.steps_beside(questionnaire, kept.values, step)
    if step not in dict(asked):
        return redirect(sitting.at(after))
    form = StepForm(item, *posted(request), values=kept.values)
    if form.sent():
        for name in (item.code, item.other_key):
            kept.values.pop(name, None)
        kept.values.update(form.kept)
        if progress.fits(kept):
            onward = progress.steps_beside(questionnaire, kept.values, step)[1]
            return progress.write(redirect(sitting.at(onward)), sitting.survey, kept)
        form.add_error(None, _("This is more than your device can keep. Please write less."))
    return _screen(request, sitting, form, step)


def _screen(request: HttpRequest, sitting: Sitting, form: Any, step: int) -> HttpResponse:
    before, _after, asked = progress.steps_beside(sitting.questionnaire, sitting.kept.values, step)
    steps = [n for n, _item in asked] + [sitting.last]
    item = getattr(form, "item", None)
    context = {
        "survey": sitting.survey,
        "sitting": sitting,
        "form": form,
        "item": item,
        "section": sitting.questionnaire.sections[item.code] if item else None,
        "place": steps.index(step) + 1,
        "steps": len(steps),
        "back_url": sitting.at(before) if before else "",
        "last": step == sitting.last,
        "title": own_words(sitting.survey, "title"),
        "rehearsal": sitting.kept.rehearsal,
    }
    if step == sitting.last:
        context["given"] = list(_given(sitting, asked))
    return render(request, "needs/answer_survey.html", context)


def _given(sitting: Sitting, asked: Any) -> Any:
    """(question, what was answered, where to change it) for the last look before sending."""
    values = sitting.kept.values
    names = {}
    for _step, item in asked:
        if item.kind == "district" and values.get(item.code):
            place = District.objects.filter(pk=values[item.code]).first()
            names[str(values[item.code])] = str(place or "")
    for step, item in asked:
        said = sheet.said(item, values, names) or _("not answered")
        yield own_words(item, "wording"), said, sitting.at(step)


def _hand_in(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The last screen: where one works, and handing the sheet in."""
    found, kept = sitting.survey, sitting.kept
    form = PlaceForm(sitting.questionnaire, *posted(request))
    if form.sent():
        quota = found.quotas.filter(pk=kept.quota or 0).select_related("union").first()
        given = {"token": kept.token, "answers": kept.values, "actor": request.user}
        given["union"] = quota.union if quota else None
        if form.attempt(_answer_in_pace(request, sitting), found, **given):
            kept.done = True
            return progress.write(redirect(found), found, kept)
    return _screen(request, sitting, form, sitting.last)


def _answer_in_pace(request: HttpRequest, sitting: Sitting) -> Any:
    """`answer_survey`, unless far too many sheets come from this connection.

    The very same answers from the very same browser within a day are one sheet that was sent
    twice; many different ones are marked, for a kiosk looks like that, too.
    """

    def answer(found: Survey, **facts: Any) -> Any:
        if not within_pace(request, f"survey:{found.pk}", SHEETS_AN_HOUR):
            raise DomainError(
                _("Very many answers came from this connection. Please send it in an hour.")
            )
        same = json.dumps([facts["answers"], str(facts.get("district"))], sort_keys=True)
        habit = f"{found.pk}:{browser_of(request)}"
        content = salted_hmac("sheet", f"{habit}:{same}").hexdigest()
        if _says_enough(sitting) and is_known(request, f"same:{content}", DAY):
            return found  # thanked for again; nothing is counted twice
        again = counted(request, f"habit:{habit}", DAY) > SAME_BROWSER_A_DAY
        handed_in = operations.answer_survey(found, doubt=_doubt(sitting, again), **facts)
        remember(request, f"same:{content}", DAY)
        return handed_in

    return answer


def _says_enough(sitting: Sitting) -> bool:
    """Are there so many answers that two people hardly give the very same?"""
    return len(sitting.kept.values) >= 8


def _doubt(sitting: Sitting, again: bool) -> str:
    if again:
        return Doubt.AGAIN
    fast = progress.seconds_taken(sitting.kept) < SECONDS_A_QUESTION * len(sitting.kept.values)
    return Doubt.FAST if fast else Doubt.NONE
