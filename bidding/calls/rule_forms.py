"""What an officer types about a rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.calls.rulebook import UNITS, Rule
from foundation.face.fields import MoneyField
from foundation.forms import Form
from foundation.http import number_in


class RuleForm(Form):
    """A rule's number, or that it is switched off, and why."""

    value = forms.IntegerField(label=_("number"), required=False)
    off = forms.BooleanField(label=_("switch this rule off"), required=False)
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, rule: Rule, standing: int | None, is_public: bool, **kw: Any
    ) -> None:
        kw["initial"] = {
            "value": standing,
            "off": standing is None,
            "was": "" if standing is None else standing,
        }
        super().__init__(*args, **kw)
        self.rule = rule
        if rule.is_money:
            self.fields["value"] = MoneyField(required=False, initial=standing)
        self.fields["value"].label = rule.label
        self.fields["value"].help_text = _("In %(unit)s.") % {"unit": UNIT_NAMES[rule.unit]}
        self.fields["reason"].help_text = (
            _("It is kept in the trail, and public with the call.")
            if is_public
            else _("It is kept in the trail.")
        )
        if not rule.may_be_off:
            del self.fields["off"]

    def clean(self) -> dict[str, Any]:
        """A number, or off; never both, never neither."""
        cleaned = dict(super().clean() or {})
        if cleaned.get("off"):
            cleaned["value"] = None
        elif cleaned.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Give a number."))
        return cleaned

    def clean_was(self) -> int | None:
        """The number that stood there when the page was made."""
        return number_in(self.cleaned_data["was"])

    def arguments(self) -> dict[str, Any]:
        """The number, what it was, and why."""
        given = self.cleaned_data
        return {"value": given["value"], "was": given["was"], "reason": given["reason"]}


UNIT_NAMES = {
    "days": _("days"),
    "working": _("working days"),
    "judges": _("judges"),
    "proposals": _("proposals"),
    "percent": _("percent"),
    "pages": _("pages"),
    "fen": _("yuan"),
}

assert UNIT_NAMES.keys() == UNITS.keys()
