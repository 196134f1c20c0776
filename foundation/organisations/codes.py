"""Credit codes as people type them: the sentence for each fault, beside the field."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation import uscc
from foundation.errors import DomainError

FAULTS: dict[uscc.Fault, Any] = {
    uscc.Fault.LENGTH: _("A credit code has 18 characters."),
    uscc.Fault.CHARACTER: _("A credit code has digits and capitals, but no I, O, S, V or Z."),
    uscc.Fault.CHECK: _("The last character does not fit the others: check for a typing slip."),
    uscc.Fault.BODY_CHECK: _("Character 17 does not fit: check characters 9 to 17."),
    uscc.Fault.PREFIX: _("This code belongs to another kind of body."),
}


def fault_sentence(code: str, kind: str | None = None) -> Any:
    """What is wrong with a code, in a sentence; None when nothing is."""
    fault = uscc.fault_of(code, kind)
    return FAULTS[fault] if fault else None


def checked_code(text: str, kind: str) -> str:
    """The code as it is kept; refuses with the sentence that says what is wrong with it."""
    code = uscc.normalised(text)
    sentence = fault_sentence(code, kind)
    if sentence:
        raise DomainError(sentence, field="uscc")
    return code
