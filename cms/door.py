"""The studio's door: who writes and who reviews is in Wagtail's groups, asked at every step.

Editors write and hand in; programme officers read what was handed in, publish it, take it down
and lead old addresses on. Nobody else gets in, whatever account they have.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from foundation.people.models import Role

GROUP = "Editors of Gongchuang"
REVIEWERS = "Reviewers of Gongchuang"
STUDIO = "/studio/"
REVIEW = "项目专员审核 · Review"

ON_PAGES = {
    GROUP: ("add_page", "change_page"),
    REVIEWERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
ON_PICTURES = ("add_image", "change_image", "choose_image")
BESIDE = {
    GROUP: {"access_admin", "submit_translation"},
    REVIEWERS: {
        "access_admin",
        "submit_translation",
        "add_redirect",
        "change_redirect",
        "delete_redirect",
    },
}
POSTS = {Role.EDITOR.value: GROUP, Role.OFFICER.value: REVIEWERS}
"""Which post lets one in, and as what."""

Handler = Callable[[HttpRequest], HttpResponse]


@transaction.atomic
def group_of(name: str) -> Group:
    """The group Wagtail knows them by, with what they may do (made when first asked for)."""
    group, is_new = Group.objects.get_or_create(name=name)
    if not is_new:
        return group
    group.permissions.add(
        *Permission.objects.filter(
            codename__in=BESIDE[name],
            content_type__app_label__in=(
                "wagtailadmin",
                "wagtailredirects",
                "simple_translation",
            ),
        )
    )
    root = Page.get_first_root_node()
    for permission in Permission.objects.filter(
        codename__in=ON_PAGES[name], content_type__app_label="wagtailcore"
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for permission in Permission.objects.filter(
        codename__in=ON_PICTURES, content_type__app_label="wagtailimages"
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    if name == REVIEWERS:
        _review_by(group, root)
    return group


def editors() -> Group:
    """Those who write."""
    return group_of(GROUP)


def _review_by(group: Group, root: Page) -> None:
    """What editors hand in, anywhere in the tree, waits for this group."""
    task = GroupApprovalTask.objects.create(name=REVIEW)
    task.groups.add(group)
    workflow = Workflow.objects.create(name=REVIEW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def admit(person: Any) -> bool:
    """Put the person into the groups of their posts, out of the others; is the door open?"""
    wanted = {POSTS[role] for role in person.roles if role in POSTS}
    held = set(person.groups.filter(name__in=POSTS.values()).values_list("name", flat=True))
    for name in wanted - held:
        person.groups.add(group_of(name))
    for name in held - wanted:
        person.groups.remove(group_of(name))
    if wanted:
        group_of(REVIEWERS)  # or what an editor hands in would wait for nobody
    return bool(wanted)


def studio_door(get_response: Handler) -> Handler:
    """Middleware: nobody who does not hold one of the posts now gets into the studio."""

    def at_the_door(request: HttpRequest) -> HttpResponse:
        inside = request.path.startswith(STUDIO) and request.user.is_authenticated
        if inside and not admit(request.user):
            sentence = _("The studio is for editors and programme officers.")
            context = {"sentence": sentence, "status": 403}
            return render(request, "base/refused.html", context, status=403)
        return get_response(request)

    return at_the_door
