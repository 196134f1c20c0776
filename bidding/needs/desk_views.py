"""The desk of surveys and needs: writing, opening, importing, drawing needs, publishing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.needs import operations, paper
from bidding.needs.forms import (
    ImportForm,
    NeedForm,
    NewNeedForm,
    NewSurveyForm,
    OpenForm,
    QuestionForm,
    SurveyForm,
)
from bidding.needs.models import Need, Option, Question, Survey
from bidding.needs.queries import (
    figures_of,
    needs_visible_to,
    proposed_needs,
    questions_of,
    surveys_visible_to,
    with_sheets,
)
from bidding.needs.rules import reads_desk
from bidding.needs.states import SurveyState
from bidding.needs.statistics import people_behind, shown, urgency_of
from bidding.needs.views import results_context
from foundation import clock
from foundation.errors import Forbidden
from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404


def _reader(request: HttpRequest) -> None:
    """The 403 page for whoever is neither officer nor auditor."""
    if not reads_desk.test(request.user, None):
        raise Forbidden(_("Only programme officers and auditors work here."))


def _survey(request: HttpRequest, slug: str, law: str = "") -> Survey:
    found = visible_or_404(surveys_visible_to(request.user), slug=slug)
    if law:
        gate(request.user, law, found)
    else:
        _reader(request)
    return found


def _need(request: HttpRequest, pk: int, law: str) -> Need:
    found = visible_or_404(needs_visible_to(request.user), pk=pk)
    gate(request.user, law, found)
    return found


def _form_page(request: HttpRequest, form: Any, title: Any, submit: Any, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "back": back}
    return render(request, "base/form_page.html", context)


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """All surveys, and the needs drawn from them."""
    _reader(request)
    context = {
        "surveys": surveys_visible_to(request.user)[:20],
        "page": page_of(request, needs_visible_to(request.user).order_by("state", "-pk")),
    }
    return render(request, "needs/desk.html", context)


@signed_in
def create_survey(request: HttpRequest) -> HttpResponse:
    """Start a survey."""
    gate(request.user, "create_survey")
    form = NewSurveyForm(*posted(request))
    if form.sent() and (new := form.attempt(operations.create_survey, actor=request.user)):
        said = _("The survey is begun. Add its questions now.")
        return done(request, said, "needs:manage", new.slug)
    return _form_page(request, form, _("New survey"), _("Begin the draft"), reverse("needs:desk"))


@signed_in
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """A survey on the desk: its questions, how many answers, results, needs to draw."""
    found = visible_or_404(with_sheets(surveys_visible_to(request.user)), slug=slug)
    sheets: int = found.sheets  # type: ignore[attr-defined]  # counted by `with_sheets`
    _reader(request)
    is_over = found.state in (SurveyState.CLOSED, SurveyState.PUBLISHED)
    context: dict[str, Any] = {
        "survey": found,
        "title": found.title,
        "is_draft": found.state == SurveyState.DRAFT,
        "is_over": is_over,
        "back": reverse("needs:desk"),
    }
    if is_over:
        context |= results_context(found, sheets)
        context["proposed"] = proposed_needs(found, context["counted"])
        context["is_drawn"] = any(row.drawn for row in context["proposed"])
        context["questions"] = [result.question for result in context["counted"]]
    else:
        context |= {"questions": questions_of(found), "n": sheets}
    return render(request, "needs/manage.html", context)


@signed_in
def edit_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a draft's words."""
    found = _survey(request, slug, "edit_survey")
    form = SurveyForm(*posted(request), instance=found)
    if form.sent() and form.attempt(operations.edit_survey, found, actor=request.user):
        return done(request, _("Saved."), "needs:manage", slug)
    return _form_page(
        request, form, _("Words of the survey"), _("Save"), reverse("needs:manage", args=[slug])
    )


@signed_in
def add_question(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a question."""
    found = _survey(request, slug, "add_question")
    form = QuestionForm(*posted(request))
    if form.sent() and form.attempt(operations.add_question, found, actor=request.user):
        return done(request, _("The question is added."), "needs:manage", slug)
    return _form_page(
        request, form, _("New question"), _("Add"), reverse("needs:manage", args=[slug])
    )


def _question(request: HttpRequest, pk: int, law: str) -> Question:
    rows = Question.objects.filter(survey__in=surveys_visible_to(request.user))
    found = get_object_or_404(rows.select_related("survey"), pk=pk)
    gate(request.user, law, found.survey)
    return found


@signed_in
def edit_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword a question and its choices."""
    found = _question(request, pk, "edit_question")
    form = QuestionForm(*posted(request), instance=found)
    if form.sent() and form.attempt(operations.edit_question, found, actor=request.user):
        return done(request, _("Saved."), "needs:manage", found.survey.slug)
    back = reverse("needs:manage", args=[found.survey.slug])
    return _form_page(request, form, _("Question"), _("Save"), back)


@signed_in
@require_POST
def remove_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question out."""
    found = _question(request, pk, "remove_question")
    to = reverse("needs:manage", args=[found.survey.slug])
    said = _("The question is taken out.")
    return press(request, operations.remove_question, found, said=said, to=to)


@signed_in
def open_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Say from when to when the survey asks, and open it."""
    found = _survey(request, slug, "open_survey")
    now = clock.now().replace(second=0, microsecond=0)
    first = {"opens_at": now, "closes_at": now + dt.timedelta(days=14)}
    form = OpenForm(*posted(request), initial=first)
    if form.sent() and form.attempt(operations.open_survey, found, actor=request.user):
        return done(request, _("The survey is open."), "needs:manage", slug)
    context = {
        "form": form,
        "title": _("Open the survey"),
        "says": _("Everybody can answer, without a name. The questions stay as they are now."),
        "submit": _("Open it"),
        "back": reverse("needs:manage", args=[slug]),
    }
    return render(request, "base/confirm.html", context)


@signed_in
@require_POST
def close_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the survey now."""
    found = _survey(request, slug, "close_survey")
    to = reverse("needs:manage", args=[slug])
    said = _("The survey is closed. Now draw up needs from its answers.")
    return press(request, operations.close_survey, found, said=said, to=to)


@signed_in
@require_POST
def publish_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the results public."""
    found = _survey(request, slug, "publish_survey")
    to = reverse("needs:manage", args=[slug])
    return press(
        request, operations.publish_survey, found, said=_("The results are public."), to=to
    )


@signed_in
def import_responses(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring in answers given on paper, and see which rows were refused."""
    found = _survey(request, slug, "import_responses")
    form = ImportForm(*posted(request))
    outcome = None
    if form.sent():
        outcome = form.attempt(operations.import_responses, found, actor=request.user)
    context = {
        "survey": found,
        "title": _("Answers on paper"),
        "form": form,
        "outcome": outcome,
        "questions": questions_of(found),
        "submit": _("Bring in"),
        "back": reverse("needs:manage", args=[slug]),
    }
    return render(request, "needs/import_responses.html", context)


@signed_in
def paper_table(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty table for answers given on paper."""
    found = _survey(request, slug)
    body = "\ufeff" + paper.template(questions_of(found))
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="paper-{found.slug}.csv"'
    return response


@signed_in
def draw_need(request: HttpRequest, slug: str, option: int) -> HttpResponse:
    """Draw up a need from an answer, its figures filled in."""
    found = _survey(request, slug, "draw_need")
    rows = Option.objects.filter(question__survey=found).exclude(category=None)
    chosen = get_object_or_404(rows.select_related("category"), pk=option)
    form = NewNeedForm(*posted(request), initial=_first_guess(found, chosen))
    if form.sent() and form.attempt(operations.draw_need, found, option=chosen, actor=request.user):
        said = _("The need is drawn up. Publish it when its words are right.")
        return done(request, said, "needs:manage", slug)
    context = {
        "form": form,
        "title": _("Draw up a need"),
        "lead": f"{chosen.category}: {chosen.wording}",
        "submit": _("Draw up"),
        "back": reverse("needs:manage", args=[slug]),
    }
    return render(request, "base/form_page.html", context)


def _first_guess(found: Survey, option: Option) -> dict[str, Any]:
    count, n = figures_of(found, option, None)
    share = shown(count, n) if n else None
    return {
        "title": option.wording,
        "title_en": option.wording_en,
        "headcount": people_behind((share and share.share) or 0, found.population),
        "urgency": urgency_of((share and share.low) or 0),
    }


@signed_in
def edit_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Word a need, or weigh it anew."""
    found = _need(request, pk, "edit_need")
    form = NeedForm(*posted(request), instance=found)
    if form.sent() and form.attempt(operations.edit_need, found, actor=request.user):
        return done(request, _("Saved."), "needs:desk")
    return _form_page(request, form, _("Words of the need"), _("Save"), reverse("needs:desk"))


@signed_in
@require_POST
def publish_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a need public."""
    found = _need(request, pk, "publish_need")
    said = _("The need is public.")
    return press(request, operations.publish_need, found, said=said, to="needs:desk")


@signed_in
@require_POST
def retire_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a need off the list."""
    found = _need(request, pk, "retire_need")
    said = _("The need is off the list.")
    return press(request, operations.retire_need, found, said=said, to="needs:desk")
