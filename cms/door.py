"""The studio's door: editors, and only they, are in Wagtail's group, asked at every step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Page

from foundation.people.models import Role

GROUP = "Editors of Gongchuang"
STUDIO = "/studio/"
PAGE_WORK = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")

Handler = Callable[[HttpRequest], HttpResponse]


def editors() -> Group:
    """The group Wagtail knows editors by, with what they may do (made when first asked for)."""
    group, is_new = Group.objects.get_or_create(name=GROUP)
    if not is_new:
        return group
    for codename, app in (("access_admin", "wagtailadmin"), ("add_redirect", "wagtailredirects")):
        group.permissions.add(
            *Permission.objects.filter(codename=codename, content_type__app_label=app)
        )
    root = Page.get_first_root_node()
    for codename in PAGE_WORK:
        permission = Permission.objects.filter(
            codename=codename, content_type__app_label="wagtailcore"
        ).first()
        if permission:
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    return group


def admit(person: Any) -> bool:
    """Put an editor into the group, take anybody else out; says whether the door is open."""
    group = editors()
    is_editor = Role.EDITOR.value in person.roles
    is_in = person.groups.filter(pk=group.pk).exists()
    if is_editor and not is_in:
        person.groups.add(group)
    elif is_in and not is_editor:
        person.groups.remove(group)
    return is_editor


def studio_door(get_response: Handler) -> Handler:
    """Middleware: nobody who does not hold the editors' post now gets into the studio."""

    def at_the_door(request: HttpRequest) -> HttpResponse:
        inside = request.path.startswith(STUDIO) and request.user.is_authenticated
        if inside and not admit(request.user):
            context = {"sentence": _("The studio is for editors."), "status": 403}
            return render(request, "base/refused.html", context, status=403)
        return get_response(request)

    return at_the_door
