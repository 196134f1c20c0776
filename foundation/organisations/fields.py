"""Form fields of this room: days, reasons, bodies found by name or code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import uscc
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.organisations.states import OrganisationState


class Day(forms.DateField):
    """A day, picked in the browser's own calendar."""

    def __init__(self, **kw: Any) -> None:
        kw.setdefault("widget", forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"], **kw)


class Reason(forms.CharField):
    """Why: kept on record and shown to those concerned."""

    def __init__(self, **kw: Any) -> None:
        kw.setdefault("label", _("Reason"))
        kw.setdefault("help_text", _("Kept on record and told to the people concerned."))
        kw.setdefault("widget", forms.Textarea({"rows": 3}))
        super().__init__(max_length=300, **kw)


class Body(forms.CharField):
    """An organisation that exists, named by its exact name or its credit code."""

    def __init__(self, *, union: bool = False, **kw: Any) -> None:
        self.union = union
        super().__init__(max_length=120, **kw)

    def clean(self, value: Any) -> Organisation | None:
        """The organisation; a sentence when there is none, or more than one of the name."""
        text = super().clean(value)
        if not text:
            return None
        bodies = Organisation.objects.exclude(state=OrganisationState.DISSOLVED)
        if self.union:
            bodies = bodies.filter(kind=OrganisationKind.UNION)
        found = list(bodies.filter(uscc=uscc.normalised(text))) or list(
            bodies.filter(name=text)[:2]
        )
        if not found:
            raise forms.ValidationError(_("Nothing has this name or code."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several have this name: give the code."))
        return found[0]
