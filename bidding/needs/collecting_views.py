"""Collecting answers on the desk: paper, tables, quotas, and how it goes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.needs import intake_operations, operations, table
from bidding.needs.answer_forms import SheetForm
from bidding.needs.collecting_models import Intake, Quota
from bidding.needs.desk_views import form_page, survey_for
from bidding.needs.forms import ImportForm, QuotaForm
from bidding.needs.models import QuestionKind, Survey
from bidding.needs.monitor import standing_of
from bidding.needs.queries import item_of, questionnaire_of, questions_of
from bidding.needs.states import IntakeState
from foundation.forms import posted
from foundation.http import done, page_of, press, signed_in
from foundation.organisations.spreadsheet import csv_lines

PATIENCE_SECONDS = 1.5
"""How long a page reads on in a table by itself; the background worker does the rest."""

LOOK_AGAIN_SECONDS = 3


@signed_in
def import_responses(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand in a table of answers given on paper; those handed in before."""
    found = survey_for(request, slug, "import_responses")
    form = ImportForm(*posted(request))
    if form.sent() and (
        begun := form.attempt(operations.import_responses, found, actor=request.user)
    ):
        intake_operations.read_in(begun, seconds=PATIENCE_SECONDS)
        return redirect("needs:intake", slug, begun.pk)
    context = {
        "survey": found,
        "title": _("Answers on paper"),
        "form": form,
        "intakes": found.intakes.select_related("document").order_by("-pk")[:10],
        "columns": [
            (q, table.columns_of(item_of(q)) or [q.kind])
            for q in questions_of(found)
            if q.kind != QuestionKind.SECTION
        ],
        "submit": _("Bring in"),
        "back": reverse("needs:manage", args=[slug]),
    }
    return render(request, "needs/import_responses.html", context)


def _intake(request: HttpRequest, slug: str, pk: int) -> tuple[Survey, Intake]:
    found = survey_for(request, slug)
    return found, get_object_or_404(found.intakes.select_related("document"), pk=pk)


@signed_in
def intake(request: HttpRequest, slug: str, intake: int) -> HttpResponse:
    """One table: how far it is read, and every row that was refused, with its reason."""
    found, own = _intake(request, slug, intake)
    context = {
        "survey": found,
        "intake": own,
        "title": own.document.name,
        "page": page_of(request, own.refusals.all(), 50),
        "back": reverse("needs:import_responses", args=[slug]),
    }
    response = render(request, "needs/intake.html", context)
    if own.state == IntakeState.READING:
        response["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


@signed_in
def refused(request: HttpRequest, slug: str, intake: int) -> StreamingHttpResponse:
    """The refused rows as a table to mend and bring in again; line and reason stand last."""
    _found, own = _intake(request, slug, intake)
    with own.document.file.open("rb") as file:
        head = next(table.lines_of(file, own.document.name)).cells

    def rows() -> Any:
        yield (*head, "#line", "#why")
        for row in own.refusals.iterator(chunk_size=2000):
            yield (*row.cells, *[""] * (len(head) - len(row.cells)), row.line, row.reason)

    response = StreamingHttpResponse(csv_lines(rows()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-{own.pk}.csv"'
    return response


@signed_in
def paper_table(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty table for answers given on paper."""
    found = survey_for(request, slug)
    body = "\ufeff" + ",".join(table.heads(questionnaire_of(found))) + "\r\n"
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="paper-{found.slug}.csv"'
    return response


@signed_in
def enter_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Type in one sheet of paper; the next one follows at once, from the same place."""
    found = survey_for(request, slug, "enter_sheet")
    initial = {name: request.GET.get(name, "") for name in ("district", "union")}
    form = SheetForm(questionnaire_of(found), *posted(request), initial=initial)
    if form.sent() and form.attempt(operations.enter_sheet, found, actor=request.user):
        said = _("Sheet %(sheet)s is in.") % {"sheet": form.cleaned_data["sheet_number"]}
        place = form.cleaned_data.get("district")
        union = form.cleaned_data.get("union")
        query = f"?district={place.pk if place else ''}&union={union.pk if union else ''}"
        return done(request, said, reverse("needs:enter_sheet", args=[slug]) + query)
    title, back = _("Type in a sheet"), reverse("needs:import_responses", args=[slug])
    return form_page(request, form, title, _("Save and next sheet"), back)


@signed_in
def monitor(request: HttpRequest, slug: str) -> HttpResponse:
    """How many answers came from where, against what is wanted."""
    found = survey_for(request, slug)
    standing = standing_of(found)
    context = {
        "survey": found,
        "title": _("How the answering goes"),
        "standing": standing,
        "days": [(day, n, n) for day, n in standing.days],
        "tables": [
            (_("By union"), standing.unions),
            (_("By district"), standing.districts),
            (_("By industry"), standing.industries),
        ],
        "back": reverse("needs:manage", args=[slug]),
    }
    return render(request, "needs/monitor.html", context)


@signed_in
def set_quota(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how many answers are wanted from one place."""
    found = survey_for(request, slug, "set_quota")
    form = QuotaForm(*posted(request))
    if form.sent() and form.attempt(operations.set_quota, found, actor=request.user):
        return done(request, _("Saved."), "needs:monitor", slug)
    back = reverse("needs:monitor", args=[slug])
    return form_page(request, form, _("Answers wanted"), _("Save"), back)


@signed_in
@require_POST
def remove_quota(request: HttpRequest, pk: int) -> HttpResponse:
    """Want no particular number from there any more."""
    quota = get_object_or_404(Quota.objects.select_related("survey"), pk=pk)
    survey_for(request, quota.survey.slug, "set_quota")
    to = reverse("needs:monitor", args=[quota.survey.slug])
    return press(request, operations.remove_quota, quota, said=_("The quota is dropped."), to=to)
