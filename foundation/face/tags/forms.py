"""Tags for forms: every field with its sentence, its errors, and a summary that leads to them."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

register = template.Library()

GROUPS = (
    forms.RadioSelect,
    forms.CheckboxSelectMultiple,
    forms.SplitDateTimeWidget,
    forms.SelectDateWidget,
)
"""Widgets made of several controls: they stand in a fieldset with a legend."""


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, GROUPS):
        return "group"
    return "plain"


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField, label: Any = "", help: Any = "", demanded: bool = False
) -> dict[str, Any]:
    """{% field form.name %}: label, sentence, control and errors, tied together for readers.

    `demanded`: not called optional, although the form itself lets it be empty; a form that may
    be saved half done names such fields in `demanded`.
    """
    demanded = demanded or bound.name in getattr(bound.form, "demanded", ())
    ident = bound.id_for_label or bound.auto_id
    base = bound.auto_id or bound.html_name
    help_text = help or bound.help_text
    described = [f"{base}_helptext"] if help_text else []
    attrs: dict[str, Any] = {}
    if bound.errors:
        described.append(f"{base}_error")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    kind = _kind(bound)
    widget = bound.field.widget
    width = getattr(widget, "input_type", "") or type(widget).__name__.lower()
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs if kind != "group" else None),
        "label": capfirst(label or bound.label),
        "help_text": help_text,
        "ident": ident,
        "base": base,
        "kind": kind,
        "width": width,
        "described": " ".join(described),
        "optional": not bound.field.required and not demanded and kind != "checkbox",
    }


@register.inclusion_tag("components/form_fields.html")
def form_fields(form: Any, only: str = "", but: str = "") -> dict[str, Any]:
    """{% form_fields form %}: the error summary and every field; `only`/`but` name some."""
    chosen, left_out = only.split(), but.split()
    visible = [
        bound
        for bound in form.visible_fields()
        if (not chosen or bound.name in chosen) and bound.name not in left_out
    ]
    hidden = [] if chosen else form.hidden_fields()
    return {"form": form, "visible": visible, "hidden": hidden, "with_errors": not chosen}


@register.inclusion_tag("components/errors.html")
def errors(form: Any) -> dict[str, Any]:
    """{% errors form %}: what has to be mended, each line a link to its field."""
    if form is None or not form.is_bound or not form.errors:
        return {}
    lines = [("", str(sentence)) for sentence in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or bound.auto_id
        if isinstance(bound.field.widget, GROUPS):
            target = f"{bound.auto_id}_0"
        lines += [(target, f"{bound.label}: {sentence}") for sentence in bound.errors]
    return {"lines": lines}


@register.inclusion_tag("components/submit.html")
def submit(label: Any = "", tone: str = "main", name: str = "", value: str = "") -> dict[str, Any]:
    """{% submit _("Send") %}: the form's button."""
    return {"label": label or _("Save"), "tone": tone, "name": name, "value": value}


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(context: template.Context, filterset: Any) -> dict[str, Any]:
    """{% filters filterset %}: a GET form over a list; what is set shows as removable chips."""
    request = context.get("request")
    form = filterset.form if hasattr(filterset, "form") else filterset
    params = request.GET if request else QueryDict()
    active = []
    for bound in form.visible_fields():
        given = params.getlist(bound.html_name) if hasattr(params, "getlist") else []
        for one in given:
            if one == "":
                continue
            rest = params.copy()
            rest.setlist(bound.html_name, [v for v in given if v != one])
            rest.pop("page", None)
            active.append(
                {
                    "label": bound.label,
                    "value": _display_of(bound, one),
                    "url": f"?{rest.urlencode()}" if rest else "?",
                }
            )
    path = request.path if request else ""
    folds = len(form.visible_fields()) > 2
    return {"form": form, "active": active, "path": path, "folds": folds}


def _display_of(bound: BoundField, value: str) -> str:
    choices = getattr(bound.field, "choices", None)
    for key, words in choices or ():
        if isinstance(words, (list, tuple)):
            for inner_key, inner in words:
                if str(inner_key) == value:
                    return str(inner)
        elif str(key) == value:
            return str(words)
    return value
