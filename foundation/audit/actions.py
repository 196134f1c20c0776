"""How an act of the trail is said: by the meaning its law gives it."""

from __future__ import annotations

from django.utils.text import capfirst

from foundation.permissions import LAWS


def said(action: str) -> str:
    """'withdraw_proposal' → what it means, in the language that is active."""
    law = LAWS.get(action)
    return capfirst(str(law.meaning) if law else action.replace("_", " "))


def kind_said(subject_type: str) -> str:
    """'bidding.proposal' → what people call such a thing."""
    from django.apps import apps  # models are asked for when a page is shown

    try:
        return capfirst(str(apps.get_model(subject_type)._meta.verbose_name))
    except (LookupError, ValueError):
        return subject_type
