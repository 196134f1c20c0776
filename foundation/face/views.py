"""The stylesheet, and the page that shows every component in every state."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.errors import Forbidden
from foundation.face import samples
from foundation.face.stylesheet import sheet

FOR_EVER = "public, max-age=31536000, immutable"


def stylesheet(request: HttpRequest, stamp: str) -> HttpResponse | HttpResponseRedirect:
    """The joined stylesheet; an old stamp leads to the present one."""
    now = sheet()
    if stamp != now.stamp:
        return redirect("face_stylesheet", now.stamp)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(now.packed if packed else now.text, content_type="text/css")
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = FOR_EVER
    response["Vary"] = "Accept-Encoding"
    return response


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with what to type for it."""
    return render(request, "face/styleguide.html", samples.everything(request))


def styleguide_desk(request: HttpRequest) -> HttpResponse:
    """The desk's frame around a form in trouble."""
    context = {
        "title": _("A form on the desk"),
        "lead": _("The frame, the side menu and a form with something to mend."),
        "form": samples.form_in_trouble(),
        "submit": _("Save"),
        "back": "/styleguide/",
    }
    return render(request, "base/form_page.html", context)


def styleguide_refused(request: HttpRequest) -> HttpResponse:
    """The page a person gets who may not do something."""
    raise Forbidden(_("Only a programme officer may publish a call."))
