"""What Wagtail tells us of pages: what can be found follows, and people are told our way."""

from __future__ import annotations

from typing import Any

from wagtail.models import GroupApprovalTask, Page, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

import cms.kinds  # noqa: F401  # the words in which people are told
from cms.search.following import write_page
from foundation.notifications.operations import path_to, tell
from foundation.people.models import Role
from foundation.people.queries import holders_of


def follow_page(sender: Any, instance: Any, **facts: Any) -> None:
    """A page was published or taken down: it is found at once, or no more."""
    write_page(instance.pk)


def tell_reviewers(sender: Any, instance: TaskState, user: Any, **facts: Any) -> None:
    """A page was handed in: every programme officer but who handed it in is told."""
    page = instance.workflow_state.content_object
    if not isinstance(page, Page) or not isinstance(instance.task.specific, GroupApprovalTask):
        return
    readers = holders_of(Role.OFFICER.value)
    if user is not None:
        readers = readers.exclude(pk=user.pk)
    tell(readers, "page_submitted", url=_studio(page), page=_title(page), who=str(user or ""))


def tell_approved(sender: Any, instance: WorkflowState, user: Any, **facts: Any) -> None:
    """A page was approved: who handed it in is told, unless they did it themselves."""
    _tell_author(instance, user, "page_approved")


def tell_returned(sender: Any, instance: WorkflowState, user: Any, **facts: Any) -> None:
    """A page was returned: who handed it in is told why."""
    state = instance.current_task_state
    _tell_author(instance, user, "page_returned", reason=getattr(state, "comment", "") or "—")


def _tell_author(instance: WorkflowState, user: Any, kind: str, **facts: Any) -> None:
    page, author = instance.content_object, instance.requested_by
    if isinstance(page, Page) and author is not None and author != user:
        who = str(user or "")
        tell(author, kind, url=_studio(page), page=_title(page), who=who, **facts)


def _title(page: Page) -> str:
    latest = page.get_latest_revision()
    return str(latest.content["title"] if latest else page.title)


def _studio(page: Page) -> str:
    return path_to("wagtailadmin_pages:edit", page.pk)


def listen() -> None:
    """Have ourselves told."""
    for signal in (page_published, page_unpublished):
        signal.connect(follow_page, dispatch_uid="search")
    task_submitted.connect(tell_reviewers, dispatch_uid="tell reviewers")
    workflow_approved.connect(tell_approved, dispatch_uid="tell approved")
    workflow_rejected.connect(tell_returned, dispatch_uid="tell returned")


def send_no_letters() -> None:
    """Wagtail's own letters are not sent: people choose theirs with us, in their language."""
    for signal, sender, uid in (
        (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
        (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
        (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
    ):
        signal.disconnect(sender=sender, dispatch_uid=uid)
