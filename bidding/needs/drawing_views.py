"""Results become needs on the desk: drawn up, worded, published, retired."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bidding.needs import operations
from bidding.needs.desk_views import form_page, survey_for
from bidding.needs.forms import DrawForm, NeedForm, NewNeedForm, RetireForm
from bidding.needs.models import Need, Option, Survey
from bidding.needs.queries import needs_visible_to, proposed_needs, share_of_option
from bidding.needs.statistics import people_behind, urgency_of
from foundation.face.values import own_words
from foundation.forms import posted
from foundation.http import done, gate, press, signed_in, visible_or_404


def _need(request: HttpRequest, pk: int, law: str) -> Need:
    found = visible_or_404(needs_visible_to(request.user), pk=pk)
    gate(request.user, law, found)
    return found


@signed_in
def draw_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw up several of the needs the answers suggest, in one go."""
    found = survey_for(request, slug, "draw_needs")
    proposed = [row for row in proposed_needs(found) if row.drawn is None]
    if not proposed:
        said = _("Every need the answers suggest has been drawn up.")
        return done(request, said, "needs:manage", slug)
    form = DrawForm(proposed, *posted(request))
    if form.sent() and (drawn := form.attempt(operations.draw_needs, found, actor=request.user)):
        said = _("%(count)d needs are drawn up. Read their words, then publish them.")
        return done(request, said % {"count": len(drawn)}, "needs:manage", slug)
    context = {
        "form": form,
        "title": _("Draw up several needs"),
        "lead": _(
            "Each gets its answer's words for a title, the figure it came from, and the headcount "
            "and urgency that follow from its share. You can change the words afterwards."
        ),
        "submit": _("Draw up the chosen"),
        "back": reverse("needs:manage", args=[slug]),
        "proposed": proposed,
    }
    return render(request, "base/form_page.html", context)


@signed_in
@require_POST
def publish_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """Make all drafted needs of a survey public."""
    found = survey_for(request, slug, "publish_needs")
    to = reverse("needs:manage", args=[slug])
    return press(request, operations.publish_needs, found, said=_("The needs are public."), to=to)


@signed_in
def draw_need(request: HttpRequest, slug: str, option: int) -> HttpResponse:
    """Draw up a need from an answer, its figures filled in."""
    found = survey_for(request, slug, "draw_need")
    rows = Option.objects.filter(question__survey=found).exclude(category=None)
    chosen = get_object_or_404(rows.select_related("category"), pk=option)
    form = NewNeedForm(*posted(request), survey=found, initial=_first_guess(found, chosen))
    if form.sent() and form.attempt(operations.draw_need, found, option=chosen, actor=request.user):
        said = _("The need is drawn up. Publish it when its words are right.")
        return done(request, said, "needs:manage", slug)
    context = {
        "form": form,
        "title": _("Draw up a need"),
        "lead": _("%(category)s: %(need)s")
        % {"category": chosen.category, "need": own_words(chosen, "wording")},
        "submit": _("Draw up"),
        "back": reverse("needs:manage", args=[slug]),
    }
    return render(request, "base/form_page.html", context)


def _first_guess(found: Survey, option: Option) -> dict[str, Any]:
    share = share_of_option(found, option, None)
    return {
        "title": option.wording,
        "title_en": option.wording_en,
        "headcount": people_behind(share.share or 0, found.population),
        "urgency": urgency_of(share.low or 0),
    }


@signed_in
def edit_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Word a need, or weigh it anew."""
    found = _need(request, pk, "edit_need")
    form = NeedForm(*posted(request), instance=found)
    if form.sent() and form.attempt(operations.edit_need, found, actor=request.user):
        return done(request, _("Saved."), "needs:desk")
    return form_page(request, form, _("Words of the need"), _("Save"), reverse("needs:desk"))


@signed_in
@require_POST
def publish_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a need public."""
    found = _need(request, pk, "publish_need")
    said = _("The need is public.")
    return press(request, operations.publish_need, found, said=said, to="needs:desk")


@signed_in
def retire_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a need off the list, with the reason everybody reads."""
    found = _need(request, pk, "retire_need")
    form = RetireForm(*posted(request))
    if form.sent() and form.attempt(operations.retire_need, found, actor=request.user):
        return done(request, _("The need is off the list."), "needs:desk")
    context = {
        "form": form,
        "title": _("Retire “%(need)s”") % {"need": found},
        "says": _("It leaves the public list; its page stays, and says why. You can undo this."),
        "submit": _("Retire"),
        "back": reverse("needs:desk"),
    }
    return render(request, "base/confirm.html", context)


@signed_in
@require_POST
def discard_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = _need(request, pk, "discard_need")
    said = _("The draft is gone; it can be drawn up anew.")
    return press(request, operations.discard_need, found, said=said, to="needs:desk")
