"""Writing a survey's questions on the desk, and looking at them as a worker will."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.needs import operations, progress
from bidding.needs.answer_views import Sitting, walk
from bidding.needs.desk_views import survey_for
from bidding.needs.models import Question, QuestionKind
from bidding.needs.queries import item_of, questionnaire_of, questions_of, surveys_visible_to
from bidding.needs.question_forms import QuestionForm
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in


@signed_in
def add_question(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a question of the kind that was picked (or pick one)."""
    found = survey_for(request, slug, "add_question")
    kind = request.GET.get("kind", "")
    kind = kind if kind in QuestionKind.values else ""
    earlier = questionnaire_of(found).questions
    form = QuestionForm(*posted(request), earlier=earlier, kind=kind)
    if form.sent() and form.attempt(operations.add_question, found, actor=request.user):
        return done(request, _("The question is added."), "needs:manage", slug)
    title = _("New question")
    if kind:
        title = f"{title}: {QuestionKind(kind).label}"
    context = {"kinds": QuestionKind.choices, "kind": kind}
    return _page(request, form, title, _("Add"), reverse("needs:manage", args=[slug]), **context)


def _page(
    request: HttpRequest, form: Any, title: str, submit: str, back: str, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "back": back, **more}
    return render(request, "needs/question.html", context)


def _question(request: HttpRequest, pk: int, law: str) -> Question:
    rows = Question.objects.filter(survey__in=surveys_visible_to(request.user))
    found = get_object_or_404(rows.select_related("survey"), pk=pk)
    gate(request.user, law, found.survey)
    return found


@signed_in
def edit_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword a question, its choices, and who is asked."""
    found = _question(request, pk, "edit_question")
    before = [q for q in questions_of(found.survey) if q.position < found.position]
    earlier = [item_of(q) for q in before if q.kind != QuestionKind.SECTION]
    form = QuestionForm(*posted(request), instance=found, earlier=earlier)
    if form.sent() and form.attempt(operations.edit_question, found, actor=request.user):
        return done(request, _("Saved."), "needs:manage", found.survey.slug)
    back = reverse("needs:manage", args=[found.survey.slug])
    title = f"{found.code}: {QuestionKind(found.kind).label}"
    return _page(request, form, title, _("Save"), back)


@signed_in
@require_POST
def move_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a question up or down by one."""
    found = _question(request, pk, "move_question")
    to = reverse("needs:manage", args=[found.survey.slug]) + f"#{found.code}"
    up = request.POST.get("to") == "up"
    return press(request, operations.move_question, found, up=up, said=_("Moved."), to=to)


@signed_in
@require_POST
def remove_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question out."""
    found = _question(request, pk, "remove_question")
    to = reverse("needs:manage", args=[found.survey.slug])
    said = _("The question is taken out.")
    return press(request, operations.remove_question, found, said=said, to=to)


@signed_in
def preview(request: HttpRequest, slug: str, step: int) -> HttpResponse:
    """The very screens a worker will see, skip logic included; nothing is handed in."""
    found = survey_for(request, slug)
    kept = progress.read(request, found, rehearsal=True)
    questionnaire = questionnaire_of(found)
    if not questionnaire.questions:
        return done(request, _("There is no question to show yet."), "needs:manage", slug)
    return walk(request, Sitting(found, questionnaire, kept, "needs:preview"), step, _end)


def _end(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The last screen of a rehearsal: what was answered is forgotten."""
    back = reverse("needs:manage", args=[sitting.survey.slug])
    response = done(request, _("That was the last screen. Nothing was handed in."), back)
    sitting.kept.values = {}
    return progress.write(response, sitting.survey, sitting.kept)
