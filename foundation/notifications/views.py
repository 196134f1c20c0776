"""The inbox of the desk, the choice of letters, and the outbox for those who look after it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from foundation.forms import posted
from foundation.http import done, gate, page_of, press, signed_in, visible_or_404
from foundation.notifications.forms import InboxFilter, LettersForm
from foundation.notifications.kinds import GROUPS, KINDS
from foundation.notifications.models import Notification
from foundation.notifications.outbox import retry_outgoing as retry
from foundation.notifications.queries import (
    in_group,
    muted_groups,
    notifications_visible_to,
    outgoing_visible_to,
)
from foundation.notifications.reading import choose_letters, mark_read


def said(notice: Notification) -> dict[str, Any]:
    """A notice as a page shows it."""
    kind = KINDS.get(notice.kind)
    title, body = kind.words(notice.facts) if kind else (notice.kind, "")
    return {
        "pk": notice.pk,
        "title": title,
        "body": body,
        "group": GROUPS[kind.group] if kind else "",
        "at": notice.created_at,
        "unread": notice.read_at is None,
        "url": reverse("notifications:open", args=[notice.pk]),
    }


@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """What the person was told, unread first."""
    choice = InboxFilter(request.GET)
    rows = notifications_visible_to(request.user)
    if group := choice.chosen("group"):
        rows = in_group(rows, group)
    if choice.chosen("unread"):
        rows = rows.filter(read_at=None)
    page = page_of(request, rows)
    context = {"page": page, "notices": [said(notice) for notice in page], "filter": choice}
    return render(request, "notifications/inbox.html", context)


@signed_in
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notice is about; it counts as read from then on."""
    notice = visible_or_404(notifications_visible_to(request.user), pk=pk)
    mark_read(request.user, pks=[pk])
    if not notice.url.startswith("/"):
        return redirect("notifications:inbox")
    language = translation.get_language()
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return redirect(f"{prefix}{notice.url}")


@signed_in
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice was read."""
    visible_or_404(notifications_visible_to(request.user), pk=pk)
    mark_read(request.user, pks=[pk])
    return redirect("notifications:inbox")


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything was read."""
    count = mark_read(request.user)
    sentence = ngettext("%(n)s notice marked as read.", "%(n)s notices marked as read.", count)
    return done(request, sentence % {"n": count}, "notifications:inbox")


@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """About what the person wants letters."""
    muted = muted_groups(request.user)
    wanted = [group for group in GROUPS if group not in muted]
    form = LettersForm(*posted(request), initial={"wanted": wanted})
    if form.sent():
        choose_letters(request.user, wanted=form.cleaned_data["wanted"])
        return done(request, _("Your choice was saved."), "notifications:inbox")
    context = {
        "title": _("Letters by e-mail"),
        "lead": _("Choose what we write to you about. What concerns sign-in is always sent."),
        "form": form,
        "submit": _("Save"),
        "back": reverse("notifications:inbox"),
    }
    return render(request, "base/form_page.html", context)


@signed_in
def outbox(request: HttpRequest) -> HttpResponse:
    """What could not be delivered, for administrators."""
    gate(request.user, "retry_outgoing")
    rows = outgoing_visible_to(request.user).filter(sent_at=None)
    page = page_of(request, rows.order_by("gave_up_at", "due_at"))
    return render(request, "notifications/outbox.html", {"page": page})


@signed_in
@require_POST
def retry_outgoing(request: HttpRequest, pk: int) -> HttpResponse:
    """Try an undelivered message again."""
    return press(
        request,
        retry,
        visible_or_404(outgoing_visible_to(request.user), pk=pk),
        said=_("The message will be tried again within a minute."),
        to="notifications:outbox",
    )
