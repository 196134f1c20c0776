"""A questionnaire going in and out as XLSForm, and the poster that leads to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.needs import operations, poster, xlsform
from bidding.needs.collecting_models import Quota
from bidding.needs.desk_views import survey_for
from bidding.needs.forms import XlsFormForm
from bidding.needs.industries import INDUSTRIES, OFFICIAL
from bidding.needs.models import Survey
from bidding.needs.queries import questionnaire_of
from foundation.face.qr import code_of
from foundation.forms import posted
from foundation.http import done, signed_in
from foundation.organisations.models import District

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def import_xlsform(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the questions from an XLSForm; what is wrong is named row by row."""
    found = survey_for(request, slug, "import_xlsform")
    form = XlsFormForm(*posted(request))
    if form.sent() and form.attempt(operations.import_xlsform, found, actor=request.user):
        said = _("The questions are taken over. Look at them in the preview.")
        return done(request, said, "needs:manage", slug)
    context = {
        "survey": found,
        "form": form,
        "title": _("Questions from an XLSForm"),
        "submit": _("Take over"),
        "back": reverse("needs:manage", args=[slug]),
    }
    return render(request, "needs/import_xlsform.html", context)


@signed_in
def export_xlsform(request: HttpRequest, slug: str) -> HttpResponse:
    """The questionnaire as an XLSForm."""
    found = survey_for(request, slug)
    places = {
        "district": list(District.objects.values_list("code", "name")),
        "industry": [
            (letter, name) for (letter, _words), name in zip(INDUSTRIES, OFFICIAL, strict=True)
        ],
    }
    data = xlsform.write_form(
        questionnaire_of(found).items,
        title=found.title,
        form_id=found.slug,
        version=found.version,
        places=places,
    )
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.xlsx"'
    return response


def _quota(request: HttpRequest, found: Survey) -> Quota | None:
    """The union whose own link is asked for in the address, if any."""
    number = request.GET.get("union", "")
    if not number.isdecimal():
        return None
    rows = found.quotas.exclude(union=None).select_related("union__organisation")
    return get_object_or_404(rows, pk=int(number))


@signed_in
def qr_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The short link as a QR code (SVG), for posters and messages."""
    found = survey_for(request, slug)
    address = poster.short_address(found, _quota(request, found))
    return HttpResponse(code_of(address), content_type="image/svg+xml")


@signed_in
def poster_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A sheet to print and hang up: what is asked, the code, the short link."""
    found = survey_for(request, slug)
    quota = _quota(request, found)
    code = reverse("needs:qr_code", args=[slug])
    context: dict[str, Any] = {
        "survey": found,
        "quota": quota,
        "address": poster.short_address(found, quota),
        "code_url": f"{code}?union={quota.pk}" if quota else code,
        "quotas": found.quotas.exclude(union=None).select_related("union__organisation"),
        "title": _("Poster and short link"),
        "back": reverse("needs:manage", args=[slug]),
    }
    return render(request, "needs/poster.html", context)
