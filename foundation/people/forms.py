"""What people type about themselves and about each other's posts."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.forms import Form, ModelForm
from foundation.people.models import LANGUAGES, Appointment, Person, Role


class SignupForm(forms.Form):
    """What signing up asks beside the address and the password."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=80,
        help_text=_("Your own name, as it stands in documents."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    field_order = ["name", "email", "password1", "password2", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Write down the name and the language."""
        user.name = self.cleaned_data["name"].strip()
        user.language = self.cleaned_data["language"]
        user.save(update_fields=["name", "language"])


class ProfileForm(ModelForm):
    """A person's own facts."""

    class Meta:
        model = Person
        fields = ["name", "phone", "language"]


class AppointForm(Form):
    """Which post a person is to hold."""

    role = forms.ChoiceField(label=_("Post"), choices=Role.choices)


class DeactivateForm(Form):
    """Why an account is closed."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("It stays on record in the trail.")
    )


class InviteForm(Form):
    """Who is invited to which post."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The letter goes here and opens for 14 days.")
    )
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("Post"), choices=Role.choices)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES)


class PeopleFilter(django_filters.FilterSet):
    """Finding people among many."""

    q = django_filters.CharFilter(label=_("Name or e-mail"), method="search")
    role = django_filters.ChoiceFilter(
        label=_("Post"), choices=Role.choices, method="by_role", empty_label=_("all")
    )
    is_active = django_filters.ChoiceFilter(
        label=_("Account"),
        choices=[("true", _("in use")), ("false", _("closed"))],
        method="by_account",
        empty_label=_("all"),
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def search(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """By a part of the name or the address."""
        return rows.filter(Q(name__icontains=value) | Q(email__icontains=value))

    def by_role(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Who holds the post now."""
        held = Appointment.objects.filter(person=OuterRef("pk"), role=value, ended_at=None)
        return rows.filter(Exists(held))

    def by_account(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Open or closed accounts."""
        return rows.filter(is_active=value == "true")
