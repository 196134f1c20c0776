"""Fields for what people type in this trade: amounts, days, moments, credit codes, choices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation import uscc
from foundation.money import LARGEST_FEN, TooLarge, fen_from_text, plain_yuan, yuan


class MoneyInput(forms.TextInput):
    """A text box for yuan: phones show the number pad; nothing scrolls the amount away."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The box with the currency's sign before it."""
        return format_html(
            '<span class="money-input"><span class="money-input__sign" aria-hidden="true">¥</span>'
            "{}</span>",
            super().render(name, value, attrs, renderer),
        )


class MoneyField(forms.Field):
    """An amount of money: yuan are typed ('1,300.50'), whole fen come out (130050)."""

    widget = MoneyInput
    default_error_messages = {
        "invalid": _("Write an amount in yuan, such as 1,300.50."),
        "least": _("At least %(least)s."),
        "most": _("At most %(most)s."),
    }

    def __init__(
        self, *, least_fen: int = 0, most_fen: int = LARGEST_FEN, positive: bool = False, **kw: Any
    ) -> None:
        self.least_fen = max(least_fen, 1) if positive else least_fen
        self.most_fen = most_fen
        super().__init__(**kw)

    def prepare_value(self, value: Any) -> Any:
        """Fen are shown as yuan; what was typed stays as it was typed."""
        return plain_yuan(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """Whole fen, or None for an empty box."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return fen_from_text(str(value))
        except TooLarge as error:
            message = self.error_messages["most"] % {"most": yuan(self.most_fen)}
            raise ValidationError(message, code="most") from error
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: int | None) -> None:
        """Within what may be asked."""
        super().validate(value)
        if value is None:
            return
        if value < self.least_fen:
            message = self.error_messages["least"] % {"least": yuan(self.least_fen)}
            raise ValidationError(message, code="least")
        if value > self.most_fen:
            message = self.error_messages["most"] % {"most": yuan(self.most_fen)}
            raise ValidationError(message, code="most")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """'1,300' and 130000 fen are the same amount."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, picked or typed as 2026-11-22."""

    widget = DayInput

    def __init__(self, **kw: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"], **kw)


class MomentInput(forms.DateTimeInput):
    """The browser's own calendar and clock; Shanghai's time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A day and a time on the wall in Shanghai."""

    widget = MomentInput

    def __init__(self, **kw: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        super().__init__(input_formats=formats, **kw)


class UsccField(forms.CharField):
    """A unified social credit code: spaces and small letters are mended, wrong ones explained."""

    FAULTS = {
        uscc.Fault.LENGTH: _("A credit code has 18 characters."),
        uscc.Fault.CHARACTER: _("A credit code has digits and capitals, but no I, O, S, V or Z."),
        uscc.Fault.CHECK: _("The last character does not fit the others: check for a typing slip."),
        uscc.Fault.BODY_CHECK: _("Character 17 does not fit: check characters 9 to 17."),
        uscc.Fault.PREFIX: _("This code belongs to another kind of body."),
    }

    def __init__(self, *, kind: str | None = None, **kw: Any) -> None:
        self.kind = kind
        super().__init__(**kw)
        self.widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})

    def to_python(self, value: Any) -> str:
        """As it is kept: capitals, no spaces."""
        return uscc.normalised(str(super().to_python(value) or ""))

    def validate(self, value: str) -> None:
        """Both check characters and, when the kind is known, the prefix."""
        super().validate(value)
        fault = uscc.fault_of(value, self.kind) if value else None
        if fault is not None:
            raise ValidationError(self.FAULTS[fault], code=fault.name.lower())
