"""Tags that show what happened and where one is: pager, steps, time line, history, documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from foundation import faults
from foundation.audit import actions
from foundation.audit.queries import history_of
from foundation.face.values import size_text
from foundation.permissions import may_ever

register = template.Library()


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Any) -> dict[str, Any]:
    """{% pager page %}: where one is in a list, keeping the filters of the address."""
    request = context.get("request")
    params = request.GET.copy() if request else None
    if params is not None:
        params.pop("page", None)
    query = params.urlencode() if params else ""
    numbers = (
        list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
        if page
        else []
    )
    return {"page": page, "query": f"{query}&" if query else "", "numbers": numbers, "gap": "…"}


@register.inclusion_tag("components/timeline.html")
def timeline(items: Any) -> dict[str, Any]:
    """{% timeline items %}: dicts or objects with title, at (or on), text, url, state, tone."""
    return {"items": items}


@register.inclusion_tag("components/steps.html")
def steps(items: Any, label: Any = "") -> dict[str, Any]:
    """{% steps items %}: dicts or tuples (label, state, url); state is done, now or ahead."""
    rows = []
    for item in items:
        if isinstance(item, (list, tuple)):
            padded = [*item, "", ""][:3]
            rows.append({"label": padded[0], "state": padded[1] or "ahead", "url": padded[2]})
        else:
            rows.append(item)
    return {"items": rows, "label": label}


UNFOLDED = 8
"""Steps of a history that are shown without asking."""


@register.inclusion_tag("components/history.html")
def history(
    subject: models.Model, limit: int = 50, parts: Iterable[models.Model] = ()
) -> dict[str, Any]:
    """{% history subject %}: its trail, newest first: what was done, by whom, when.

    A long one folds away all but its newest steps; what was done to one of its `parts` is among
    them, with the part's name.
    """
    entries = list(history_of(subject, parts)[:limit])
    whole = (subject._meta.label_lower, str(subject.pk))
    for entry in entries:
        part = (entry.subject_type, entry.subject_id) != whole
        said = entry.subject_name if part else ""
        entry.said_of = said  # type: ignore[attr-defined]  # for the template alone
    return {"recent": entries[:UNFOLDED], "earlier": entries[UNFOLDED:]}


@register.simple_tag(takes_context=True)
def remarks(context: template.Context, subject: models.Model) -> SafeString:
    """{% remarks subject %}: what floors above have to say about it to this reader, if anything.

    `SUBJECT_REMARKS` names functions `f(subject, person) -> (template, facts) or None`.
    """
    request = context.get("request")
    person = getattr(request, "user", None)
    said = [import_string(name)(subject, person) for name in settings.SUBJECT_REMARKS]
    return SafeString("".join(render_to_string(one[0], one[1], request) for one in said if one))


@register.filter
def action_name(action: str) -> str:
    """'withdraw_proposal' → its words in the reader's language, as its law says it."""
    return actions.said(action)


@register.filter
def fault_said(fault: str) -> str:
    """{{ fault|fault_said }}: what a verifier found, in the reader's language."""
    return faults.said(fault)


@register.filter
def kind_name(subject_type: str) -> str:
    """'bidding.proposal' → what people call such a thing."""
    return actions.kind_said(subject_type)


@register.inclusion_tag("components/document_link.html")
def document_link(document: Any, label: Any = "") -> dict[str, Any]:
    """{% document_link doc %}: its name, type and size, leading to it (by permission)."""
    if document is None:
        return {"document": None}
    try:
        url = reverse("documents:document", args=[document.uuid])
    except NoReverseMatch:
        url = ""
    kind = document.name.rpartition(".")[2].upper() if "." in document.name else ""
    return {
        "document": document,
        "label": label or document.name,
        "url": url,
        "kind": kind[:5],
        "size": size_text(document.size),
    }


@register.filter
def may(person: Any, law: str) -> bool:
    """{% if user|may:"draft_call" %}: is this the one who does it, whatever the state?"""
    return may_ever(person, law)


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """{{ mapping|item:key }}: one value of a dict."""
    return mapping.get(key) if hasattr(mapping, "get") else None
