"""Forms that act through operations: a refusal becomes a sentence beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import HttpRequest

from foundation.errors import DomainError, Forbidden

if TYPE_CHECKING:
    Mixed = forms.BaseForm
else:
    Mixed = object


class Attempting(Mixed):
    """Mixed into a form: `form.attempt(operation, subject, actor=…)` stands where `save` would."""

    def sent(self) -> bool:
        """Was the form sent, and does every field hold?"""
        return self.is_bound and self.is_valid()

    def attempt(self, operation: Callable[..., Any], *subject: Any, **also: Any) -> Any:
        """Run the operation with what the person typed (and `also`).

        Returns its result, or None after a refusal, whose sentence then stands beside the
        field it names (or at the form's head) with everything typed kept. A person who may
        not do this at all gets the 403 page instead.
        """
        try:
            return operation(*subject, **{**self.arguments(), **also})
        except Forbidden:
            raise
        except DomainError as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, str(refusal))
            return None

    def arguments(self) -> dict[str, Any]:
        """What the operation is called with; a form whose fields differ from it says so here."""
        return dict(self.cleaned_data)


class Form(Attempting, forms.Form):
    """A plain form that acts through operations."""


class ModelForm(Attempting, forms.ModelForm):
    """A form whose fields come from a model; it still saves nothing itself."""

    def _post_clean(self) -> None:
        """Leave the instance alone: operations change things, forms do not."""


def choices_of(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """A form's choice field, whose `choices` depend on who asks or on what stands now."""
    return cast(forms.ChoiceField, form.fields[name])


def rows_of(form: forms.BaseForm, name: str) -> forms.ModelChoiceField[Any]:
    """A form's choice of rows, whose `queryset` depends on who asks or on what stands now."""
    return cast("forms.ModelChoiceField[Any]", form.fields[name])


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """`Form(*posted(request))`: the data and files of a POST, or nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
